"""The names of people without a public role in one text."""

from __future__ import annotations

from dataclasses import dataclass, field

from .dictionary import is_ordinary
from .folding import Token, words
from .name_words import (
    are_of_one_language,
    bearable,
    body_words,
    family_words,
    given_words,
    has_capital,
    is_surely_given,
    is_unknown,
    known_phrases,
    may_be_borne,
    thing_words,
)
from .person_signs import LONGEST_EVERYDAY_NAME, LONGEST_NAME, PARTICLES, PersonSigns
from .sentences import starts_sentence
from .vocabulary import word_set

_STORMS = frozenset({"hurricane", "huracan", "storm", "tormenta", "santa", "san"})
SMALL_WORDS = frozenset(
    words(
        "a an and as at but by for from in into of on or over the to up with y e o de del la el los las en con"
    )
)
# A text with fewer words in small letters, beside articles and the like, is written like a title.
_FEWEST_SMALL = 0.15


@dataclass
class NameReader(PersonSigns):
    """Reads the names of people without a public role from a text.

    Attributes:
        careful: whether a word that no dictionary has is no sign of a person, as in the name of an institution.
        alone: whether the text should be nothing but a name.
    """

    careful: bool = field(default=False, kw_only=True)
    alone: bool = field(default=False, kw_only=True)

    def names(self) -> list[range]:
        """Return the rows of words that are names of people without a public role."""
        found = self._others()
        like_title = not self.alone and _is_like_title(self.units)
        position = 0
        while position < len(self.units):
            row = self._row(position)
            for name in self._in_title(row) if like_title else self._in_prose(row):
                name = self._with_particles(name)
                if not self.known.is_public(self._folded(name)):
                    found.append(name)
            position = max(row.stop, position + 1)
        return _apart(found)

    def _others(self) -> list[range]:
        """Return where a name stands that the source itself gives to somebody without a public role."""
        found = []
        for first, unit in enumerate(self.units):
            for name in self.known.others.get(unit.folded, ()):
                row = range(first, first + len(name))
                if row.stop <= len(self.units) and tuple(self._folded(row)) == name:
                    found.append(row)
        return found

    # Prose

    def _in_prose(self, row: range) -> list[range]:
        row = range(self._behind_office(row), row.stop)
        if not row or self.units[row.start].folded in word_set("offices"):
            return []
        titled = self._is_titled(row)
        if self._is_thing(row, titled):
            return []
        if not titled and row.start and self._is_of_body(row):
            return []
        if asked := self._asked(row):
            return [asked]
        if not titled and not self._has_address(row) and starts_sentence(self.text, self.units[row.start]):
            while len(row) and not self._may_begin_name(row.start):
                row = row[1:]
        if not row or len(row) > LONGEST_NAME:
            return []
        sure = (
            titled
            or self._has_address(row)
            or (len(row) == 1 and self._is_given_alone(row.start))
            or self._owns(row)
            or self._is_full_name(row)
        )
        return [row] if sure else []

    def _may_begin_name(self, index: int) -> bool:
        unit = self.units[index]
        borne = unit.folded in bearable() or unit.folded in given_words()
        known = borne or any(unit.folded in name for name in self.known.people)
        turned = index + 1 < len(self.units) and self._is_turned(unit, self.units[index + 1])
        return known or turned or len(unit.folded) == 1 or not is_ordinary(unit.original, self.languages)

    def _is_given_alone(self, index: int) -> bool:
        word = self.units[index].folded
        before = self.units[index - 1].folded if index else ""
        is_word = is_ordinary(word) and starts_sentence(self.text, self.units[index])
        alone = is_surely_given(word) and not self.careful and not is_word and before not in _STORMS
        return alone and not self._ends_place(index)

    def _ends_place(self, index: int) -> bool:
        """Return whether a word is the last of a place's name with small words: "Benque Viejo del Carmen"."""
        said = self._folded(range(max(0, index - LONGEST_NAME + 1), index + 1))
        return any(" ".join(said[first:]) in known_phrases() for first in range(len(said) - 1))

    def _is_full_name(self, row: range) -> bool:
        units = [self.units[index] for index in row]
        gaps = [self.text[one.end : other.start] for one, other in zip(units, units[1:], strict=False)]
        if len(row) < 2 or all(gap == "-" for gap in gaps):
            return False
        first, *rest = units
        if self._is_turned(first, rest[0]):
            return True
        if first.folded in word_set("given_names"):
            return is_surely_given(first.folded) or all(may_be_borne(unit) for unit in rest)
        if self.alone and ((len(first.folded) == 1 and gaps[0].startswith(".")) or self._may_be_given(row)):
            return True
        if first.folded in word_set("everyday_given_names") and not self.careful:
            return len(row) <= LONGEST_EVERYDAY_NAME
        if (
            self._may_be_given(row)
            and not self.careful
            and all(unit.folded in family_words() for unit in rest)
        ):
            return True
        if len(rest) > 1 and len(rest[0].folded) == 1 and gaps[0][:1] == "." != gaps[0]:
            # "W. D. Reed"
            return len(first.folded) == 1 and not self.careful and len(rest[1].folded) > 1
        if len(first.folded) == 1 or first.folded in word_set("names"):
            return any(is_unknown(unit) or unit.folded in word_set("family_names") for unit in rest) or (
                all(unit.folded in word_set("names") for unit in units) and not self.careful
            )
        if units[-1].folded in word_set("family_names"):
            return is_unknown(first) or not self.careful
        return not self.careful and not are_of_one_language(units)

    # Texts written like titles, where every word has a capital

    def _in_title(self, row: range) -> list[range]:
        """Return the names within a row of capitals, most words of which are none."""
        if asked := self._asked(row):
            return [asked]
        if self._stands_apart(row) or (self._owns(row) and not self._is_thing(row, titled=False)):
            return [row]
        found: list[range] = []
        position = row.start
        while position < row.stop:
            name = self._name_at(position, row.stop)
            if name:
                found.append(name)
            position = name.stop if name else position + 1
        return found

    def _stands_apart(self, row: range) -> bool:
        """Return whether the row is somebody's name between small words: "Counting Boats with Ana Coral"."""
        if not 2 <= len(row) <= LONGEST_EVERYDAY_NAME or self._is_thing(row, titled=False):
            return False
        first = self.units[row.start].folded
        behind_small = self._adjacent(row.start - 1, row.start) and not self.careful
        return is_surely_given(first) or (behind_small and first in word_set("everyday_given_names"))

    def _name_at(self, first: int, end: int) -> range | None:
        last = first
        while last < min(end, first + LONGEST_NAME) and may_be_borne(self.units[last]):
            last += 1
        row = range(first, last)
        if not row and first < end and self._bears_title(first):
            # Behind a title even everyday words are a name: "A Talk With Dr. Coral Fields".
            return self._to_end_of_capitals(range(first, first + 1))
        if not row or self._is_thing(row, titled := self._is_titled(row)):
            return None
        around = [
            index
            for index, pair in ((first - 1, (first - 1, first)), (last, (last - 1, last)))
            if self._adjacent(*pair) and has_capital(self.units[index])
        ]
        if not titled and any(self.units[index].folded in thing_words() for index in around):
            return None
        if titled:
            return self._to_end_of_capitals(row)
        unknown = not self.careful and all(is_unknown(self.units[index]) for index in row)
        return row if len(row) > 1 and (unknown or self._is_full_name(row)) else None

    def _to_end_of_capitals(self, row: range) -> range:
        """Return a name behind a title with all of its words: everyday ones are family names there."""
        end = row.stop
        while (
            end < min(len(self.units), row.start + LONGEST_NAME)
            and self._adjacent(end - 1, end)
            and has_capital(self.units[end])
            and self.units[end].folded not in body_words()
        ):
            end += 1
        return range(row.start, end)

    def _with_particles(self, row: range) -> range:
        """Return a name with what belongs to it behind a particle: "Ana de la Cruz"."""
        end = row.stop
        while end < len(self.units) and self.units[end].folded in PARTICLES and self._adjacent(end - 1, end):
            end += 1
        if end == row.stop or not self._adjacent(end - 1, end):
            return row
        rest = self._row(end)
        return range(row.start, rest.stop) if rest and not self._is_thing(rest, titled=False) else row


def _apart(rows: list[range]) -> list[range]:
    """Return the rows in order, those that overlap made one."""
    found: list[range] = []
    for row in sorted(rows, key=lambda row: (row.start, -row.stop)):
        if found and row.start < found[-1].stop:
            found[-1] = range(found[-1].start, max(found[-1].stop, row.stop))
        else:
            found.append(row)
    return found


def _is_like_title(units: list[Token]) -> bool:
    said = [unit for unit in units if unit.folded not in SMALL_WORDS and unit.original[0].isalpha()]
    small = sum(not has_capital(unit) for unit in said)
    return len(said) > 2 and small < _FEWEST_SMALL * len(said)
