"""Workbooks (.xlsx, .ods).

The archive is unpacked under a limit and packed anew before the library sees it: what the limits were checked
on is what is read. Cells far apart would make the library fill all the room between them, so they are found first
(``extent``).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import python_calamine

from ..problems import Problem
from . import extent, hidden
from .cells import text_of, unescape
from .extent import Hidden
from .sheet import Line, Sheet

_MOST_MEMBERS = 500
# A workbook's text shrinks to a tenth or so; from this size on an archive that shrinks it more is a trap.
_MOST_UNPACKED = 200_000_000
_PIECE = 1 << 20

_WORKBOOK = "xl/workbook.xml"
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/[^/]+|xl/(?:_rels/[^/]+|workbook\.xml|sharedStrings\.xml|styles\.xml"
    r"|worksheets/[^/]+\.xml|worksheets/_rels/[^/]+)",
    re.IGNORECASE,
)
_TABLE = re.compile(r"xl/tables/[^/]+\.xml", re.IGNORECASE)
_CALC = "content.xml"
_KIND_WITHIN = 200
_CALC_NEEDED = re.compile(r"mimetype|content\.xml|styles\.xml|META-INF/manifest\.xml")

_DAMAGED = Problem(
    "file-damaged",
    "The workbook cannot be opened: it is cut off, damaged or protected by a password. Save it again and send it.",
    rejects=True,
)
_TOO_LARGE = Problem(
    "file-too-large",
    "The workbook is larger than tables of sessions or plans can be, or has cells far away from its table. "
    "Copy the tables to a new workbook and send that one.",
    rejects=True,
)


class _TooLarge(Exception):
    """More is in the archive than tables of sessions or plans can hold."""


def read(data: bytes, *, says_workbook: bool, most: int) -> tuple[list[Sheet], list[Problem]] | None:
    """Return the sheets of a workbook, or None where the archive is none."""
    if len(data) > most:
        return ([], [_TOO_LARGE]) if says_workbook else None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _WORKBOOK not in (names := archive.namelist()) and not _is_calc(archive, names):
                return ([], [_DAMAGED]) if says_workbook else None
            repacked, hidden = _repack(archive)
    except (_TooLarge, extent.TooLarge):
        return [], [_TOO_LARGE]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        # A damaged archive keeps no list of its members, but their names stand in it.
        return ([], [_DAMAGED]) if says_workbook or b"xl/w" in data else None
    try:
        return _sheets(repacked, hidden), []
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException:
        # The library's own panics are no Exception.
        return [], [_DAMAGED]


def says_calc(data: bytes) -> bool:
    """Tell whether a file begins as an OpenDocument spreadsheet, whose kind stands there as plain letters."""
    return data.startswith(b"PK") and b"opendocument.spreadsheet" in data[:_KIND_WITHIN]


def _is_calc(archive: zipfile.ZipFile, names: list[str]) -> bool:
    return {_CALC, "mimetype"} <= set(names) and b"spreadsheet" in _unpack(
        archive, archive.getinfo("mimetype"), 1_000
    )


def _repack(archive: zipfile.ZipFile) -> tuple[bytes, dict[str, Hidden]]:
    """Return the archive packed anew, and what is hidden in its sheets, by their names."""
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        raise _TooLarge
    room = _MOST_UNPACKED
    out = io.BytesIO()
    found: dict[str, Hidden] = {}
    in_calc: dict[str, Hidden] = {}
    naming = {hidden.WORKBOOK: b"", hidden.RELATIONS: b""}
    is_filtered = False
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as plain:
        for member in members:
            if _TABLE.fullmatch(member.filename):
                is_filtered = is_filtered or extent.FILTER.encode() in _unpack(archive, member, room)
            if not (_NEEDED.fullmatch(member.filename) or _CALC_NEEDED.fullmatch(member.filename)):
                continue
            content = _unpack(archive, member, room)
            room -= len(content)
            if member.filename == _CALC:
                in_calc = extent.check_calc(content)
            elif member.filename.lower().endswith((".xml", ".rels")):
                # Whatever its name: another member says which are sheets.
                found[member.filename] = extent.check_sheet(content)
            if member.filename in naming:
                naming[member.filename] = content
            plain.writestr(member.filename, content)
    if is_filtered:
        found = {name: replace(one, rows=frozenset()) for name, one in found.items()}
    return out.getvalue(), hidden.by_name(found, *naming.values()) if all(naming.values()) else in_calc


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: int) -> bytes:
    pieces: list[bytes] = []
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            room -= len(piece)
            if room < 0:
                raise _TooLarge
            pieces.append(piece)
    return b"".join(pieces)


def _sheets(data: bytes, hidden_in: Mapping[str, Hidden]) -> list[Sheet]:
    found = []
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            if meta.typ is python_calamine.SheetTypeEnum.WorkSheet:
                sheet = _sheet(
                    meta.name, book.get_sheet_by_name(meta.name), hidden_in.get(meta.name, Hidden())
                )
                sheet.is_hidden = meta.visible is not python_calamine.SheetVisibleEnum.Visible
                found.append(sheet)
    return found


def _sheet(name: str, source: python_calamine.CalamineSheet, concealed: Hidden) -> Sheet:
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
    sheet.hidden_rows = concealed.rows
    sheet.hidden_columns = frozenset(number - 1 - start[1] for number in concealed.columns)
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
