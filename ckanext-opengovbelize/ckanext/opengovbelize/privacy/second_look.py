"""Names that the first reading of a text does not show: listed with others, said again, or in small letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ..folding import Token, words
from .dictionary import is_ordinary, is_proper, looks_mistyped
from .name_words import (
    all_given_words,
    are_of_one_language,
    everyday_family_words,
    is_acronym,
    is_small_everyday_name,
    is_surely_given,
    is_unknown,
)
from .person_signs import LONGEST_EVERYDAY_NAME, SMALL_WORDS, PersonSigns, last_words_before_people
from .sentences import starts_sentence
from .vocabulary import phrases, word_set

# No name goes on with one of these in small letters.
_SMALL_WORDS = SMALL_WORDS | frozenset(words("who that which is was has que por para es fue"))
# What stands between two entries of a list of people, with what a bracket says of the first.
_LISTED = re.compile(r"(?:\s?\([^()\n]{1,60}\))?(?:\s?[,;/&•]\s?(?:(?:and|y|e|&)\s)?|\s(?:and|y|e|&)\s)")
_AND = re.compile(r"\s(?:and|y|e|&)\s")
# How old somebody is: "Jayla, 9, and her brother".
_AGE = re.compile(r"(?:, | \()(?:aged? )?\d{1,2}(?:,|\)| years| años| and| y\b)(?! \d)")
_HERS = (["her"], ["his"])
_POSSESSIVE = re.compile("['’]")
_BEFORE_ENTRY = re.compile(r"[:,;&] $|nd $|[ ;,][ye] $")
_BEHIND_ENTRY = re.compile(r"[,;.)\n]| (?:and|y|e|&) |$")
_LONGEST_LABEL = 40
_BREAK = re.compile(r"[ \t]?\n[ \t]{0,8}")
_GOES_ON = re.compile(r"[ \t][^\W\d_A-Z]|[.,;]")
_BY = frozenset({"by", "por", "with", "con", "against", "contra"})
# So many unknown words in small letters are another language, not names.
_MOST_UNKNOWN = 0.2


@dataclass
class SecondLook(PersonSigns):
    """Finds who is named beside the names that were found before."""

    def _listed_with(self, named: Sequence[range], rows: Sequence[range]) -> list[range]:
        """Return the rows that stand in a list with a name, and may be one: "Ana Coral, Basil Ferry and …"."""
        found: list[range] = []
        if not named:
            return found
        known = set(named)
        for ordered in (rows, rows[::-1]):
            for one, other in zip(ordered, ordered[1:], strict=False):
                beside = one in known and other not in known and self._are_listed(one, other)
                if beside and self._may_be_listed(other, one):
                    known.add(other)
                    found.append(other)
        return found

    def _are_listed(self, one: range, other: range) -> bool:
        first, second = sorted((one, other), key=lambda row: row.start)
        between = self.text[self.units[first.stop - 1].end : self.units[second.start].start]
        return bool(_LISTED.fullmatch(between))

    def _may_be_listed(self, row: range, beside: range) -> bool:
        if not row or len(row) > LONGEST_EVERYDAY_NAME or self._is_thing(row, titled=False):
            return False
        if len(row) > 1:
            return self._may_be_given(row)
        # "born to Egbertha and Thelma Quillfin": two given names share a family name.
        unit = self.units[row.start]
        between = self.text[unit.end : self.units[beside.start].start]
        two = row.start < beside.start and len(beside) > 1 and bool(_AND.fullmatch(between))
        return two and (is_surely_given(unit.folded) or self._may_be_given(row) or self._is_no_word(unit))

    def _of_an_age(self, rows: Sequence[range]) -> list[range]:
        """Return the rows behind which an age stands."""
        return [row for row in rows if self._has_age(row)]

    def _has_age(self, row: range) -> bool:
        if not 1 <= len(row) <= LONGEST_EVERYDAY_NAME or not _AGE.match(
            self.text, self.units[row.stop - 1].end
        ):
            return False
        first = self.units[row.start]
        borne = (
            is_unknown(first)
            or is_surely_given(first.folded)
            or (self._may_be_given(row) if len(row) > 1 else self._is_given_word(row))
        )
        return borne and not self._is_thing(row, titled=False)

    def _of_deeds(self, rows: Sequence[range]) -> list[range]:
        """Return the single words of which something is said as of people only: "Amparo will bring the cake"."""
        return [] if self.careful else [row for row in rows if len(row) == 1 and self._does_as_people_do(row)]

    def _does_as_people_do(self, row: range) -> bool:
        unit, following = self.units[row.start], self.units[row.stop : row.stop + 3]
        if not following or following[0].folded not in _words_of_deeds() or self._is_behind_place_word(row):
            return False
        said = [one.folded for one in following]
        gap = self.text[unit.end : following[0].start]
        if gap == " " and following[0].original.islower() and self._is_given_word(row):
            # "Amparo will bring the cake"
            coming = said[0] == "will" and said[1:2] and said[1] in word_set("deeds_to_come")
            if said[0] in word_set("deeds") or coming:
                return True
        kin = bool(_POSSESSIVE.fullmatch(gap)) and said[0] == "s" and _is_kin(said[1:])
        kin = kin or (gap == " " and said[0] == "and" and said[1:2] in _HERS and _is_kin(said[2:]))
        borne = self._may_be_given(row) or (is_unknown(unit) and not is_acronym(unit))
        return kin and borne and not self._is_thing(row, titled=False)

    def _over_lines(self, rows: Sequence[range]) -> Iterator[range]:
        """Yield the names of two words that a line break within a sentence parts."""
        if self.careful or "\n" not in self.text:
            return
        for one, other in zip(rows, rows[1:], strict=False):
            row = range(one.start, other.stop)
            if len(row) != 2 or one.stop != other.start:
                continue
            first, last = self.units[row.start], self.units[row.start + 1]
            broken = _BREAK.fullmatch(self.text, first.end, last.start) and self._is_mid_line(first, last)
            if broken and not self._is_thing(row, titled=False) and self._is_broken_name(row):
                yield row

    def _is_mid_line(self, first: Token, last: Token) -> bool:
        """Return whether small letters stand right before the last word of a line and behind the first of the next."""
        before = self.text[max(0, first.start - 2) : first.start]
        return bool(re.fullmatch(r"[^\W\dA-Z_][ \t]", before)) and bool(_GOES_ON.match(self.text, last.end))

    def _is_broken_name(self, row: range) -> bool:
        first, last = (self.units[index] for index in row)
        borne = is_unknown(last) or last.folded in everyday_family_words()
        return borne and (is_surely_given(first.folded) or self._is_given_word(row) or is_unknown(first))

    def _said_again(self, found: Sequence[range], rows: Sequence[range]) -> list[range]:
        """Return where the last word of a found name stands alone: "Harbour", of Cliff Harbour."""
        last = {self.units[row.stop - 1].folded for row in found if len(row) > 1}
        single = (row for row in rows if len(row) == 1 and self.units[row.start].folded in last)
        return [row for row in single if self._may_be_said_again(row)]

    def _may_be_said_again(self, row: range) -> bool:
        unit = self.units[row.start]
        explained = is_ordinary(unit.original) and starts_sentence(self.text, unit)
        borne = (is_unknown(unit) or unit.folded in everyday_family_words()) and not is_acronym(unit)
        return borne and not explained and not self._is_behind_place_word(row)

    def _in_small_letters(self) -> Iterator[range]:
        """Yield the names in small letters: "maria lopez", "thanks to quilla zorn", "present: cliff harbour"."""
        small = [index for index, unit in enumerate(self.units) if unit.original.islower()]
        given, before_people = all_given_words(), last_words_before_people()
        brought: list[int] = []
        for index in small:
            if self.units[index].folded in given and (
                self._is_small_full_name(index) or self._is_small_entry(index)
            ):
                yield range(index, index + 2)
            if index and self.units[index - 1].folded in before_people:
                brought.append(index)
        if not brought:
            return
        unknown = {index for index in small if self._is_no_word(self.units[index])}
        if len(unknown) > max(3, _MOST_UNKNOWN * len(small)):
            return
        for index in brought:
            if self._adjacent(index - 1, index) and (row := self._small_name(index, index in unknown)):
                yield row

    def _is_small_full_name(self, first: int) -> bool:
        """Return whether a given name and a family name stand side by side that no language has as words."""
        if not self._goes_on_small(first):
            return False
        one, other = self.units[first], self.units[first + 1]
        borne = other.folded in word_set("family_names")
        borne = borne or (other.folded in word_set("names") and not is_ordinary(other.folded))
        return is_surely_given(one.folded) and borne and not are_of_one_language([one, other])

    def _is_small_entry(self, first: int) -> bool:
        """Return whether two everyday words are one entry of a list of people: "present: cliff harbour, penny ash"."""
        if not self._goes_on_small(first):
            return False
        given, family = self._folded(range(first, first + 2))
        sure = is_surely_given(given) and family in word_set("family_names")
        if not (sure or is_small_everyday_name([given, family])):
            return False
        start, end = self.units[first].start, self.units[first + 1].end
        beside = _BEFORE_ENTRY.search(self.text[max(0, start - 3) : start]) and _BEHIND_ENTRY.match(
            self.text, end
        )
        return bool(beside) and self._is_in_list(first)

    def _is_in_list(self, first: int) -> bool:
        """Return whether a word such as "present" and a colon begin the line in which a word stands."""
        line = self.text.rfind("\n", 0, self.units[first].start) + 1
        colon = self.text.find(":", line, min(self.units[first].start, line + _LONGEST_LABEL))
        return colon > 0 and " ".join(words(self.text[line:colon])) in phrases("helpers")

    def _small_name(self, first: int, unknown: bool) -> range | None:
        """Return the name in small letters that begins at a word, if one does."""
        # "thanks to geonode": one word is a tool or a body more often than somebody.
        if not self._goes_on_small(first):
            return None
        row = range(first, first + 2)
        everyday = is_small_everyday_name(self._folded(row))
        if not everyday and (not unknown or self.careful):
            return None
        by = self.units[first - 1].folded in _BY
        surely = not by and self._is_behind(first, "companions")
        if everyday:
            return row if surely else None
        if not (surely or by or self._is_behind(first, "relations", "thanked", "agents")):
            return None
        last = self.units[first + 1]
        borne = is_unknown(last) or (surely and last.folded in everyday_family_words())
        return row if borne or is_proper(self.units[first].original) else None

    def _goes_on_small(self, first: int) -> bool:
        following = first + 1
        if not self._adjacent(first, following):
            return False
        unit = self.units[following]
        return unit.original.islower() and unit.folded not in _SMALL_WORDS and unit.folded.isalpha()

    def _is_no_word(self, unit: Token) -> bool:
        """Return whether a word is in no dictionary, and no slip of the fingers."""
        return (
            is_unknown(unit) and unit.original.isalpha() and not looks_mistyped(unit.original, self.languages)
        )


@cache
def _words_of_deeds() -> frozenset[str]:
    """Return the words that may stand right behind somebody of whom something is said: few texts have any."""
    return word_set("deeds") | {"will", "s", "and"}


def _is_kin(said: Sequence[str]) -> bool:
    """Tell whether words begin with who is somebody's, and no "sister city"."""
    return bool(said) and said[0] in word_set("kin") and not (said[1:2] and said[1].startswith("cit"))
