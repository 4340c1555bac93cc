"""Whom a text greets, thanks or is signed by with one name alone: "Hi Cliff,", "thanks, cliff", "Best, Amparo"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ..folding import Token
from .name_words import given_words, has_capital, is_surely_given, is_unknown, known_phrases
from .sentences import starts_sentence
from .vocabulary import phrases, word_set

_LONGEST_PHRASE = 4
_GREETING_GAP = re.compile(r"[ \t]{1,2}|,[ \t]")
_FAREWELL_GAP = re.compile(r"[ \t]{0,4}[,.!–—-]?[ \t]{0,4}\n\s{0,4}[-–—~]?\s?")
_ENDS = re.compile(r"[ \t]*(?:[,;:!.?–—\n]|$)")
_ENDS_LINE = re.compile(r"[ \t]*\.?[ \t]*(?:\n|$)")
# More words than greetings are said before one that is thanked: no dictionary need have the name of a firm.
_THANKS = frozenset({"thanks", "you", "gracias", "cheers"})


def addressed(text: str, units: Sequence[Token]) -> Iterator[int]:
    """Yield the positions of the words that are somebody who is greeted, thanked or signs there."""
    for index in range(1, len(units)):
        before, unit = units[index - 1], units[index]
        if before.folded not in _last_words():
            continue
        gap = text[before.end : unit.start]
        if _GREETING_GAP.fullmatch(gap):
            greeted = _is_said_before(text, units, index, "greetings_before_name")
            if greeted and _ENDS.match(text, unit.end) and _may_be_called(unit, before.folded not in _THANKS):
                yield index
        elif (
            "\n" in gap
            and _FAREWELL_GAP.fullmatch(gap)
            and _ENDS_LINE.match(text, unit.end)
            and has_capital(unit)
            and _is_said_before(text, units, index, "farewells")
            and _may_be_called(unit, True)
        ):
            yield index


@cache
def _last_words() -> frozenset[str]:
    """Return the words with which greetings and farewells end: few texts have any."""
    said = phrases("greetings_before_name") | phrases("farewells")
    return frozenset(phrase.rpartition(" ")[2] for phrase in said)


def is_called_first(text: str, units: Sequence[Token]) -> bool:
    """Tell whether a message begins with whom it asks or answers: "Basil, can you say how it is read?"."""
    if len(units) < 2 or text[units[0].end : units[1].start] != ", ":
        return False
    word = units[0].folded
    return has_capital(units[0]) and word in given_words() and word not in word_set("everyday")


def _is_said_before(text: str, units: Sequence[Token], position: int, name: str) -> bool:
    """Tell whether a phrase of a list stands before a word, and begins its sentence."""
    for first in range(max(0, position - _LONGEST_PHRASE), position):
        said = " ".join(unit.folded for unit in units[first:position])
        if said in phrases(name) and starts_sentence(text, units[first]):
            return True
    return False


def _may_be_called(unit: Token, unknown: bool) -> bool:
    """Tell whether a word is a name, be it an ordinary word, too; ``unknown``: or a word that no dictionary has."""
    word = unit.folded
    if is_surely_given(word):
        return True
    if not has_capital(unit):
        return word in given_words() and word not in word_set("everyday")
    if word in given_words():
        return True
    borne = word in word_set("given_names") or (unknown and is_unknown(unit))
    return borne and word not in known_phrases()
