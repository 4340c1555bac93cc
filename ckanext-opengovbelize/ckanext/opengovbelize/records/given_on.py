"""What programs add to a text that they give on: where it is cut, the way to the rest, and where it first stood."""

from __future__ import annotations

import re

from .vocabulary import any_of, load

_WORDS = load("web_copy")
_CUT = r"(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.)"
_REST = rf"{any_of(_WORDS['goes_on'])}\s*(?:…|\.\.\.|[→»›>]+)?"
# Where a text is cut; or, behind a sentence or a sign of its own, the way to the rest.
_END = re.compile(
    rf"(?P<cut>\s*{_CUT})\s*(?:{_REST}|[→»›])?\s*$|(?<=[.!?…:\n])\s*{_REST}\s*$|\A{_REST}\s*$", re.IGNORECASE
)
# What a program adds to the end is no longer: a search through a long text with many blanks takes minutes.
_LONGEST_END = 120
_LINE = re.compile(rf"^[ \t]*{any_of(_WORDS['first_stood'])}[ \t]*$\n*", re.IGNORECASE | re.MULTILINE)


def without(text: str) -> str:
    """Return a plain text without what a program added; three points tell that it goes on elsewhere."""
    text = _LINE.sub("", text).rstrip()
    if found := _END.search(text, max(0, len(text) - _LONGEST_END)):
        cut = found["cut"] or ""
        mark = " …" if "[" in cut else cut.rstrip()
        text = text[: found.start()].rstrip() + mark
    return text


def is_beginning(text: str, whole: str) -> bool:
    """Tell whether a text is nothing but the beginning of another, which is cut or not."""
    cut = re.split(_CUT, without(text), maxsplit=1)[0]
    return bool(cut.strip()) and _squeezed(whole).startswith(_squeezed(cut))


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
