"""By which names a message introduces somebody."""

from __future__ import annotations

import re

from ..folding import Token, tokens
from .dictionary import is_ordinary, looks_mistyped
from .name_words import body_words, has_capital, is_unknown, thing_words
from .sentences import starts_sentence
from .vocabulary import phrases, word_set

_LONGEST_NAME_RUN = 4
_SAYS_MORE = re.compile(r"[^\w\s'’.–—~-]|\d")
# What stands behind a name by which somebody says that it is they: "Ana Sample here".
_AFTERWARDS = frozenset({"here", "speaking", "aqui", "presente"})


def introduced_names(text: str) -> list[tuple[str, ...]]:
    """Return the names by which a message introduces somebody: "I am …", "Soy …", "… here", a signature."""
    units = tokens(text)
    found = []
    for position in range(len(units)):
        run = _name_run(text, units, position)
        if not run:
            continue
        before = " ".join(unit.folded for unit in units[max(0, position - 3) : position])
        after = units[position + len(run)].folded if position + len(run) < len(units) else ""
        gap = text[units[position - 1].end : units[position].start] if position else ""
        introduced = any(f" {before}".endswith(f" {phrase}") for phrase in phrases("self_introducers"))
        signed = (
            bool(re.search(r"[\n–—~]|\s--?\s", gap)) and position + len(run) == len(units) and len(run) > 1
        )
        answers = after in _AFTERWARDS and (
            position == 0 or starts_sentence(text, units[position]) or "," in gap
        )
        if introduced or signed or answers:
            found.append(tuple(unit.folded for unit in run))
    return found


def signed_names(text: str) -> list[tuple[str, ...]]:
    """Return the names that stand on lines of their own behind a message: "Hyacinth Zorbek", though one is a flower."""
    found = []
    for line in text.split("\n")[1:]:
        units = tokens(line)
        if not 2 <= len(units) <= _LONGEST_NAME_RUN or _SAYS_MORE.search(line):
            continue
        said = tuple(unit.folded for unit in units)
        if (
            all(map(has_capital, units))
            and any(map(is_unknown, units))
            and (body_words() | thing_words()).isdisjoint(said)
        ):
            found.append(said)
    return found


def _name_run(text: str, units: list[Token], first: int) -> list[Token]:
    """Return the words from ``first`` on that may be a name: known or unknown ones, but no ordinary words."""
    run: list[Token] = []
    for unit in units[first : first + _LONGEST_NAME_RUN]:
        if run and not re.fullmatch(r"[\s.'’-]{1,2}", text[run[-1].end : unit.start]):
            break
        if not _may_be_name(text, unit, bool(run)):
            break
        run.append(unit)
    return run


def _may_be_name(text: str, unit: Token, follows_name: bool) -> bool:
    word = unit.folded
    if (
        word.isdigit()
        or word in word_set("places")
        or word in word_set("institutions")
        or word in word_set("capitals")
    ):
        return False
    if word in word_set("display_noise") or len(word) < 2:
        return False
    capital = unit.original[:1].isupper()
    if is_ordinary(unit.original):
        return capital and (word in word_set("names") or follows_name) and word not in word_set("bodies")
    if unit.original.isupper() and len(word) <= 5 and not follows_name:
        return False
    return capital or not looks_mistyped(unit.original)
