"""Names that must not be seen, and where they stand in a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ..folding import Token, tokens
from .dictionary import is_ordinary
from .sentences import starts_sentence

# A name pulled apart (`Water lillo`) or run together is looked for from this length on.
SHORTEST_JOINED = 5


@dataclass(frozen=True)
class _Wanted:
    """The names sought in one kind of text, made ready once for all its texts."""

    names: frozenset[str]
    long: frozenset[str]
    lengths: tuple[int, ...]
    longest: int

    @classmethod
    def of(cls, names: frozenset[str]) -> _Wanted:
        long = frozenset(name for name in names if len(name) >= SHORTEST_JOINED)
        return cls(names, long, tuple(sorted({len(name) for name in long})), max(map(len, names), default=0))


@dataclass
class NameIndex:
    """Names that must not be seen, and how they are found in a text.

    Attributes:
        always: squeezed words and names that are withheld in every text.
        chat: those that are withheld in texts that come from the chat: ordinary words, and bodies.
        capital: ordinary words that mean a person only where they are written with a capital.

    It is complete before the first text is searched.
    """

    always: set[str] = field(default_factory=set)
    chat: set[str] = field(default_factory=set)
    capital: set[str] = field(default_factory=set)

    @cached_property
    def _in_chat(self) -> _Wanted:
        return _Wanted.of(frozenset(self.always | self.chat))

    @cached_property
    def _in_header(self) -> _Wanted:
        return _Wanted.of(frozenset(self.always))

    def _wanted(self, chat: bool) -> _Wanted:
        return self._in_chat if chat else self._in_header

    def spans(self, text: str, *, chat: bool) -> list[tuple[int, int]]:
        """Return where a withheld name stands in ``text``, however it is spaced, cased or run together."""
        wanted = self._wanted(chat)
        if not wanted.names and not self.capital:
            return []
        units = tokens(text)
        found = list(_windows(text, units, wanted))
        for unit in units:
            if _holds_name(unit.folded, wanted) or (
                chat and unit.folded in self.capital and _is_capital(text, unit)
            ):
                found.append((unit.start, unit.end))
        return found


def _windows(text: str, units: list[Token], sought: _Wanted) -> Iterator[tuple[int, int]]:
    wanted, longest = sought.names, sought.longest
    for first, unit in enumerate(units):
        joined = unit.folded
        if joined in wanted:
            yield unit.start, unit.end
        for index in range(first + 1, len(units)):
            last = units[index]
            joined += last.folded
            if len(joined) > longest or last.start - units[index - 1].end > 3:
                break
            if len(joined) >= SHORTEST_JOINED - 1 and joined in wanted:
                yield unit.start, last.end


def _holds_name(word: str, wanted: _Wanted) -> bool:
    """Return whether a word that no dictionary knows has a withheld name in it (``anapech77``)."""
    names, lengths = wanted.long, wanted.lengths
    if len(word) <= SHORTEST_JOINED or not lengths or is_ordinary(word):
        return False
    return any(
        word[start : start + length] in names
        for length in lengths
        if length < len(word)
        for start in range(len(word) - length + 1)
    )


def _is_capital(text: str, unit: Token) -> bool:
    return unit.original[:1].isupper() and not starts_sentence(text, unit)
