"""Adobe Connect's report-meeting-attendance: XML as its web service answers, or the table that it offers for download.

Times stand with their offset.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from ....folding import fold
from ...encoding import decode
from ...problems import Problem
from ..columns import Cells, mapped
from ..grid import Line, filled, place_of_header
from ..model import AttendanceFile, Kind
from .context import Context

KIND = Kind("adobe-connect", "Adobe Connect report-meeting-attendance")
_ROOT = "report-meeting-attendance"
_BEGINNING = 1_000
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding=["']([\w.:-]{1,40})""")
_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")
_OF_TABLE = frozenset(("date-created", "date-end"))
_PLACES = {"name": 0, "email": 1}


def knows(data: bytes) -> bool:
    """Tell whether a file is such an answer."""
    begins = data[:_BEGINNING].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")
    return begins and any(_ROOT.encode(name) in data for name in ("utf-8", "utf-16-le", "utf-16-be"))


def read(data: bytes, context: Context, file: AttendanceFile) -> None:
    """Read the rows. No entity is expanded and nothing is fetched."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(_without_declaration(data), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        file.problems.append(
            Problem("xml-unreadable", "The XML cannot be read. Export the report again.", rejects=True)
        )
        return
    if parser.error_log:
        line = parser.error_log[0].line
        message = "The file is damaged or cut off here; the rows before were read. Export the report again."
        file.problems.append(Problem("file-damaged", message, file=file.file, place=f"line {line}"))
    for number, element in enumerate(root.iter("row"), 1):
        said = {child.tag: (child.text or "").strip() for child in element if isinstance(child.tag, str)}
        file.topic = file.topic or said.get("sco-name", "")
        if parser.error_log and "date-created" not in said:
            # Of whom the file was cut off in the middle, an address without its end is somebody else's.
            continue
        start, end = context.span(said.get("date-created", ""), said.get("date-end", ""), number)
        name = said.get("participant-name") or said.get("session-name", "")
        cells = Cells((name, said.get("login", "")), _PLACES)
        file.rows.append(context.row(number, cells, start=start, end=end))
    context.covered()


def _without_declaration(data: bytes) -> bytes:
    """Return the XML in UTF-8: exports name encodings that no parser knows, or leave out UTF-16's byte order mark."""
    text, _whole = decode(data)
    if declared := _DECLARED.match(data):
        with suppress(UnicodeDecodeError, LookupError):
            text = data.decode(declared[1].decode())
    return _DECLARATION.sub("", text).encode()


def knows_table(lines: Sequence[Line]) -> Kind | None:
    """Tell whether these are the lines of the table that Adobe Connect offers for download."""
    return KIND if place_of_header(lines, _is_header) is not None else None


def read_table(lines: Sequence[Line], context: Context, file: AttendanceFile) -> None:
    """Read the rows of the table."""
    at = place_of_header(lines, _is_header) or 0
    places = mapped(lines[at].cells)
    for line, cells in filled(lines[at + 1 :], places):
        file.topic = file.topic or cells["meeting"]
        start, end = context.span(cells["joined"], cells["left"], line.number)
        file.rows.append(context.row(line.number, cells, start=start, end=end))
    context.covered()


def _is_header(line: Line) -> bool:
    return {fold(cell) for cell in line.cells} >= _OF_TABLE and "name" in mapped(line.cells)
