"""PDF, read with pypdf: pieces of text at their places on the page become lines, links keep their targets."""

from __future__ import annotations

import io
import logging
import re
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ..document import LONGEST_LINE, Block, Document, Run, clean_runs
from ..problems import Problem
from .content import Content

# The library's warnings repeat what the file says.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_MOST_PAGES = 100
_MOST_PIECES = 60_000
# Of the size of the letters: pieces closer than this are on one line, lines farther apart than that are paragraphs.
_SAME_LINE, _NEXT_PARAGRAPH = 0.5, 1.7
_BLANK, _CELL = 0.15, 1.5
_HEADING = 1.25
_LONGEST_LABEL = 40
# A line is full where the first word of the next would reach so much of the way to the edge.
_FULL = 0.96
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_BULLET = re.compile(r"\s{0,9}[•·▪◦‣●○■–*\uf0b7-]\s{1,9}(?=\S)")

_DAMAGED = Problem(
    "file-damaged",
    "The PDF cannot be opened: it is cut off or damaged. Save it again and send it.",
    rejects=True,
)
_LOCKED = Problem(
    "file-locked", "The PDF is protected by a password. Save it without one and send that.", rejects=True
)
_NO_TEXT = Problem(
    "pdf-without-text",
    "The PDF holds pictures of pages, and no text. Send the document that it was made from, or let a scanner's"
    " text recognition run over it.",
    rejects=True,
)


@dataclass
class _Piece:
    """Some text at a place on a page, counted from its lower left corner."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


@dataclass
class _Line:
    """Pieces beside each other."""

    pieces: list[_Piece] = field(default_factory=list)

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)

    @property
    def right(self) -> float:
        """Where it ends, about."""
        last = self.pieces[-1]
        return last.x + _width(last)


def recognises(content: Content) -> bool:
    """Tell a PDF by its first bytes."""
    return content.data[:1024].lstrip().startswith(b"%PDF-")


def read(data: bytes, content_type: str = "") -> Document:
    """Read a PDF. Pictures, forms, scripts and attached files are left alone."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return Document(problems=[_LOCKED])
        pages = [_page(page) for page, _number in zip(reader.pages, range(_MOST_PAGES), strict=False)]
        has_more = len(reader.pages) > _MOST_PAGES
        title = str((reader.metadata.title if reader.metadata else "") or "")
    except (PyPdfError, NotImplementedError):
        return Document(problems=[_DAMAGED])
    # The library stumbles in many ways over what a broken document refers to.
    except Exception:
        return Document(problems=[_DAMAGED])
    sizes = [
        piece.size for lines, _links in pages for line in lines for piece in line.pieces for _ in piece.text
    ]
    if not sizes:
        return Document(problems=[_NO_TEXT])
    usual = sorted(sizes)[len(sizes) // 2]
    blocks = [
        block
        for number, (lines, links) in enumerate(pages, 1)
        for block in _blocks(lines, links, usual, number)
    ]
    problems = []
    if has_more:
        problems.append(Problem("file-too-long", f"Only the first {_MOST_PAGES} pages were read."))
    return Document(blocks, title, problems)


def _page(page: Any) -> tuple[list[_Line], list[tuple[list[float], str]]]:
    pieces: list[_Piece] = []

    def take(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip() and len(pieces) < _MOST_PIECES:
            x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1
            name = str((font or {}).get("/BaseFont", ""))
            pieces.append(
                _Piece(text.replace("\n", " "), x, y, max(size * scale, 1), bool(_BOLD.search(name)))
            )

    page.extract_text(visitor_text=take)
    return _lines(pieces), _links(page)


def _lines(pieces: list[_Piece]) -> list[_Line]:
    """Put pieces that stand beside each other into lines, in the order in which the document has them."""
    lines: list[_Line] = []
    for piece in pieces:
        last = lines[-1].pieces[-1] if lines else None
        if last is not None and abs(last.y - piece.y) < _SAME_LINE * max(last.size, piece.size):
            lines[-1].pieces.append(piece)
        else:
            lines.append(_Line([piece]))
    return lines


def _links(page: Any) -> list[tuple[list[float], str]]:
    found = []
    for reference in page.get("/Annots") or []:
        annotation = reference.get_object()
        action = annotation.get("/A")
        action = action.get_object() if action is not None else {}
        if annotation.get("/Subtype") == "/Link" and "/URI" in action:
            rectangle = [float(number) for number in annotation["/Rect"]]
            found.append((rectangle, str(action["/URI"])))
    return found[:2_000]


def _blocks(lines: list[_Line], links: list[tuple[list[float], str]], usual: float, page: int) -> list[Block]:
    found: list[Block] = []
    above: _Piece | None = None
    edge = max((line.right for line in lines), default=0.0)
    end = 0.0
    for number, line in enumerate(lines, 1):
        first = line.pieces[0]
        place = f"page {page}, line {number}"
        gap = above.y - first.y if above is not None else 0
        starts = above is None or not 0 < gap <= _NEXT_PARAGRAPH * max(line.size, above.size)
        starts = starts or (above is not None and abs(above.size - line.size) > 0.5)
        above = first
        is_full = end + _width(replace(first, text=f" {first.text.split()[0]}")) > _FULL * edge
        end = line.right
        runs = clean_runs(_runs(line, links))
        text = "".join(run.text for run in runs)
        if not text.strip():
            continue
        if found and not starts and is_full and "\t" not in text and not _BULLET.match(text):
            # The page is not wide enough for more: the line above goes on.
            blank = () if found[-1].runs and found[-1].runs[-1].text.endswith(" ") else (Run(" "),)
            found[-1] = replace(found[-1], runs=(*found[-1].runs, *blank, *runs))
            continue
        label, cell, rest = text.partition("\t")
        if (
            cell
            and "\t" not in rest
            and len(label) <= _LONGEST_LABEL
            and rest.strip()
            and line.size < _HEADING * usual
        ):
            value = Block("line", runs, place).after(len(label.strip()) + 1)
            found.append(replace(value, term=label.strip(" :")))
            continue
        if len(text) > LONGEST_LINE:
            found.append(Block("overlong", (), place, starts=starts))
        elif line.size >= _HEADING * usual and len(text) < 300:
            level = 1 if line.size >= 1.6 * usual else 2
            found.append(Block("heading", runs, place, level))
        elif bullet := _BULLET.match(text):
            found.append(Block("item", runs, place).after(bullet.end() - (len(text) - len(text.lstrip()))))
        else:
            found.append(Block("paragraph" if starts else "line", runs, place, starts=starts))
    return found


def _runs(line: _Line, links: list[tuple[list[float], str]]) -> list[Run]:
    runs: list[Run] = []
    for piece in line.pieces:
        middle = piece.y + piece.size * 0.3
        href = next(
            (
                target
                for (left, low, right, high), target in links
                if min(left, right) - 1 <= piece.x <= max(left, right)
                and min(low, high) <= middle <= max(low, high)
            ),
            None,
        )
        text = piece.text
        if runs and (room := _room(line, piece)) > _BLANK * piece.size:
            # Wide room is that between the cells of a table, or a label and its value.
            text = f"\t{text}" if room > _CELL * piece.size else f" {text.lstrip()}"
        runs.append(Run(text, piece.bold, href))
    return runs


def _width(piece: _Piece) -> float:
    """Return how wide a piece is; letters are about half as wide as high."""
    return len(piece.text) * piece.size * 0.45


def _room(line: _Line, piece: _Piece) -> float:
    """Return the room between a piece and the one before."""
    before = line.pieces[next(number for number, one in enumerate(line.pieces) if one is piece) - 1]
    return piece.x - before.x - _width(before)
