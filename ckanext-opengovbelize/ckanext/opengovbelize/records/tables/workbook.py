"""Workbooks (.xlsx, .ods).

The archive is unpacked under a limit and packed anew before the library sees it: what the limits were checked
on is what is read. Cells far apart would make the library fill all the room between them, so they are found first.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any

import python_calamine

from ..problems import Problem
from .cells import text_of, unescape
from .sheet import Line, Sheet

_MOST_MEMBERS = 500
_MOST_COLUMNS = 1_000
_MOST_CELLS = 3_000_000
# A workbook's text shrinks to a tenth or so; from this size on an archive that shrinks it more is a trap.
_MOST_UNPACKED = 200_000_000
_PIECE = 1 << 20

_WORKBOOK = "xl/workbook.xml"
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/[^/]+|xl/(?:_rels/[^/]+|workbook\.xml|sharedStrings\.xml|styles\.xml"
    r"|worksheets/[^/]+\.xml|worksheets/_rels/[^/]+)",
    re.IGNORECASE,
)
_CALC = "content.xml"
_CALC_NEEDED = re.compile(r"mimetype|content\.xml|styles\.xml|META-INF/manifest\.xml")
_CALC_REPEATED = re.compile(rb"<table:table-(cell|row|column)\b([^>]{0,2000})>")
_CALC_TIMES = re.compile(rb'table:number-(?:columns|rows)-repeated="(\d{1,12})"')
_ENTITIES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# LibreOffice repeats an empty cell to the edge of the sheet; what says something is repeated by hand, a few times.
_MOST_REPEATED = 1_000
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]{0,200}?\br=\"([A-Za-z]{1,9})([0-9]{1,9})\"")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]{0,200}?\br=\"([0-9]{1,12})\"")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")

_DAMAGED = Problem(
    "file-damaged",
    "The workbook cannot be opened: it is cut off, damaged or protected by a password. Save it again and send it.",
    rejects=True,
)
_TOO_LARGE = Problem(
    "file-too-large",
    "The workbook is larger than a table of commitments can be, or has cells far away from its table. "
    "Copy the tables to a new workbook and send that one.",
    rejects=True,
)


class _TooLarge(Exception):
    """More is in the archive than a table of commitments can hold."""


def read(data: bytes, *, says_workbook: bool, most: int) -> tuple[list[Sheet], list[Problem]] | None:
    """Return the sheets of a workbook, or None where the archive is none."""
    if len(data) > most:
        return ([], [_TOO_LARGE]) if says_workbook else None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _WORKBOOK not in (names := archive.namelist()) and not _is_calc(archive, names):
                return ([], [_DAMAGED]) if says_workbook else None
            repacked = _repack(archive)
    except _TooLarge:
        return [], [_TOO_LARGE]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        # A damaged archive keeps no list of its members, but their names stand in it.
        return ([], [_DAMAGED]) if says_workbook or b"xl/w" in data else None
    try:
        return _sheets(repacked), []
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException:
        # The library's own panics are no Exception.
        return [], [_DAMAGED]


def _is_calc(archive: zipfile.ZipFile, names: list[str]) -> bool:
    return {_CALC, "mimetype"} <= set(names) and b"spreadsheet" in _unpack(
        archive, archive.getinfo("mimetype"), 1_000
    )


def _repack(archive: zipfile.ZipFile) -> bytes:
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        raise _TooLarge
    room = _MOST_UNPACKED
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as plain:
        for member in members:
            if not (_NEEDED.fullmatch(member.filename) or _CALC_NEEDED.fullmatch(member.filename)):
                continue
            content = _unpack(archive, member, room)
            room -= len(content)
            if _SHEET.fullmatch(member.filename):
                _check_extent(content)
            elif member.filename == _CALC:
                _check_repeated(content)
            plain.writestr(member.filename, content)
    return out.getvalue()


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: int) -> bytes:
    pieces: list[bytes] = []
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            room -= len(piece)
            if room < 0:
                raise _TooLarge
            pieces.append(piece)
    return b"".join(pieces)


def _check_extent(content: bytes) -> None:
    """Refuse a sheet whose cells span more room than any table takes."""
    columns, rows = {0}, {0}
    for letters, digits in set(_CELL.findall(content)):
        columns.add(_column(letters))
        rows.add(int(digits))
    numbered = {int(digits) for digits in _ROW.findall(content)}
    rows |= numbered
    # Cells need not say where they stand; then they follow one another.
    in_a_row = max((len(_ANY_CELL.findall(row)) for row in content.split(b"<row")), default=0)
    width = max(max(columns), in_a_row)
    first = min(rows - {0}, default=0)
    if width > _MOST_COLUMNS or width * (max(rows) - first + 1) > _MOST_CELLS:
        raise _TooLarge


def _check_repeated(content: bytes) -> None:
    """Refuse an OpenDocument sheet that says more often than any table does that a cell is repeated."""
    if _ENTITIES.search(content):
        raise _TooLarge
    for match in _CALC_REPEATED.finditer(content):
        times = _CALC_TIMES.search(match[2])
        if times is None or int(times[1]) <= _MOST_REPEATED:
            continue
        # What is empty may be repeated to the edge: a cell without a value, a row of such cells.
        if match[1] == b"cell" and b"value" in match[2]:
            raise _TooLarge
        if match[1] == b"row":
            row = content[match.end() : content.find(b"</table:table-row>", match.end())]
            if b"office:value" in row or b"<text:" in row:
                raise _TooLarge


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _sheets(data: bytes) -> list[Sheet]:
    found = []
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            if meta.typ is python_calamine.SheetTypeEnum.WorkSheet:
                sheet = _sheet(meta.name, book.get_sheet_by_name(meta.name))
                sheet.is_hidden = meta.visible is not python_calamine.SheetVisibleEnum.Visible
                found.append(sheet)
    return found


def _sheet(name: str, source: python_calamine.CalamineSheet) -> Sheet:
    sheet = Sheet(name, label=f"sheet {name}")
    start = source.start
    if start is None:
        return sheet
    grid = source.to_python()
    _fill_merged(grid, source.merged_cell_ranges or [], start)
    for number, values in enumerate(grid, start[0] + 1):
        cells = [unescape(text_of(value)) for value in values]
        if any(cells):
            sheet.lines.append(Line(number, cells))
    return sheet


def _fill_merged(
    grid: list[list[Any]], ranges: list[tuple[tuple[int, int], tuple[int, int]]], start: tuple
) -> None:
    """Give each row what stands in a cell that is merged over several rows."""
    for (top, left), (bottom, right) in ranges:
        row, column = top - start[0], left - start[1]
        if left != right or row < 0 or column < 0 or row >= len(grid) or column >= len(grid[row]):
            continue
        for below in grid[row + 1 : bottom - start[0] + 1]:
            below[column] = grid[row][column]
