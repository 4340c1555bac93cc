"""Which sheets of a file are tables of sessions, of people or of links, going by their headers and rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .. import labels
from ..attendance import columns as attendance
from ..names import is_name, split_line
from ..tables.sheet import OWNER, Line, Row, Sheet
from ..titles import NUMERAL, series_in
from ..words import fold, has_small_words
from . import below
from .columns import (
    COLLECTED,
    DATES,
    LINKS,
    NAMES_A_SESSION,
    PEOPLE,
    SESSIONS,
    SEVERAL_ROLES,
    columns_of,
    field_of,
    role_of,
    whole_times,
    with_counted,
    with_unit,
    words_of,
)

_HEADER_LINES = 20
_FEWEST_COLUMNS = 3
_TIMES = DATES | {"start_clock", "time"}
# "1. Boats" in a column of titles.
_COUNTED_TITLE = re.compile(
    rf"(?P<number>{NUMERAL})\s*(?:[.):|]|[–—-](?=\s))\s*(?P<title>[^\W\d_¿¡\"“«].*)", re.DOTALL
)
# With these a table says that its rows are sessions, and not tasks, files or people.
_TELLING = (
    *("venue", "speaker", "facilitator", "mode", "online", "in_person", "number", "series"),
    *("end", "end_day", "end_clock", "time"),
    *(
        "start_clock",
        "timezone",
        "duration",
        "organisers",
        "audience",
        "district",
        "locality",
        "objective",
        "status",
    ),
    *("introduction", "address", "video", "presentation"),
)
# What a list within a session may tell of in several columns, and which lists within one are of links.
_DETAILS = ("venue", "series", "organisers")
_OF_LINKS = frozenset(("links", "materials", "address", "presentation", "video"))
_OF_SESSIONS_ONLY = frozenset(
    (
        "number",
        "series",
        "speaker",
        "facilitator",
        "organisers",
        "introduction",
        "objective",
        "topics",
        "address",
    )
)
# What a row within a session knows it by.
_OF_OWNER = frozenset(set(words_of(SESSIONS).values()) - {"unread", *COLLECTED})
_WHO_ACTS = frozenset(("speaker", "facilitator"))
# What a list of who took part calls each, and what else it has of them.
_ONE_WHO_CAME = frozenset(
    (
        "participant",
        "participant name",
        "name of participant",
        "attendee",
        "attendee name",
        "name of attendee",
    )
    + (
        "participante",
        "nombre del participante",
        "nombre de participante",
        "asistente",
        "nombre del asistente",
    )
)
_OF_WHO_CAME = frozenset(
    (
        "email",
        "phone",
        "gender",
        "signature",
        "institution",
        "position",
        "sector",
        "joined",
        "left",
        "minutes",
    )
    + ("attended", "first_name", "last_name", "guest", "connection")
)
# These a table of sessions may have, too: there the rows tell.
_OF_SESSIONS_TOO = frozenset(("institution", "sector", "minutes"))
_NEEDS = {
    PEOPLE: ({"name"}, {"key", "number", "title", "owner"}),
    LINKS: ({"url"}, {"key", "number", "owner"}),
}


@dataclass
class Table:
    """A sheet whose rows are known: ``columns`` gives the header of each field.

    ``role`` is what a sheet of people says of all of them, by its name or by the header over their names, or empty.
    ``detail`` is the one field of a session that a sheet within it tells more of, such as its venue. ``series`` is the
    name of a series that stands over the header. ``counts_titles`` tells that each title begins with its number.
    """

    kind: str
    sheet: Sheet
    rows: list[Row]
    columns: dict[str, str] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    role: str = ""
    detail: str = ""
    series: str = ""
    counts_titles: bool = False

    def values(self, row: Row) -> dict[str, str]:
        """Return what a row says, by field."""
        said = _by_field(self.columns, row.cells)
        if self.kind == PEOPLE and (family := said.pop("family", "")):
            # In two columns; one of them may be called "Name".
            said["name"] = f"{said.pop('given', said.get('name', ''))} {family}".strip()
        if self.counts_titles and (counted := _COUNTED_TITLE.match(said.get("title", ""))):
            said |= {"number": counted["number"], "title": counted["title"]}
        for collected in COLLECTED:
            cells = [said.pop(name) for name in [*said] if name.partition(" ")[0] == collected]
            said |= {collected: "; ".join(cells)} if cells else {}
        return with_counted(whole_times(said))

    def owner(self, row: Row) -> dict[str, str]:
        """Return what is said of the session in which the row stands, by field."""
        inner: dict[str, dict[str, str]] = {}
        for title, text in row.cells.items():
            outer, owner, column = title.rpartition(OWNER)
            if owner:
                inner.setdefault(outer, {})[column] = text
        named: dict[str, str] = {}
        for cells in inner.values():
            # As where the session itself is read.
            columns = columns_of(SESSIONS, tuple(cells))[0]
            named |= {name: text for name, text in _by_field(columns, cells).items() if name in _OF_OWNER}
        return whole_times(named)

    def of_session(self, row: Row) -> dict[str, str]:
        """Return what a row within a session tells of the session's place."""
        known = words_of(SESSIONS)
        return {
            field: text
            for title, text in row.cells.items()
            if (field := known.get(fold(title))) in ("locality", "district")
        }


def _by_field(columns: Mapping[str, str], cells: Mapping[str, str]) -> dict[str, str]:
    """Return what cells say, by field; a length that is a bare number has its unit."""
    said = {name: text for name, title in columns.items() if (text := cells.get(title, ""))}
    if (length := said.get("duration", "")).replace(".", "", 1).isdecimal():
        said["duration"] = with_unit(length, columns["duration"])
    return said


def recognise_all(sheets: Sequence[Sheet]) -> tuple[list[Table], list[Sheet]]:
    """Return the tables in the sheets of one file that are known, and the sheets that hold none.

    Beside sessions, people and links may stand under a header that nobody knows, if it is over titles of sessions.
    What stands around lists that are known says what holds for them, and is none of the others.
    """
    found = [recognise(sheet, within=_within(sheet, sheets)) for sheet in sheets]
    titles = frozenset(
        fold(row.cells[title])
        for table in found
        if table is not None and table.kind == SESSIONS and (title := table.columns.get("title"))
        for row in table.rows
        if title in row.cells
    )
    if titles:
        found = [table or recognise(sheet, titles=titles) for table, sheet in zip(found, sheets, strict=True)]
    known = [table for table in found if table is not None]
    within = [table.sheet for table in known]
    unknown = [
        sheet
        for table, sheet in zip(found, sheets, strict=True)
        if table is None and not any(_stands_in(one, sheet) for one in within)
    ]
    return known, unknown


def recognise(
    sheet: Sheet, *, within: frozenset[str] = frozenset(), titles: frozenset[str] = frozenset()
) -> Table | None:
    """Return the sheet as a table of sessions, people or links, or None where it is none.

    Args:
        sheet: the sheet.
        within: fields of a session that lists within its rows tell of.
        titles: folded titles of the sessions that stand in other sheets.
    """
    best: tuple[int, int, str, dict[str, str], list[int]] | None = None
    for position, line in enumerate(sheet.lines[:_HEADER_LINES]):
        tie = _over_titles(sheet, position, titles) if titles else ""
        for kind in (SESSIONS, PEOPLE, LINKS):
            columns, unknown = columns_of(kind, line.cells)
            told = (
                below.with_from_to(sheet, position, columns)
                if kind == SESSIONS
                else below.with_counted_sessions(sheet, position, columns, _OF_OWNER)
            )
            added = told.keys() - columns.keys()
            unknown = [
                number for number in unknown if line.cells[number - 1] not in {told[name] for name in added}
            ]
            columns = told
            if tie and kind != SESSIONS:
                columns = {name: title for name, title in columns.items() if title != tie} | {"key": tie}
            complete = _is_complete(kind, columns, line.cells, within) or (
                kind == SESSIONS
                and below.lists_sessions(sheet, position, columns)
                and not _lists_people(columns, line.cells)
            )
            if complete and (best is None or len(columns) > best[0]):
                best = (len(columns), position, kind, columns, unknown)
    if (best is None or best[2] != SESSIONS) and (detail := _detail(sheet)):
        return detail
    if best is None:
        return None
    _count, position, kind, columns, unknown = best
    table = Table(kind, sheet, sheet.under(position), columns, unknown)
    if kind == SESSIONS:
        if _names_people(table, sheet.lines[position].cells):
            return None
        _part_number_from_title(table, sheet.lines[position].cells)
        table.counts_titles = _counts_titles(table)
    if kind == LINKS and (_are_of_people(table) or _is_of_something_else(sheet)):
        return None
    table.series = next(filter(None, (series_in(_only_cell(line)) for line in sheet.lines[:position])), "")
    if kind == PEOPLE:
        table.role = role_of(columns.get("name", "")) or role_of(sheet.name)
    return table


def _detail(sheet: Sheet) -> Table | None:
    """Return a list within a session that tells more of one of its fields: venue and town, who organises it."""
    words = words_of(SESSIONS)
    field = words.get(fold(sheet.name), "")
    header = sheet.lines[0].cells if field in _DETAILS and sheet.lines else ()
    if not any(OWNER in title for title in header):
        return None
    own = [title for title in header if title and OWNER not in title]
    # Some systems call the name as they call the whole: "venue": {"venue": "Reef House"}.
    named = [
        title
        for title in own
        if words.get(fold(title)) == field or words_of(PEOPLE).get(fold(title)) == "name"
    ]
    columns = {"name": named[0]} if named else {}
    return Table(PEOPLE, sheet, sheet.under(0), columns, detail=field)


def _is_of_something_else(sheet: Sheet) -> bool:
    """Tell a list within a session that has addresses without being one of links: its picture, its categories."""
    if not any(OWNER in title for title in sheet.lines[0].cells):
        return False
    found = labels.lookup(sheet.name)
    return _OF_LINKS.isdisjoint((words_of(SESSIONS).get(fold(sheet.name)), found[0] if found else ""))


def _within(sheet: Sheet, sheets: Sequence[Sheet]) -> frozenset[str]:
    """Return the fields of a session that the lists within the rows of a sheet are called after: "speakers"."""
    words = words_of(SESSIONS)
    return frozenset(
        field
        for other in sheets
        if _stands_in(other, sheet) and (field := words.get(fold(other.name))) in _TELLING
    )


def _stands_in(inner: Sheet, outer: Sheet) -> bool:
    """Tell whether a list stands within the rows of another."""
    return bool(inner.lines) and any(
        title.startswith(f"{outer.name}{OWNER}") for title in inner.lines[0].cells
    )


def _over_titles(sheet: Sheet, position: int, titles: frozenset[str]) -> str:
    """Return the header in the line at ``position`` below which nothing but titles of sessions stands, or nothing."""
    below = sheet.lines[position + 1 :]
    for column, header in enumerate(sheet.lines[position].cells):
        texts = [line.cells[column] for line in below if column < len(line.cells)]
        if header and any(texts) and all(fold(text) in titles for text in texts if text):
            return header
    return ""


def _names_people(table: Table, header: Sequence[str]) -> bool:
    """Tell a list of people and days, "Name | Date | Mode", by names in every row and nothing only sessions have.

    Beside what people have, such as an e-mail address, one name of somebody tells it.
    """
    title = table.columns.get("title", "")
    names = [text for row in table.rows if (text := row.cells.get(title, ""))]
    if fold(title) not in NAMES_A_SESSION or not names:
        return False
    if not attendance.mapped(header).keys().isdisjoint(_OF_WHO_CAME):
        return any(map(is_name, names)) or (
            _WHO_ACTS.isdisjoint(table.columns) and not _are_titles(table, names)
        )
    return _OF_SESSIONS_ONLY.isdisjoint(table.columns) and all(map(is_name, names))


def _are_of_people(table: Table) -> bool:
    """Tell links that are each for somebody, such as certificates, "Session | Name | Link", by names in every row."""
    title = table.columns.get("title", "")
    names = [text for row in table.rows if (text := row.cells.get(title, ""))]
    return fold(title) in NAMES_A_SESSION and bool(names) and all(map(is_name, names))


def _are_titles(table: Table, names: Sequence[str]) -> bool:
    """Tell titles of sessions from names, however those are written: small words within, and a time for each."""
    times = [
        " ".join(row.cells.get(table.columns.get(name, ""), "") for name in sorted(_TIMES))
        for row in table.rows
    ]
    told_apart = len(set(times)) == len(times) and not any(split_line(name)[0] for name in names)
    return told_apart and sum(map(has_small_words, names)) * 2 >= len(names)


def _part_number_from_title(table: Table, header: Sequence[str]) -> None:
    """Take a column that may hold the title and counts for the number: "Session" beside "Title", or beside a series."""
    words = words_of(SESSIONS)
    named = [title for title in header if title and OWNER not in title and field_of(words, title) == "title"]
    counting = [title for title in named if _counts(table.rows, title)]
    telling = [title for title in named if title not in counting]
    if "number" in table.columns or not counting or not (telling or "series" in table.columns):
        return
    del table.columns["title"]
    table.columns |= dict(zip(("number", "title"), (counting[0], *telling), strict=False))
    taken = {header.index(title) + 1 for title in (counting[0], *telling[:1])}
    table.unknown = sorted({*table.unknown, *(header.index(title) + 1 for title in named)} - taken)


def _counts_titles(table: Table) -> bool:
    """Tell whether each title of several begins with a number of its own: "1. Boats"."""
    title = table.columns.get("title", "")
    counted = [_COUNTED_TITLE.match(row.cells[title]) for row in table.rows if row.cells.get(title)]
    numbers = [found["number"] for found in counted if found]
    return "number" not in table.columns and len(set(numbers)) == len(counted) > 1


def _counts(rows: Sequence[Row], title: str) -> bool:
    """Tell whether a column holds numbers of sessions and nothing else."""
    filled = [text for row in rows if (text := row.cells.get(title, "").strip())]
    return bool(filled) and all(re.fullmatch(NUMERAL, text) for text in filled)


def _only_cell(line: Line) -> str:
    """Return what a line says in one cell and no other, or nothing."""
    filled = [text for text in line.cells if text.strip()]
    return filled[0] if len(filled) == 1 else ""


def _is_complete(kind: str, columns: dict[str, str], header: Sequence[str], within: frozenset[str]) -> bool:
    if kind == SESSIONS:
        dated = any(name in columns for name in DATES)
        named = "title" in columns or ("series" in columns and "number" in columns)
        # "Speaker 1" is one of them as "Speaker" is.
        telling = sum(
            name == SEVERAL_ROLES or name.partition(" ")[0] in _TELLING for name in (*columns, *within)
        )
        complete = dated and named and telling > 0 and len(columns) + len(within) >= _FEWEST_COLUMNS
        return complete and not _lists_people(columns, header)
    has, ties = _NEEDS[kind]
    owned = any(OWNER in title for title in header)
    has = {"family"} if kind == PEOPLE and "family" in columns else has
    return has <= columns.keys() and (owned or bool(ties & columns.keys()))


def _lists_people(columns: dict[str, str], header: Sequence[str]) -> bool:
    """Tell a list of who took part, whose names would be titles of sessions: beside names it has what people have."""
    found = {name: header[place] for name, place in attendance.mapped(header).items()}
    name = found.get("name", "")
    if name and "title" in columns and name != columns["title"]:
        return fold(name) in _ONE_WHO_CAME
    if not _WHO_ACTS.isdisjoint(columns):
        # Only sessions have speakers; whose names stand beside them, the rows tell.
        return fold(name) in _ONE_WHO_CAME
    return bool(name) and (
        fold(name) in _ONE_WHO_CAME or not found.keys().isdisjoint(_OF_WHO_CAME - _OF_SESSIONS_TOO)
    )
