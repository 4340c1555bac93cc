"""Chats copied as a stack: a line with who wrote and when, and the message below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import chat_addressees, dates, labels
from .chat_addressees import CLOCK
from .chat_authors import ends_of_name, may_be_name
from .chat_lines import TIME, without_from
from .names import is_name
from .words import squeeze

# Copied from the window of Teams: a line with name and time, or time and name, and the message below it.
_DAY = (
    r"(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{4}-\d\d-\d\d|today|yesterday|hoy|ayer"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)"
)
_NAME_OVER = re.compile(
    rf"\s?(?P<author>[^\s\[].{{0,90}}?),?\s+\[?(?:{_DAY},?\s+)?{TIME}\]?\s*", re.IGNORECASE
)
_TIME_OVER = re.compile(rf"\s?\[(?:{_DAY},?\s+)?{TIME}\]?\s+(?P<author>\S.{{0,90}})")
_DIGIT = re.compile(r"\d")
_LONGEST_HEAD = 200
_HALF = re.compile(r"[ap]\.?\s?m\.?\s*$", re.IGNORECASE)
ONLY_WHEN = re.compile(rf"\s*(?:{_DAY},?\s+)?{CLOCK}\s*", re.IGNORECASE)


def stacked(texts: list[str], *, colons: bool = False) -> set[int]:
    """Return which lines are heads of a chat copied as a stack: who and when, with the message below.

    One line of this form may be anything; a chat has two at least, with something below most of them. Within a
    chat there may be ``colons`` in a name.
    """
    # What stands over a time alone is a message where names and times share a line.
    above = set() if sum(head(text)[0] != "" for text in texts) > 1 else _names_above_times(texts)
    heads = [position in above or head(text)[0] != "" for position, text in enumerate(texts)]
    over = [
        position
        for position, head in enumerate(heads[:-1])
        if head and not heads[position + 1] and texts[position + 1].strip()
    ]
    if len(over) < max(2, sum(heads) / 2):
        return set()
    return above | {position for position, text in enumerate(texts) if head(text, colons=colons)[0]}


def _names_above_times(texts: list[str]) -> set[int]:
    """Return which lines are names with a time below, as Google Meet shows who wrote, and the message below that."""
    # Slack writes half of the day beside a name only, and leaves it out over what is said after that.
    halves = any(_HALF.search(text) for text in texts if ONLY_WHEN.fullmatch(text))
    return {
        position
        for position, (text, below, said) in enumerate(zip(texts, texts[1:], texts[2:], strict=False))
        if ONLY_WHEN.fullmatch(below)
        and (not halves or _HALF.search(below))
        and said.strip()
        and not ONLY_WHEN.fullmatch(said)
        and may_be_name(name := squeeze(text))
        and is_name(name, fewest=1)
        and not labels.lookup(name)
    }


def head(text: str, *, colons: bool = False) -> tuple[str, str]:
    """Return author and time of a line that is nothing else; ``colons`` may stand in the name."""
    # A long line says more, and many blanks in one would take minutes.
    text = text.strip()
    if len(text) > _LONGEST_HEAD or not _DIGIT.search(text):
        return "", ""
    for pattern in (_TIME_OVER, _NAME_OVER):
        match = pattern.fullmatch(text)
        if match and _may_stand_over(chat_addressees.of_name(without_from(match["author"])).author, colons):
            # Whom it was written to tells later whether it is private.
            return squeeze(without_from(match["author"])), match["at"].strip("[]")
    return "", ""


def announces(texts: Sequence[str], position: int) -> bool:
    """Tell whether above the head of a message Teams writes once more what it says, and by whom: "Hello by Ana"."""
    if not position:
        return False
    name = head(texts[position], colons=True)[0] or squeeze(texts[position])
    said, by, _ = texts[position - 1].strip().rpartition(f" by {name}")
    below = [squeeze(text) for text in texts[position + 1 : position + 3]]
    return bool(by and said) and any(text and squeeze(said).startswith(text) for text in below)


def _may_stand_over(name: str, colons: bool) -> bool:
    return (
        may_be_name(name)
        and (colons or not ends_of_name(name))
        and len(name.split()) <= 8
        and not name.endswith((".", ",", "-", "–", "—"))
        and not name[:1].isdigit()
        and not dates.begins_with_date(name)
    )
