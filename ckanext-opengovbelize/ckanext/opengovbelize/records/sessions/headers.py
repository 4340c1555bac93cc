"""Which columns a table of sessions has, going by its headers.

A field's own header, labels and name come from the schema; other words stand in ``vocabulary/sessions.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from dataclasses import fields as attributes
from functools import cache

from .. import coordinators, labels
from ..attendance import columns as attendance
from ..names import is_name, split_line
from ..plans.schema import Field, fields
from ..session import ROLES, SessionRecord
from ..tables.sheet import OWNER, Line, Row, Sheet
from ..titles import NUMERAL, is_series
from ..vocabulary import any_of, load
from ..words import fold, has_small_words

SESSIONS, PEOPLE, LINKS = "sessions", "people", "links"
# A column of people whose cells say who has which role.
SEVERAL_ROLES = "several roles"
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
_DATES = frozenset(("start", "start_day", "date", "date_as_stated"))
_TIMES = _DATES | {"start_clock", "time"}
# What may stand in any of several columns: who has no role, and what is shown to nobody.
_COLLECTED = ("others", "secrecy")
# By which a row of another table says whose it is.
TIES = ("key", "number", "title")
# With these a table says that its rows are sessions, and not tasks, files or people.
_TELLING = (
    *("venue", "speaker", "facilitator", "mode", "number", "series", "end", "end_day", "end_clock", "time"),
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
    *("introduction", "address"),
)
# What a list within a session may tell of in several columns.
_DETAILS = ("venue", "series")
# "Speaker 1", "Speaker 2 organisation"
_COUNTED = re.compile(r"(?P<role>[a-z ]+?) (?P<number>\d{1,2})(?: (?P<about>[a-z ]+))?")
# "Event date", "Lugar del evento"; and who speaks: "Presenter name", "Nombre del ponente".
_SESSION = r"(?:session|event|webinar|workshop|meeting|training|class|seminar)s?"
_SESION = r"(?:sesion(?:es)?|eventos?|webinari?os?|taller(?:es)?|reuni(?:on|ones)|seminarios?)"
_OF_SESSION = re.compile(
    rf"{_SESSION} (?P<field>[a-z ]+)|(?P<field_es>[a-z ]+) (?:of (?:the )?{_SESSION}|(?:del|de la|de) {_SESION})"
)
_NAME_OF = re.compile(
    r"(?P<first>[a-z ]+?) (?:full )?names?"
    r"|(?:names?|nombres?)(?: completos?)? (?:of |del? )(?:the |las? |los )?(?P<behind>[a-z ]+)"
)
# A spreadsheet gives a cell that holds only a day a time of midnight.
MIDNIGHT = re.compile(r"[ T]00:00(?::00)?$")
# What a number sign behind it makes the session's number: "Title #", "Series #", "Module #".
_COUNTED_FIELDS = ("number", "title", "series")
_NAMES_A_SESSION = frozenset(("name", "nombre"))
_COUNTED_WORDS = frozenset(load("sessions")["counted"])
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
_WHO_ACTS = frozenset(("speaker", "facilitator"))
_OF_PERSON = ("name", "position", "affiliation")
_ROLE_WORDS = {name: any_of(listed) for name, listed in load("sessions")["roles"].items()}
_ROLE = re.compile(
    rf"(?:\d+ )*(?:{_ROLE_WORDS['list_of']} )*(?:{_ROLE_WORDS['qualifier']} )*(?P<role>.+?)"
    rf"(?: {_ROLE_WORDS['behind']}| \d+)*"
)
_LONGEST_ROLE = 100
_NO_ROLE = frozenset(load("sessions")["no_role"])
_BETWEEN_ROLES = re.compile(r"\s*[/&,;+]\s*|\s+(?:and|y|e|or|o)\s+", re.IGNORECASE)
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]{0,40}[)\]]\s*$")
# No session lasts so many hours: a bare number tells minutes.
_SHORTEST_IN_MINUTES = 10
_UNITS = {
    "hours": ("h", "hr", "hrs", "hour", "hours", "hora", "horas"),
    "min": ("min", "mins", "minute", "minutes", "minuto", "minutos"),
}
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
    name of a series that stands over the header.
    """

    kind: str
    sheet: Sheet
    rows: list[Row]
    columns: dict[str, str] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    role: str = ""
    detail: str = ""
    series: str = ""

    def values(self, row: Row) -> dict[str, str]:
        """Return what a row says, by field."""
        said = {name: text for name, title in self.columns.items() if (text := row.cells.get(title, ""))}
        if (length := said.get("duration", "")).replace(".", "", 1).isdecimal():
            said["duration"] = _with_unit(length, self.columns["duration"])
        for collected in _COLLECTED:
            cells = [said.pop(name) for name in [*said] if name.partition(" ")[0] == collected]
            said |= {collected: "; ".join(cells)} if cells else {}
        return _with_counted(_whole_times(said))

    def owner(self, row: Row) -> dict[str, str]:
        """Return what is said of the session in which the row stands, by field."""
        known = _words(SESSIONS)
        named = {
            known.get(fold(title.rpartition(OWNER)[2]), "unread"): text
            for title, text in row.cells.items()
            if OWNER in title
        }
        return _whole_times(
            {name: text for name, text in named.items() if name not in ("unread", *_COLLECTED)}
        )

    def of_session(self, row: Row) -> dict[str, str]:
        """Return what a row within a session tells of the session's place."""
        known = _words(SESSIONS)
        return {
            field: text
            for title, text in row.cells.items()
            if (field := known.get(fold(title))) in ("locality", "district")
        }


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
            columns, unknown = _columns(kind, line.cells)
            if tie and kind != SESSIONS:
                columns = {name: title for name, title in columns.items() if title != tie} | {"key": tie}
            if _is_complete(kind, columns, line.cells, within) and (best is None or len(columns) > best[0]):
                best = (len(columns), position, kind, columns, unknown)
    if best is None:
        return None
    _count, position, kind, columns, unknown = best
    table = Table(kind, sheet, sheet.under(position), columns, unknown)
    if kind == SESSIONS:
        if _names_people(table, sheet.lines[position].cells):
            return None
        _part_number_from_title(table, sheet.lines[position].cells)
    if kind == LINKS and _are_of_people(table):
        return None
    table.series = next(
        (text.strip(" #*_") for text in map(_only_cell, sheet.lines[:position]) if is_series(text)), ""
    )
    if kind == PEOPLE:
        table.role = role_of(columns["name"]) or role_of(sheet.name)
        table.detail = next((name for name in _DETAILS if _words(SESSIONS).get(fold(sheet.name)) == name), "")
    return table


def _within(sheet: Sheet, sheets: Sequence[Sheet]) -> frozenset[str]:
    """Return the fields of a session that the lists within the rows of a sheet are called after: "speakers"."""
    words = _words(SESSIONS)
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
    if fold(title) not in _NAMES_A_SESSION or not names:
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
    return fold(title) in _NAMES_A_SESSION and bool(names) and all(map(is_name, names))


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
    words = _words(SESSIONS)
    named = [title for title in header if title and OWNER not in title and _named(words, title) == "title"]
    counting = [title for title in named if _counts(table.rows, title)]
    telling = [title for title in named if title not in counting]
    if "number" in table.columns or not counting or not (telling or "series" in table.columns):
        return
    del table.columns["title"]
    table.columns |= dict(zip(("number", "title"), (counting[0], *telling), strict=False))
    taken = {header.index(title) + 1 for title in (counting[0], *telling[:1])}
    table.unknown = sorted({*table.unknown, *(header.index(title) + 1 for title in named)} - taken)


def _counts(rows: Sequence[Row], title: str) -> bool:
    """Tell whether a column holds numbers of sessions and nothing else."""
    filled = [text for row in rows if (text := row.cells.get(title, "").strip())]
    return bool(filled) and all(re.fullmatch(NUMERAL, text) for text in filled)


def is_note(cells: Iterable[str]) -> bool:
    """Tell whether a row says one thing, and this is nothing of a session: "Prepared by: Ana Sample"."""
    filled = [text for text in cells if text.strip()]
    label, colon, _said = filled[0].partition(":") if len(filled) == 1 else ("", "", "")
    found = labels.lookup(label) if colon else None
    return _words(SESSIONS).get(fold(label)) in ("others", "unread") or bool(
        found and found[0] in ("staff", "attendees")
    )


def _only_cell(line: Line) -> str:
    """Return what a line says in one cell and no other, or nothing."""
    filled = [text for text in line.cells if text.strip()]
    return filled[0] if len(filled) == 1 else ""


def role_of(title: str) -> str:
    """Return the role that the name of a sheet or column, or a cell, states: "2. Ponentes", "Keynote speaker".

    The whole of it must say so: "Interpreter for the speaker" and "participants and speakers" state none.
    """
    if len(title) > _LONGEST_ROLE:
        return ""
    roles = [_one_role(part) for part in _BETWEEN_ROLES.split(title)]
    return roles[0] if all(roles) else ""


def _one_role(text: str) -> str:
    stated = _ROLE.fullmatch(fold(text))
    if stated is None or stated["role"] in _NO_ROLE:
        return ""
    found = labels.lookup(stated["role"])
    role = found[0] if found else _words(SESSIONS).get(stated["role"], "")
    if role == "coordinator" and coordinators.says_contact(text):
        # Whom one may ask is no coordinator.
        return ""
    return role if role in ROLES else ""


def _columns(kind: str, header: Sequence[str]) -> tuple[dict[str, str], list[int]]:
    words = _words(kind)
    columns: dict[str, str] = {}
    unknown: list[int] = []
    for number, title in enumerate(header, 1):
        if not title or OWNER in title:
            continue
        name = (_tie(title) if kind != SESSIONS else None) or _named(words, title)
        if name in _COLLECTED and name in columns:
            columns[f"{name} {number}"] = title
        elif name is None:
            unknown.append(number)
        elif name in columns:
            # Which of the two holds, nobody can tell: the first is read and the other told.
            unknown.append(number)
        elif name != "unread":
            columns[name] = title
    if "start_clock" in columns and not columns.keys() & _DATES:
        # It holds the day, too.
        columns["start"] = columns.pop("start_clock")
    if (
        kind == SESSIONS
        and "title" not in columns
        and not _NAMES_A_SESSION.isdisjoint(fold(columns.get("key", "")).split())
    ):
        # Beside a title it is how the portal calls the session in addresses.
        columns["title"] = columns.pop("key")
    return columns, unknown


def _with_counted(said: dict[str, str]) -> dict[str, str]:
    """Return what a row says with the people who each have columns of their own under their role."""
    people: dict[str, dict[str, str]] = {}
    for name in [name for name in said if name.partition(" ")[0] in ROLES and " " in name]:
        person, _, about = name.rpartition(" ")
        people.setdefault(person, {})[about] = said.pop(name)
    for person, told in sorted(people.items(), key=_by_number):
        if "name" in told:
            role = person.partition(" ")[0]
            text = ", ".join(told[about] for about in _OF_PERSON if about in told)
            said[role] = "; ".join(filter(None, (said.get(role, ""), text)))
    return said


def _by_number(of_person: tuple[str, dict[str, str]]) -> tuple[str, int]:
    role, _, number = of_person[0].partition(" ")
    return role, int(number)


def _whole_times(said: dict[str, str]) -> dict[str, str]:
    """Return what a row says with the day and the clock of its start and end as one, where they stand apart."""
    day, clock = said.pop("end_day", ""), said.pop("end_clock", "")
    if day or clock:
        said.setdefault("end", f"{MIDNIGHT.sub('', day) if clock else day} {clock}".strip())
    day, clock = said.pop("start_day", ""), said.pop("start_clock", "")
    if "start" in said or not (day or clock):
        return said
    if day and clock:
        said["date"] = day
    said["start"] = clock or day
    return said


def _with_unit(length: str, title: str) -> str:
    """Return a bare number with the unit of its header, or in minutes where it has none and cannot be hours."""
    words = set(fold(title).split())
    for unit, names in _UNITS.items():
        if not words.isdisjoint(names):
            return f"{length} {unit}"
    return f"{length} min" if float(length) >= _SHORTEST_IN_MINUTES else length


def _named(words: dict[str, str], title: str) -> str | None:
    """Return the field of a header, be there a unit behind it or a number within: "Duration (min)", "Speaker 2"."""
    plain = fold(title)
    if plain and (title.strip().startswith("#") or title.rstrip().endswith("#")):
        # "Session #" counts sessions, "Attendees #" and "Room #" do not; "# Speakers" names none of them.
        if words.get(plain) in _COUNTED_FIELDS or plain in _COUNTED_WORDS:
            return "number"
        if words.get(plain) in ROLES:
            return None
    if plain in words:
        return words[plain]
    if counted := _COUNTED.fullmatch(plain):
        role, about = words.get(counted["role"], ""), _words(PEOPLE).get(counted["about"] or "name", "")
        return f"{role} {counted['number']} {about}" if role in ROLES and about in _OF_PERSON else None
    found = words.get(fold(_BRACKET.sub("", title))) or _without_session(words, plain)
    return found or (SEVERAL_ROLES if len(_BETWEEN_ROLES.split(title)) > 1 and role_of(title) else None)


def _tie(title: str) -> str | None:
    """Return the field of a session by which a header ties rows to it: "Webinar No", "Name of the session"."""
    field = _without_session(_words(SESSIONS), fold(title))
    return field if field in TIES else None


def _without_session(words: dict[str, str], plain: str) -> str | None:
    """Return the field of a header that says of what it is: "Event date", "Lugar del evento", "Presenter name"."""
    if named := _NAME_OF.fullmatch(plain):
        role = words.get(named["first"] or named["behind"], "")
        return role if role in ROLES or role == "title" else None
    found = _OF_SESSION.fullmatch(plain)
    named = found and (found["field"] or found["field_es"])
    return words.get(named) if named else None


def _is_complete(kind: str, columns: dict[str, str], header: Sequence[str], within: frozenset[str]) -> bool:
    if kind == SESSIONS:
        dated = any(name in columns for name in _DATES)
        named = "title" in columns or ("series" in columns and "number" in columns)
        # "Speaker 1" is one of them as "Speaker" is.
        telling = sum(
            name == SEVERAL_ROLES or name.partition(" ")[0] in _TELLING for name in (*columns, *within)
        )
        complete = dated and named and telling > 0 and len(columns) + len(within) >= _FEWEST_COLUMNS
        return complete and not _lists_people(columns, header)
    has, ties = _NEEDS[kind]
    owned = any(OWNER in title for title in header)
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
