"""The names of people without a public role in one text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..folding import Token, words
from .addressed import addressed
from .dictionary import is_ordinary
from .name_words import (
    are_of_one_language,
    bearable,
    body_words,
    everyday_family_words,
    family_words,
    given_words,
    has_capital,
    is_landscape,
    is_surely_given,
    is_unknown,
    known_phrases,
    may_be_borne,
    thing_words,
)
from .person_signs import LONGEST_EVERYDAY_NAME, LONGEST_NAME, LOOSE_TITLES, PARTICLES, SMALL_WORDS
from .second_look import SecondLook
from .sentences import starts_sentence
from .vocabulary import phrases, word_set

# Those that are no word of English or Spanish.
_FOREIGN_PARTICLES = frozenset({"van", "von", "bin"})
_BEHIND_INITIAL = re.compile(r"\.(?:[,;)\n]| [^\W\d_A-Z]|$)")
# With these a sentence begins, and no name.
_NEVER_GIVEN = SMALL_WORDS | frozenset(
    words("this that these those when where while what who how did does is was our their if")
)
_STORMS = frozenset({"hurricane", "huracan", "storm", "tormenta", "cyclone", "ciclon", "santa", "san"})
# "Policy Director Ana Coral": a single word before an office is part of it.
_LONGEST_PART_OF_OFFICE = 2
# A text with fewer words in small letters, beside articles and the like, is written like a title.
_FEWEST_SMALL = 0.15


@dataclass
class NameReader(SecondLook):
    """Reads the names of people without a public role from a text."""

    def names(self) -> list[range]:
        """Return the rows of words that are names of people without a public role."""
        like_title = not self.alone and _is_like_title(self.units)
        rows: list[range] = []
        named: list[range] = []
        for row in self._rows() if like_title else self._parts_of_rows():
            read = [
                self._with_particles(name)
                for name in (self._in_title(row) if like_title else self._in_prose(row))
            ]
            named += read
            rows += read or [range(self._behind_office(row), row.stop)]
        named += [range(index, index + 1) for index in addressed(self.text, self.units)]
        named += self._of_an_age(rows)
        named += self._of_deeds(rows)
        named += self._over_lines(rows)
        named += self._listed_with(named, rows)
        named += self._in_small_letters()
        found = [*self._others(), *(name for name in named if not self.known.is_public(self._folded(name)))]
        return _apart([*found, *self._said_again(found, rows)])

    def _others(self) -> list[range]:
        """Return where a name stands that the source itself gives to somebody without a public role."""
        found: list[range] = []
        if not self.known.others:
            return found
        for first, unit in enumerate(self.units):
            for name in self.known.others.get(unit.folded, ()):
                row = range(first, first + len(name))
                if row.stop <= len(self.units) and tuple(self._folded(row)) == name:
                    found.append(row)
        return found

    # Prose

    def _parts_of_rows(self) -> Iterator[range]:
        """Yield the rows of capitals, parted at a title before which a name may end: "Ana Coral Ms. Wren Kay"."""
        for row in self._rows():
            if len(row) > _LONGEST_PART_OF_OFFICE + 1:
                behind = self._behind_office(row)
                if behind - row.start > _LONGEST_PART_OF_OFFICE and self._may_end_before(row, behind - 1):
                    yield range(row.start, behind - 1)
                    row = range(behind, row.stop)
            yield row

    def _may_end_before(self, row: range, title: int) -> bool:
        """Return whether a name may end before a title in the row: "Amazon Developer Guide" has none."""
        before = self.units[title].folded
        strict = before in word_set("titles") and before not in LOOSE_TITLES
        return strict or is_surely_given(self.units[row.start].folded) or self._is_everyday_name(row)

    def _in_prose(self, row: range) -> list[range]:
        row = range(self._behind_office(row), row.stop)
        if not row or self.units[row.start].folded in word_set("offices"):
            return []
        titled = self._is_titled(row)
        if not titled and self._is_everyday_name(behind := self._behind_first_word(row)):
            row = behind
        if self._is_thing(row, titled):
            return []
        if not titled and row.start and self._is_of_body(row):
            return []
        if asked := self._asked(row):
            return [asked]
        if not (titled or self._has_address(row) or self._is_nicknamed(row)):
            row = self._behind_first_word(row)
        if not row or len(row) > LONGEST_NAME:
            return []
        sure = (
            titled
            or self._has_address(row)
            or (len(row) == 1 and (self._is_given_alone(row.start) or self._has_particle(row)))
            or self._owns(row)
            or self._is_people_name(row)
            or self._is_nicknamed(row)
            or self._is_full_name(row)
        )
        return [row] if sure else []

    def _behind_first_word(self, row: range) -> range:
        """Return a row without the first words of a sentence, which have a capital whatever they are."""
        if starts_sentence(self.text, self.units[row.start]):
            while row and not self._may_begin_name(row.start):
                row = row[1:]
        return row

    def _has_particle(self, row: range) -> bool:
        """Return whether an unknown word is a given name by what stands behind it: "Pieter van der Quill"."""
        following = row.stop
        if self.careful or following >= len(self.units) or not is_unknown(self.units[row.start]):
            return False
        return self.units[following].folded in _FOREIGN_PARTICLES and len(self._with_particles(row)) > 1

    def _may_begin_name(self, index: int) -> bool:
        unit = self.units[index]
        word, two = unit.folded, range(index, min(index + 2, len(self.units)))
        return (
            len(word) == 1
            or not is_ordinary(unit.original, self.languages)
            or word in bearable()
            or word in given_words()
            or any(word in name for name in self.known.people)
            or (len(two) > 1 and self._is_turned(unit, self.units[index + 1]))
            or self._is_people_name(two)
            or self._goes_into_family_name(index)
        )

    def _goes_into_family_name(self, index: int) -> bool:
        """Return whether a family name that is no ordinary word stands behind the first word: "Ming Zhao counted"."""
        if index + 1 >= len(self.units) or self.units[index + 1].folded not in word_set("family_names"):
            return False
        goes_on = self._adjacent(index, index + 1) and is_unknown(self.units[index + 1])
        return goes_on and self.units[index].folded not in _NEVER_GIVEN

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
        if first.folded in word_set("capitals") and " ".join(self._folded(row)) in phrases(
            "everyday_phrases"
        ):
            return False
        if self._is_turned(first, rest[0]):
            return True
        if first.folded in word_set("given_names"):
            return is_surely_given(first.folded) or all(may_be_borne(unit) for unit in rest)
        if len(row) == 2 and self._is_initial_at_end(rest[0]) and self._is_given_word(row):
            return True
        if self.alone and ((len(first.folded) == 1 and gaps[0].startswith(".")) or self._may_be_given(row)):
            return True
        if first.folded in word_set("everyday_given_names") and not self.careful:
            return len(row) <= LONGEST_EVERYDAY_NAME
        if self._is_everyday_name(row) and not self.careful:
            landscapes = [unit for unit in rest if unit.folded not in family_words()]
            if all(unit.folded in everyday_family_words() for unit in landscapes):
                before_thing = self._is_behind_place_word if landscapes else self._is_behind_article
                return not before_thing(row)
        if len(rest) > 1 and len(rest[0].folded) == 1 and gaps[0][:1] == "." != gaps[0]:
            # "W. D. Reed"
            return len(first.folded) == 1 and not self.careful and len(rest[1].folded) > 1
        if len(first.folded) == 1 and gaps[0].startswith(".") and not self.careful:
            # "W. Reed", which an everyday word may be as well.
            return any(
                is_unknown(unit) or unit.folded in everyday_family_words()
                for unit in rest
                if len(unit.folded) > 1
            )
        if len(first.folded) == 1 or first.folded in word_set("names"):
            return any(is_unknown(unit) or unit.folded in word_set("family_names") for unit in rest) or (
                all(unit.folded in word_set("names") for unit in units) and not self.careful
            )
        if units[-1].folded in word_set("family_names"):
            return is_unknown(first) or not self.careful
        return not self.careful and not are_of_one_language(units)

    def _is_initial_at_end(self, unit: Token) -> bool:
        """Return whether a letter stands for a family name: "Cliff H. counted"."""
        letter = len(unit.folded) == 1 and not self.careful
        return letter and bool(_BEHIND_INITIAL.match(self.text, unit.end))

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
            name = self._everyday_name_at(position, row.stop) or self._name_at(position, row.stop)
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

    def _everyday_name_at(self, first: int, end: int) -> range | None:
        """Return two everyday words that are a name, unless a body is called after it: "Cliff Harbour Trust"."""
        row = range(first, first + 2)
        if row.stop <= end and self._is_people_name(row):
            return row
        if self.careful or row.stop > end or not self._is_everyday_name(row):
            return None
        around = [index for index in (first - 1, row.stop) if self._is_beside(index, row)]
        thing = any(self.units[index].folded in thing_words() for index in around)
        thing = thing or self._is_of_title(row, around)
        thing = thing or is_landscape(self._folded(row))
        return None if thing or self._is_behind_place_word(row) else row

    def _is_of_title(self, row: range, around: list[int]) -> bool:
        """Return whether a title goes on around such words, which says nothing of people: "Will Rain Come?"."""
        first, last = (self.units[index].folded for index in row)
        if last in family_words():
            return False
        return first in word_set("everyday") or any(is_ordinary(self.units[at].original) for at in around)

    def _is_beside(self, index: int, row: range) -> bool:
        """Return whether a word with a capital stands at a row, before or behind it."""
        pair = (index, row.start) if index < row.start else (row.stop - 1, index)
        return self._adjacent(*pair) and has_capital(self.units[index])

    def _name_at(self, first: int, end: int) -> range | None:
        last = first
        while last < min(end, first + LONGEST_NAME) and (
            may_be_borne(self.units[last]) or (last > first and self._goes_on_behind_hyphen(last))
        ):
            last += 1
        row = range(first, last)
        if not row and first < end and self._bears_title(first):
            # Behind a title even everyday words are a name: "A Talk With Dr. Coral Fields".
            name = self._to_end_of_capitals(range(first, first + 1))
            # "Sir Barry Bowen Hall"
            return None if self.careful and self._is_called_after(name) else name
        if not row or self._is_thing(row, titled := self._is_titled(row)):
            return None
        around = [index for index in (first - 1, last) if self._is_beside(index, row)]
        if self.careful and last in around and self._is_beside(last + 1, range(last, last + 1)):
            # "Marion Jones Sports Complex"
            around.append(last + 1)
        if not titled and any(self.units[index].folded in thing_words() for index in around):
            return None
        if titled:
            return self._to_end_of_capitals(row)
        unknown = not self.careful and all(is_unknown(self.units[index]) for index in row)
        return row if len(row) > 1 and (unknown or self._is_full_name(row)) else None

    def _goes_on_behind_hyphen(self, index: int) -> bool:
        """Return whether a word is the second part of a given name, the first of which is unknown: "Yu-Ling"."""
        first, second = self.units[index - 1], self.units[index]
        return is_unknown(first) and self.text[first.end : second.start] == "-" and has_capital(second)

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
        # "María del Mar": behind a given name a thing is none.
        given = is_surely_given(self.units[row.start].folded) or self._has_foreign_particle(row)
        thing = rest and (
            any(word in body_words() for word in self._folded(rest))
            if given
            else self._is_thing(rest, titled=False)
        )
        return range(row.start, rest.stop) if rest and not thing else row

    def _has_foreign_particle(self, row: range) -> bool:
        return self.units[row.stop].folded in _FOREIGN_PARTICLES


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
