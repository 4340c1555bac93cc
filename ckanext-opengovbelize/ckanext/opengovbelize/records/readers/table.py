"""Tables of sessions, speakers and links: CSV, workbooks (.xlsx, .ods), JSON and YAML."""

from __future__ import annotations

import re
from dataclasses import replace

from .. import chat_tables, facts
from ..names import key
from ..plans import faults
from ..plans.headers import is_missed
from ..problems import Problem
from ..session import SessionRecord
from ..sessions import concealed, headers
from ..sessions.columns import SESSIONS
from ..sessions.joining import Joining
from ..tables import reading as tables
from ..tables import workbook
from ..tables.sheet import Sheet
from ..words import fold
from .content import Content, unreadable

_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {
    "xlsx": _WORKBOOK_TYPE,
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "json": "application/json",
    "yaml": "application/yaml",
}
_SUFFIXES = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".yaml", ".yml")
# What an answer in JSON says of itself, beside its records.
_OF_ANSWER = frozenset(("meta", "page", "pagination", "paging", "page info", "pageinfo"))
# What stands below the header of a table in Markdown.
_RULE = re.compile(r"\s*\|?(?:\s*:?-{3,}:?\s*\|)+\s*(?::?-{3,}:?)?\s*")
# "[Draft] Webinar 3" and "[7/5/20, 10:31:02] Ana: hello" begin with a bracket, too.
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*(?:\{\s*[\"}]|\[\s*\"))")
_UNKNOWN = Problem(
    "table-unknown",
    "No table in the file is one that is known. A table of sessions needs a column for the title and one for the"
    " date; the sheets of a plan need the names and headers of its template: plan, commitments, milestones,"
    " indicators, progress. A list of who took part is none of these: open the page of its session and"
    " choose “Publish participant figures”.",
    rejects=True,
)
_UNKNOWN_SHEET = Problem(
    "sheet-unknown",
    "This sheet or list holds neither sessions nor their people or links under headers that are known, so it was"
    " left out. People need a column for the name and one for the session (its number or title), links one for the"
    " address and one for the session.",
)
_EMPTY = Problem("table-empty", "The table has a header and no rows. Add the sessions.", rejects=True)


def recognises(content: Content) -> bool:
    """Tell a workbook by its parts, any other table by the headers of a table of sessions."""
    if content.members:
        return "xl/workbook.xml" in content.members or (
            {"content.xml", "mimetype"} <= content.members and workbook.says_calc(content.data)
        )
    if content.data.startswith(b"PK"):
        return content.suffix in (".xlsx", ".ods")
    if not content.sample or content.sample.lstrip().startswith("<") or _is_within_text(content):
        return False
    found = tables.sheets(content.data, file=content.file, content_type=content.content_type)
    if found is None:
        return False
    # A table that calls itself one is none of the texts in which a record could be found, and values with their
    # names in brackets are no prose.
    says_so = content.suffix in _SUFFIXES or content.says("csv") or _JSON.match(content.sample)
    return bool(says_so) or any(table.kind == SESSIONS for table in headers.recognise_all(found[0])[0])


def _is_within_text(content: Content) -> bool:
    """Tell a table of Markdown with text beside it, which is a document for people whatever most of its lines are."""
    lines = [line for line in content.sample.splitlines() if line.strip()]
    beside = any("|" not in line and not line.startswith("#") for line in lines)
    count = sum(_RULE.fullmatch(line) is not None for line in lines)
    return content.suffix not in _SUFFIXES and (count > 1 or (beside and count > 0))


def read(content: Content) -> list[SessionRecord]:
    """Read the sessions in the tables of a file."""
    found = tables.sheets(content.data, file=content.file, content_type=content.content_type)
    if found is None:
        return [unreadable(content, _UNKNOWN)]
    sheets, problems = found
    visible = [concealed.with_counting(sheet) for sheet in sheets if not sheet.is_hidden]
    shown = [sheet.shown() for sheet in visible]
    known, unknown = headers.recognise_all(shown)
    hidden = [
        faults.problem("sheet-hidden", sheet.label)
        for sheet in sheets
        if sheet.is_hidden and is_missed(sheet)
    ]
    hidden += [
        faults.problem("cells-hidden", sheet.label)
        for sheet, rest in zip(visible, shown, strict=True)
        if rest is not sheet
    ]
    if not any(table.kind == SESSIONS for table in known):
        if written := chat_tables.read(shown, content.file):
            return [written]
        return [unreadable(content, *(problems if not sheets and problems else [_UNKNOWN, *hidden]))]
    joining = Joining(content.file)
    left_out = [
        replace(_UNKNOWN_SHEET, place=sheet.label)
        for sheet in unknown
        if is_missed(sheet) and not (sheet.is_nested and fold(sheet.name) in _OF_ANSWER)
    ]
    joining.problems += [*problems, *hidden, *left_out]
    joining.take(known)
    sessions = joining.sessions()
    _keep_back(sessions, visible)
    return sessions or [unreadable(content, *problems, _EMPTY)]


def _keep_back(sessions: list[SessionRecord], sheets: list[Sheet]) -> None:
    """Remember who stands in hidden cells and in none that is shown, so that no text tells the name."""
    hidden = concealed.names(sheets)
    if not hidden:
        return
    shown = {fold(text) for sheet in sheets for line in sheet.shown().lines for text in line.cells}
    public = {key(person.name) for record in sessions for person in record.people}
    names = [name for name in facts.names_of_others(hidden) if not {key(name), fold(name)} & (public | shown)]
    for record in sessions:
        facts.others(record, names)
