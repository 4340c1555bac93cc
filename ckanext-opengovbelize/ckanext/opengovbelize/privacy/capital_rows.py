"""The words of one text, and the rows of capitals in it: what a name is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..folding import Token
from .dictionary import languages_of
from .name_words import (
    everyday_family_words,
    given_words,
    has_capital,
    is_surely_given,
    is_unknown,
    thing_words,
)
from .vocabulary import word_set

_SHORTENED = frozenset({"st", "sta", "sto", "mt", "ft", "pte"})
_JOINT = re.compile(r"[ \t]{1,2}|['’-]")
_NICKNAME = re.compile(r"[\"“«'‘][^\W\d_]+[\"”»'’]\s")
_NICKNAME_FIRST = re.compile(r".?[^\W\d_]+\s[\"“«'‘][^\W\d_]+[\"”»'’]")
_AFTER_POINT = re.compile(r"\.[ \t]?")
_SHORTEST_ACRONYM = 3


@dataclass
class CapitalRows:
    """The words of a text. A row is a range of their positions."""

    text: str
    units: list[Token]

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The language of the text, or all where it is not clear."""
        return languages_of(unit.original for unit in self.units)

    def _folded(self, row: range) -> list[str]:
        return [self.units[index].folded for index in row]

    def _rows(self) -> Iterator[range]:
        """Yield the rows of words with a capital, in order."""
        end = 0
        for first, unit in enumerate(self.units):
            if first >= end and has_capital(unit):
                row = self._row(first)
                end = row.stop
                yield row

    def _row(self, first: int) -> range:
        """Return the words with a capital from ``first`` on that stand side by side."""
        last = first
        while last < len(self.units) and has_capital(self.units[last]):
            last += 1
            if not self._adjacent(last - 1, last):
                break
        return range(first, last)

    def _adjacent(self, first: int, second: int) -> bool:
        if not 0 <= first < second < len(self.units):
            return False
        one, other = self.units[first], self.units[second]
        between = self.text[one.end : other.start]
        if between == " " or _JOINT.fullmatch(between):
            return True
        if len(between) == 2 and (self._is_quoted(one, other) or self._is_turned(one, other)):
            return True
        short = len(one.folded) == 1 or one.folded in word_set("titles") or one.folded in _SHORTENED
        return short and bool(_AFTER_POINT.fullmatch(between))

    def _is_quoted(self, one: Token, other: Token) -> bool:
        """Return whether one of two neighbours is a nickname in quotes: Ana "Anita" Sample."""
        around = self.text[max(0, one.start - 1) : other.end + 1]
        return bool(_NICKNAME.match(around) or _NICKNAME_FIRST.fullmatch(around))

    def _is_turned(self, last: Token, first: Token) -> bool:
        """Return whether two words at a comma are a name turned round: "SAMPLE, Ana"."""
        if (
            self.text[last.end : first.start] != ", "
            or not last.original.isupper()
            or first.original.isupper()
        ):
            return False
        if not has_capital(first) or len(last.folded) <= _SHORTEST_ACRONYM:
            return False
        if first.folded in given_words() and last.folded in everyday_family_words():
            return True
        bearable = is_surely_given(first.folded) or is_unknown(first)
        return bearable and last.folded not in thing_words()
