"""Names that the first reading of a text does not show: listed with others, said again, or in small letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..folding import Token, words
from .dictionary import is_ordinary, is_proper, looks_mistyped
from .name_words import (
    everyday_family_words,
    is_acronym,
    is_small_everyday_name,
    is_surely_given,
    is_unknown,
)
from .person_signs import LONGEST_EVERYDAY_NAME, SMALL_WORDS, PersonSigns
from .sentences import starts_sentence

# No name goes on with one of these in small letters.
_SMALL_WORDS = SMALL_WORDS | frozenset(words("who that which is was has que por para es fue"))
# What stands between two entries of a list of people, with what a bracket says of the first.
_LISTED = re.compile(r"(?:\s?\([^()\n]{1,60}\))?(?:\s?[,;/&•]\s?(?:(?:and|y|e|&)\s)?|\s(?:and|y|e|&)\s)")
_AND = re.compile(r"\s(?:and|y|e|&)\s")
# How old somebody is: "Jayla, 9, and her brother".
_AGE = re.compile(r"(?:, | \()(?:aged? )?\d{1,2}(?:,|\)| years| años| and| y\b)(?! \d)")
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
            is_unknown(first) or is_surely_given(first.folded) or (len(row) > 1 and self._may_be_given(row))
        )
        return borne and not self._is_thing(row, titled=False)

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
        """Yield the names in small letters behind words that are said of people only: "thanks to quilla zorn"."""
        small = [index for index, unit in enumerate(self.units) if unit.original.islower()]
        brought = [index for index in small if self._may_be_brought_in(index)]
        if not brought:
            return
        unknown = {index for index in small if self._is_no_word(self.units[index])}
        if len(unknown) > max(3, _MOST_UNKNOWN * len(small)):
            return
        for index in brought:
            if self._adjacent(index - 1, index) and (row := self._small_name(index, index in unknown)):
                yield row

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
