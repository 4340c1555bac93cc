"""Which columns a table of sessions has, going by its headers.

A field's own header, labels and name come from the schema; other words stand in ``vocabulary/sessions.yaml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from dataclasses import fields as attributes
from functools import cache

from ..plans.schema import Field, fields
from ..session import SessionRecord
from ..tables.sheet import OWNER, Row, Sheet
from ..vocabulary import load
from ..words import fold

SESSIONS, PEOPLE, LINKS = "sessions", "people", "links"
_HEADER_LINES = 20
_FEWEST_COLUMNS = 3
# A session's fields in the schema, as records call them; the others are called the same.
_NAMES = {
    "notes": "introduction",
    "in_series": "series",
    "session_number": "number",
    "venue_name": "venue",
    "name": "key",
}
# What the portal writes itself, and what a program has to switch on.
_NOT_STATED = frozenset(("transcript", "tag_string"))
_DATES = ("start", "date", "date_as_stated")
# With these a table says that its rows are sessions, and not tasks, files or people.
_TELLING = (
    *("venue", "speaker", "facilitator", "mode", "number", "series", "end", "time", "timezone", "duration"),
    *("organisers", "audience", "district", "locality", "objective", "status", "introduction", "address"),
)
_NEEDS = {
    PEOPLE: ({"name"}, {"key", "number", "title", "owner"}),
    LINKS: ({"url"}, {"key", "number", "owner"}),
}


@dataclass
class Table:
    """A sheet whose rows are known: ``columns`` gives the header of each field."""

    kind: str
    sheet: Sheet
    rows: list[Row]
    columns: dict[str, str] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)

    def values(self, row: Row) -> dict[str, str]:
        """Return what a row says, by field."""
        return {name: text for name, title in self.columns.items() if (text := row.cells.get(title, ""))}

    def owner(self, row: Row) -> dict[str, str]:
        """Return what is said of the session in which the row stands, by field."""
        known = _words(SESSIONS)
        return {
            known[fold(title.rpartition(OWNER)[2])]: text
            for title, text in row.cells.items()
            if OWNER in title and known.get(fold(title.rpartition(OWNER)[2]), "unread") != "unread"
        }


def recognise(sheet: Sheet) -> Table | None:
    """Return the sheet as a table of sessions, people or links, or None where it is none."""
    best: tuple[int, int, str, dict[str, str], list[int]] | None = None
    for position, line in enumerate(sheet.lines[:_HEADER_LINES]):
        for kind in (SESSIONS, PEOPLE, LINKS):
            columns, unknown = _columns(kind, line.cells)
            if _is_complete(kind, columns, line.cells) and (best is None or len(columns) > best[0]):
                best = (len(columns), position, kind, columns, unknown)
    if best is None:
        return None
    _count, position, kind, columns, unknown = best
    return Table(kind, sheet, sheet.under(position), columns, unknown)


def _columns(kind: str, header: Sequence[str]) -> tuple[dict[str, str], list[int]]:
    words = _words(kind)
    columns: dict[str, str] = {}
    unknown: list[int] = []
    for number, title in enumerate(header, 1):
        if not title or OWNER in title:
            continue
        name = words.get(fold(title))
        if name is None:
            unknown.append(number)
        elif name in columns:
            # Which of the two holds, nobody can tell: the first is read and the other told.
            unknown.append(number)
        elif name != "unread":
            columns[name] = title
    return columns, unknown


def _is_complete(kind: str, columns: dict[str, str], header: Sequence[str]) -> bool:
    if kind == SESSIONS:
        dated = any(name in columns for name in _DATES)
        named = "title" in columns or ("series" in columns and "number" in columns)
        telling = sum(name in columns for name in _TELLING)
        return dated and named and telling > 0 and len(columns) >= _FEWEST_COLUMNS
    has, ties = _NEEDS[kind]
    owned = any(OWNER in title for title in header)
    return has <= columns.keys() and (owned or bool(ties & columns.keys()))


@cache
def others() -> dict[str, Field]:
    """Return the fields of a session, by name, that a table may state and that no attribute of a record holds."""
    known = {attribute.name for attribute in attributes(SessionRecord)} | {"venue"}
    return {
        name: entry
        for name, entry in fields("webinar").items()
        if _NAMES.get(name, name) not in known | _NOT_STATED
        and entry.kind != "unread"
        and entry.privacy in ("open", "text")
    }


@cache
def _words(kind: str) -> dict[str, str]:
    """Return the field of each folded header."""
    rows = {SESSIONS: "", PEOPLE: "people", LINKS: "links"}[kind]
    known: dict[str, str] = {}
    names = {
        _NAMES.get(name, name) if kind == SESSIONS else name: entry
        for name, entry in fields("webinar", rows).items()
    }
    for entry_words in (lambda entry: (entry.column,), lambda entry: entry.words):
        for name, entry in names.items():
            for word in entry_words(entry):
                known.setdefault(fold(word), name)
    if kind == SESSIONS:
        # A session's own address on the portal is its key; that of its page is called otherwise.
        known["address"] = "key"
    else:
        known.setdefault("record", "key")
    for name, words in load("sessions")["columns" if kind == SESSIONS else kind].items():
        for word in words:
            known.setdefault(fold(str(word)), name)
    return known
