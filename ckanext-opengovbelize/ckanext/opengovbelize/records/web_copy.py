"""What the frame of a web site leaves in a text that was copied from one of its pages: menus, captions, comments.

A page that comes as HTML says what is its frame; a copied text does not. Only lines that nothing but a web site writes
are left out, and all that visitors wrote below: to take their words for a chat would be worse than to lose a footnote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .document import Block
from .vocabulary import any_of, load
from .words import fold

_WORDS = load("web_copy")
_MENU = frozenset(_WORDS["menu"])
_SKIP = re.compile(any_of(_WORDS["skip"]), re.IGNORECASE)
_BYLINE = re.compile(rf"{any_of(_WORDS['byline'])}\b.{{0,120}}", re.IGNORECASE)
_TRAIL = re.compile(rf"{any_of(_WORDS['home'])}\s*[»›>/→]\s*.{{2,200}}", re.IGNORECASE)
_CAPTION = re.compile(any_of(_WORDS["captions"]), re.IGNORECASE)
_BELOW = re.compile(any_of(_WORDS["below"]), re.IGNORECASE)
_SURELY_BELOW = re.compile(any_of(_WORDS["surely_below"]), re.IGNORECASE)
_FEWEST_OF_A_MENU = 3


def without(lines: Sequence[Block]) -> list[Block]:
    """Return the lines without those of a site's frame; a block of kind ``beside`` tells where something was."""
    end = _end(lines)
    found: list[Block] = []
    position = 0
    while position < end:
        length = _frame(lines, position)
        if length:
            found.append(Block("beside", place=lines[position].place))
        else:
            found.append(lines[position])
        position += length or 1
    return [*found, *(Block("beside", place=block.place) for block in lines[end : end + 1])]


def _end(lines: Sequence[Block]) -> int:
    """Return where the page's own text ends and what visitors do and write begins."""
    first = None
    for position, block in enumerate(lines):
        text = block.text.strip()
        if first is None and _BELOW.fullmatch(text):
            first = position
        if _SURELY_BELOW.fullmatch(text):
            return position if first is None else first
    return len(lines)


def _frame(lines: Sequence[Block], position: int) -> int:
    """Return how many lines a menu, a trail or a byline takes, or 0."""
    block = lines[position]
    text = block.text.strip()
    if block.term or block.kind == "message" or len(text) > 250:
        return 0
    if _SKIP.fullmatch(text) or _BYLINE.fullmatch(text) or _TRAIL.fullmatch(text):
        return 1
    if _CAPTION.match(text) and "http" not in text and not block.links:
        return 1
    length = 0
    while position + length < len(lines) and fold(lines[position + length].text) in _MENU:
        length += 1
    return length if length >= _FEWEST_OF_A_MENU else 0
