"""Plain text: one block a line."""

from __future__ import annotations

import re
from dataclasses import replace

from ..document import Block, Document, Run, line
from ..encoding import decode
from ..problems import Problem
from .content import Content

_RULE_SIGNS = frozenset("-=_*~#.•·—–+ \t")
BULLET = re.compile(r"\s{0,40}(?:[•·▪◦‣●○■–*-]|\uf0b7)\s{1,20}(?=\S)")

_STARRED = re.compile(r"\*(?=[^\s*])[^*]{1,300}(?<=\S)\s?\*")
_STARS = re.compile(r"(?<![\w*])\*{1,2}(?=[^\s*])|(?<=[^\s*])\s?\*{1,2}(?![\w*])")
_FEWEST_STARRED = 2

UNREADABLE_BYTES = Problem(
    "encoding-unclear",
    "Some characters could not be read, so letters with accents may be wrong. Save the file as UTF-8.",
)


def recognises(content: Content) -> bool:
    """Take whatever is text."""
    return bool(content.sample.strip())


def read(data: bytes, content_type: str = "") -> Document:
    """Read plain text in any common encoding."""
    text, whole = decode(data, content_type)
    return Document(_without_stars(blocks(text)), problems=[] if whole else [UNREADABLE_BYTES])


def blocks(text: str, first_line: int = 1) -> list[Block]:
    """Return a block for each line that says something; rules drawn with signs do not."""
    found: list[Block] = []
    starts = True
    for number, content in enumerate(split_lines(text), first_line):
        # A page break opens no paragraph: sentences run on over it.
        if not content.strip() or (
            len(content) < 300 and set(content) <= _RULE_SIGNS and len(content.strip()) > 2
        ):
            starts = True
            continue
        place = f"line {number}"
        if bullet := BULLET.match(content):
            found.append(line(content[bullet.end() :], place, kind="item"))
        else:
            found.append(line(content, place, starts=starts))
        starts = False
    return found


def _without_stars(lines: list[Block]) -> list[Block]:
    """Return lines with bold text where mail programs that know no bold wrote ``*stars*`` round it."""
    starred = [_STARRED.fullmatch(block.text) is not None for block in lines]
    if sum(starred) < _FEWEST_STARRED:
        return lines
    return [
        replace(block, runs=(Run(_STARS.sub("", block.text), bold=bold),))
        for block, bold in zip(lines, starred, strict=True)
    ]


def split_lines(text: str) -> list[str]:
    """Split at the line ends of every system and at nothing else: lines are numbered as in an editor."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
