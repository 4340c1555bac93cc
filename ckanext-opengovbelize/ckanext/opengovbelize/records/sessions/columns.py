"""Which field each column of a table of sessions holds, going by its header.

A field's own header, labels and name come from the schema; other words stand in ``vocabulary/sessions.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields as attributes
from functools import cache

from .. import coordinators, labels
from ..plans.schema import Field, fields
from ..session import ROLES, SessionRecord
from ..tables.sheet import OWNER
from ..vocabulary import any_of, load
from ..words import fold

SESSIONS, PEOPLE, LINKS = "sessions", "people", "links"
# A column of people whose cells say who has which role.
SEVERAL_ROLES = "several roles"
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
DATES = frozenset(("start", "start_day", "date", "date_as_stated"))
# What may stand in any of several columns: who has no role, and what is shown to nobody.
COLLECTED = ("others", "secrecy")
# By which a row of another table says whose it is.
TIES = ("key", "number", "title")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
# "Speaker 1", "Speaker 2 organisation"
_COUNTED = re.compile(r"(?P<role>[a-z ]+?) (?P<number>\d{1,2})(?: (?P<about>[a-z ]+))?")
# "Speaker's position", "Institución del ponente": of the one who stands in the column of that role.
_ABOUT_ROLE = (
    re.compile(r"(?P<role>[a-z]+)(?: s)? (?P<about>[a-z ]+)"),
    re.compile(r"(?P<about>[a-z ]+?) (?:of (?:the )?|del? (?:la |los |las )?)(?P<role>[a-z]+)"),
)
_NUMBER_SIGNS = frozenset(("#", "N°", "Nº", "N.º", "№"))
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
# As forms ask: "What is the title of the event?"; whose own name they ask for is nobody's here.
_ASKED = re.compile(
    r"(?:what is|please (?:enter|give|state|write)|enter|cual es|indique|escriba|ingrese) (?:the|el|la) (?P<about>.+)"
)
# A spreadsheet gives a cell that holds only a day a time of midnight.
MIDNIGHT = re.compile(r"[ T]00:00(?::00)?$")
# What a number sign behind it makes the session's number: "Title #", "Series #", "Module #".
_COUNTED_FIELDS = ("number", "title", "series")
NAMES_A_SESSION = frozenset(("name", "nombre"))
_COUNTED_WORDS = frozenset(load("sessions")["counted"])
_OF_PERSON = ("name", "position", "affiliation")
_ROLE_WORDS = {name: any_of(listed) for name, listed in load("sessions")["roles"].items()}
_ROLE = re.compile(
    rf"(?:\d+ )*(?:{_ROLE_WORDS['list_of']} )*(?:{_ROLE_WORDS['qualifier']} )*(?P<role>.+?)"
    rf"(?: {_ROLE_WORDS['behind']}| \d+)*"
)
_LONGEST_ROLE = 100
_LINES = re.compile(r"\s*[\n;]\s*")
_NO_ROLE = frozenset(load("sessions")["no_role"])
_BETWEEN_ROLES = re.compile(r"\s*[/&,;+]\s*|\s+(?:and|y|e|or|o)\s+", re.IGNORECASE)
_LONGEST_TITLE = 1_000
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]{0,40}[)\]]\s*$")
# "Moderador/a", "Ponente/s"
_OTHER_ENDING = re.compile(r"\s*/\s*(?:o?ra|a|e?s)s?\s*$", re.IGNORECASE)
# No session lasts so many hours: a bare number tells minutes. Nor does one last so many of these: programs count
# seconds, or thousandths of them.
_SHORTEST_IN_MINUTES = 10
_SHORTEST_IN_SECONDS = 1_440
_SHORTEST_IN_THOUSANDTHS = 600_000
_UNITS = {
    "hours": ("h", "hr", "hrs", "hour", "hours", "hora", "horas"),
    "min": ("min", "mins", "minute", "minutes", "minuto", "minutos"),
}


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
    role = found[0] if found else words_of(SESSIONS).get(stated["role"], "")
    if role == "coordinator" and coordinators.says_contact(text):
        # Whom one may ask is no coordinator.
        return ""
    return role if role in ROLES else ""


def columns_of(kind: str, header: Sequence[str]) -> tuple[dict[str, str], list[int]]:
    """Return the header of each field in a table of this kind, and the numbers of the columns that are not known."""
    words = words_of(kind)
    columns: dict[str, str] = {}
    unknown: list[int] = []
    has_key = kind == SESSIONS and any(_is_key(title) for title in header)
    for number, title in enumerate(header, 1):
        if not title or OWNER in title:
            continue
        name = (_tie(title) if kind != SESSIONS else _of_session(title, columns)) or field_of(words, title)
        if has_key and name == "key" and fold(title) in NAMES_A_SESSION:
            # What has another key calls the session so.
            name = "title"
        if name in COLLECTED and name in columns:
            columns[f"{name} {number}"] = title
        elif name is None:
            unknown.append(number)
        elif name in columns:
            # Which of the two holds, nobody can tell: the first is read and the other told.
            unknown.append(number)
        elif name != "unread":
            columns[name] = title
    if "start_clock" in columns and not columns.keys() & DATES:
        # It holds the day, too.
        columns["start"] = columns.pop("start_clock")
    if (
        kind == SESSIONS
        and "title" not in columns
        and not NAMES_A_SESSION.isdisjoint(fold(columns.get("key", "")).split())
    ):
        # Beside a title it is how the portal calls the session in addresses.
        columns["title"] = columns.pop("key")
    if kind == SESSIONS and "title" not in columns:
        _part_title_from_summary(columns, unknown, header)
    return columns, unknown


def _is_key(title: str) -> bool:
    return (
        OWNER not in title
        and fold(title) not in NAMES_A_SESSION
        and words_of(SESSIONS).get(fold(title)) == "key"
    )


def _of_session(title: str, columns: dict[str, str]) -> str | None:
    """Return the field of a header by where it stands: "#" counts, "Institution" is where the speaker beside works."""
    if title.strip() in _NUMBER_SIGNS:
        return "number"
    above = next(reversed(columns), "")
    role = above.partition(" ")[0]
    about = words_of(PEOPLE).get(fold(title))
    if (
        role in ROLES
        and about in ("position", "affiliation")
        and (above == role or above.startswith(f"{role} 0 "))
    ):
        return f"{role} 0 {about}"
    return None


def _part_title_from_summary(columns: dict[str, str], unknown: list[int], header: Sequence[str]) -> None:
    """Take "Summary" for the title where a description stands beside it, as calendars call the two."""
    told = [title for title in header if title and words_of(SESSIONS).get(fold(title)) == "introduction"]
    summary = next((title for title in told if fold(title) == "summary"), "")
    description = next((title for title in told if title != summary), "")
    if summary and description:
        columns |= {"title": summary, "introduction": description}
        unknown[:] = [number for number in unknown if header[number - 1] not in (summary, description)]


def with_counted(said: dict[str, str]) -> dict[str, str]:
    """Return what a row says with the people who each have columns of their own under their role."""
    people: dict[str, dict[str, str]] = {}
    for name in [name for name in said if name.partition(" ")[0] in ROLES and " " in name]:
        person, _, about = name.rpartition(" ")
        people.setdefault(person, {})[about] = said.pop(name)
    for person, told in sorted(people.items(), key=_by_number):
        role = person.partition(" ")[0]
        if person.endswith(" 0"):
            _with_office(said, role, told)
        elif "name" in told:
            text = ", ".join(told[about] for about in _OF_PERSON if about in told)
            said[role] = "; ".join(filter(None, (said.get(role, ""), text)))
    return said


def _with_office(said: dict[str, str], role: str, told: dict[str, str]) -> None:
    """Give whoever stands in the column of a role what columns beside it say; of several, each line by line."""
    names = _LINES.split(said.get(role, ""))
    offices = [_LINES.split(told[about]) for about in _OF_PERSON if about in told]
    if names != [""] and all(len(lines) == len(names) for lines in offices):
        said[role] = "\n".join(
            ", ".join(filter(None, person)) for person in zip(names, *offices, strict=True)
        )


def _by_number(of_person: tuple[str, dict[str, str]]) -> tuple[str, int]:
    role, _, number = of_person[0].partition(" ")
    return role, int(number)


def whole_times(said: dict[str, str]) -> dict[str, str]:
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


def with_unit(length: str, title: str) -> str:
    """Return a bare number with the unit of its header, or in minutes where it has none and cannot be hours."""
    words = set(fold(title).split())
    for unit, names in _UNITS.items():
        if not words.isdisjoint(names):
            return f"{length} {unit}"
    number = float(length)
    if number >= _SHORTEST_IN_SECONDS:
        number /= 60_000 if number >= _SHORTEST_IN_THOUSANDTHS else 60
        return f"{number:.0f} min"
    return f"{length} min" if number >= _SHORTEST_IN_MINUTES else length


def field_of(words: dict[str, str], title: str) -> str | None:
    """Return the field of a header, be there a unit behind it or a number within: "Duration (min)", "Speaker 2"."""
    # No header is longer, and one of many blanks would take minutes.
    if len(title) > _LONGEST_TITLE:
        return None
    plain = fold(title)
    if plain and (title.strip().startswith("#") or title.rstrip().endswith("#")):
        # "Session #" counts sessions, "Attendees #" and "Room #" do not; "# Speakers" names none of them.
        if words.get(plain) in _COUNTED_FIELDS or plain in _COUNTED_WORDS:
            return "number"
        if words.get(plain) in ROLES:
            return None
    if plain in words:
        return words[plain]
    if (parted := _HUMP.sub(" ", title)) != title:
        # As programs write: "startsAt".
        return field_of(words, parted)
    if counted := _COUNTED.fullmatch(plain):
        role, about = words.get(counted["role"], ""), words_of(PEOPLE).get(counted["about"] or "name", "")
        return f"{role} {counted['number']} {about}" if role in ROLES and about in _OF_PERSON else None
    for of in filter(None, (pattern.fullmatch(plain) for pattern in _ABOUT_ROLE)):
        role, about = words.get(of["role"], ""), words_of(PEOPLE).get(of["about"], "")
        if role in ROLES and about in ("position", "affiliation"):
            return f"{role} 0 {about}"
    bare = fold(_OTHER_ENDING.sub("", _BRACKET.sub("", title)))
    if (asked := _ASKED.fullmatch(bare)) and asked["about"] not in NAMES_A_SESSION:
        return field_of(words, asked["about"])
    found = words.get(bare) or _without_session(words, plain) or _without_session(words, bare)
    return found or (SEVERAL_ROLES if len(_BETWEEN_ROLES.split(title)) > 1 and role_of(title) else None)


def _tie(title: str) -> str | None:
    """Return the field of a session by which a header ties rows to it: "Webinar No", "Name of the session"."""
    field = _without_session(words_of(SESSIONS), fold(title))
    return field if field in TIES else None


def _without_session(words: dict[str, str], plain: str) -> str | None:
    """Return the field of a header that says of what it is: "Event date", "Lugar del evento", "Presenter name"."""
    if named := _NAME_OF.fullmatch(plain):
        role = words.get(named["first"] or named["behind"], "")
        return role if role in ROLES or role == "title" else None
    found = _OF_SESSION.fullmatch(plain)
    named = found and (found["field"] or found["field_es"])
    return words.get(named) if named else None


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
def words_of(kind: str) -> dict[str, str]:
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
