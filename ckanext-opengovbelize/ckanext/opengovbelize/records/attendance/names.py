"""The one form in which names and addresses are compared, as docs/attendance.md lays down."""

from __future__ import annotations

import re
import unicodedata

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")
_SPACE = re.compile(r"\s+")
# Marks of the direction of writing, joiners and signs that choose between two drawings of an emoji.
_UNSEEN = frozenset(("Cf", "Mn"))
_IN_BRACKETS = re.compile(r"\[([^\[\]]+)\]")


class _WithoutMarks(dict[int, "int | None"]):
    """What each letter of a decomposed text becomes: accents become nothing, nor what only tells how to write it."""

    def __missing__(self, code: int) -> int | None:
        letter = chr(code)
        is_mark = unicodedata.combining(letter) or unicodedata.category(letter) in _UNSEEN
        self[code] = found = None if is_mark else code
        return found


_WITHOUT_MARKS = _WithoutMarks()


def reduced(name: str) -> str:
    """Return a name without what stands in brackets, accents, case and double spaces; ``Last, First`` turned round."""
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name).translate(_WITHOUT_MARKS)
    if "(" in name or "[" in name:
        name = _BRACKETS.sub(" ", name)
    name = name.casefold()
    if "," in name:
        last, _comma, first = name.partition(",")
        name = f"{first} {last}"
    return " ".join(name.split())


class Reduced(dict[str, str]):
    """What each name is reduced to. Lives as long as one answer: names are kept nowhere longer."""

    def __missing__(self, name: str) -> str:
        self[name] = found = reduced(name)
        return found


def address(email: str) -> str:
    """Return an e-mail address as it is compared; empty where it is none."""
    return email.strip().casefold().removeprefix("mailto:") if "@" in email else ""


def organisation(name: str) -> str:
    """Return what stands in square brackets behind a name, as guests write their organisation."""
    found = _IN_BRACKETS.search(name)
    return found[1].strip() if found else ""


def as_written(name: str) -> str:
    """Return a name for people to read: without brackets, first name first."""
    name = _SPACE.sub(" ", _BRACKETS.sub(" ", name)).strip()
    if name.count(",") == 1:
        last, _comma, first = name.partition(",")
        if last.strip() and first.strip():
            name = f"{first.strip()} {last.strip()}"
    return name
