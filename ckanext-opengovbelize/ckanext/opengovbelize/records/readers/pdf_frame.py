"""What a program puts on every page of a PDF: running heads and feet, page numbers. None of it goes on with the text.

A page says of no line that it is its head. What stands first or last on several pages, alike but for its figures, is
one; so is the number of a page by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .. import labels
from ..words import fold
from .pdf_page import Page, Piece
from .pdf_tables import lines

# So many lines at the top and at the bottom of a page may be its frame.
_LINES = 3
# In points: heads of two pages stand at the same height.
_SAME_HEIGHT = 6.0
_FEWEST_PAGES = 2
_LONGEST = 200
_NUMBER = re.compile(
    r"[-–—|\s]*(?:(?:page|p[aá]gina|p[aá]g\.?|p\.)\s*\d{1,4}(?:\s*(?:of|de|/|-)\s*\d{1,4})?|\d{1,3}\s*(?:of|de|/)\s*\d{1,3})[-–—|\s]*",
    re.IGNORECASE,
)


@dataclass
class Frame:
    """What was taken out of the pages of a document: ``is_told`` where it is more than numbers.

    ``edges`` tells, page by page, how far to the right it reached: text beside it may be as wide.
    """

    is_told: bool
    edges: list[float]


def take_out(pages: Sequence[Page]) -> Frame:
    """Take heads, feet and page numbers out of pages. The head of the first one becomes its beginning.

    It may name the program or the series, and some programs draw it last.
    """
    alike: dict[tuple[str, bool], list[tuple[int, list[Piece]]]] = defaultdict(list)
    left_out: list[tuple[int, list[Piece]]] = []
    for number, page in enumerate(pages):
        found = lines(page.pieces)
        top, bottom = found[:_LINES], found[_LINES:][-_LINES:]
        for line, is_top in [*((line, True) for line in top), *((line, False) for line in bottom)]:
            text = _text(line)
            if _NUMBER.fullmatch(text):
                left_out.append((number, line))
            elif len(text) <= _LONGEST and not _heads_columns(line):
                alike[re.sub(r"\d+", "#", fold(text)), is_top].append((number, line))
    frames = [(found, is_top) for (_, is_top), found in alike.items() if _is_frame(found, len(pages))]
    kept: list[Piece] = []
    for found, is_top in frames:
        kept += found[0][1] if is_top and found[0][0] == 0 else []
        left_out += found
    edges = [0.0] * len(pages)
    for number, line in left_out:
        taken = {id(piece) for piece in line}
        edges[number] = max(edges[number], *(piece.right for piece in line))
        pages[number].pieces = [piece for piece in pages[number].pieces if id(piece) not in taken]
    if kept:
        pages[0].pieces = [*kept, *pages[0].pieces]
    return Frame(bool(frames), edges)


def _is_frame(found: Sequence[tuple[int, list[Piece]]], pages: int) -> bool:
    """Tell whether lines that are alike stand at one height of most pages, though not of the first."""
    heights = [line[0].y for _number, line in found]
    count = len({number for number, _line in found})
    return count >= max(_FEWEST_PAGES, (pages - 1) / 2) and max(heights) - min(heights) <= _SAME_HEIGHT


def _text(line: Sequence[Piece]) -> str:
    return " ".join(" ".join(piece.text for piece in line).split())


def _heads_columns(line: Sequence[Piece]) -> bool:
    """Tell whether a line names the columns of a table, which each page may name again."""
    return len(line) > 1 and all(labels.lookup(piece.text.strip()) for piece in line if piece.text.strip())
