"""The one way in: bytes to sheets, whatever the format. What a file is called is a hint only."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from ..encoding import decode, is_binary
from ..problems import Problem
from . import delimited, nested, workbook
from .sheet import Sheet

MOST_BYTES = 25_000_000

_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_DELIMITED = (".csv", ".tsv", ".tab")
# How files begin that are text, and no table.
_OTHER_TEXT = ("%PDF-", "{\\rtf", "<", "BEGIN:VCALENDAR", "WEBVTT")


def sheets(data: bytes, *, file: str, content_type: str = "") -> tuple[list[Sheet], list[Problem]] | None:
    """Read the tables in a file. It never raises for bad input.

    Args:
        data: the file as it came.
        file: how reports call it.
        content_type: what the web server said it is, a hint only.

    Returns:
        The sheets and the problems, or None where the file holds no table. A file that should hold one and
        cannot be read gives no sheets and a problem that rejects.
    """
    found = _sheets(data, file, content_type)
    if found is None:
        return None
    read, problems = found
    return read, [problem.in_file(file) for problem in problems]


def are_none(data: bytes, *, file: str, content_type: str = "") -> bool:
    """Tell whether a file certainly holds no table: it is whole, and something else."""
    if len(data) > MOST_BYTES or _sheets(data, file, content_type) is not None:
        return False
    if data.startswith(b"PK"):
        return zipfile.is_zipfile(io.BytesIO(data))
    text, _whole = decode(data, content_type)
    return bool(text.strip()) and not is_binary(text)


def _sheets(data: bytes, file: str, content_type: str) -> tuple[list[Sheet], list[Problem]] | None:
    path = PurePosixPath(file)
    if data.startswith(b"PK"):
        return workbook.read(
            data, says_workbook=path.suffix.lower() in (".xlsx", ".xlsm", ".ods"), most=MOST_BYTES
        )
    if data.startswith(_OLD_WORKBOOK):
        if path.suffix.lower() not in (".xls", ".xlsx"):
            return None
        message = (
            "This is a workbook of an old version of Excel, or a protected one. Open it and save it as .xlsx."
        )
        return [], [Problem("format-unsupported", message, rejects=True)]
    if len(data) > MOST_BYTES:
        return None
    text, whole = decode(data, content_type)
    if is_binary(text) or not text.strip() or text.lstrip().startswith(_OTHER_TEXT):
        return None
    says_so = path.suffix.lower() in _DELIMITED or any(
        kind in content_type.lower() for kind in ("csv", "tab-separated")
    )
    found = nested.read(text, path, content_type) or delimited.read(text, path.stem, says_so)
    if found is None:
        return None
    read, problems = found
    if read and not whole:
        message = "Some characters could not be read. Save the file as UTF-8 and send it again."
        problems = [*problems, Problem("encoding-damaged", message)]
    return read, problems
