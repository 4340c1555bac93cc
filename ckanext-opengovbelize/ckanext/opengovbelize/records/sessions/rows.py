"""One row of a table of sessions to one session."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from .. import dates, day_order, described, facts, people, person_links, places, role_marks, values, zones
from ..document import line
from ..names import split_line
from ..plans import values as plan_values
from ..plans.schema import fields
from ..problems import Problem
from ..session import ROLES, SessionRecord
from ..titles import NUMERAL
from ..vocabulary import load
from ..words import find_urls, fold, squeeze
from . import columns

# Behind a run of them each search for what parts people would begin at every blank: seconds for one cell.
_BLANKS = re.compile(r"[^\S\n]{2,}")
_SEVERAL = re.compile(r"\s*(?:\n|;|\|)\s*")
# Since 1970, in seconds or thousandths of them, as programs count: the years 2001 to 2065.
_CLOCK_OF_PROGRAMS = re.compile(r"[12]\d{9}(?:\d{3})?")
# Days from 1982 to 2119, with or without a time; or a time alone.
_SERIAL = re.compile(r"[3-7]\d{4}(?:\.\d{1,17})?|0?\.\d{1,17}")
_NAMES_APART = re.compile(r"\s*[,;|/\n]\s*|\s+(?:and|y|&)\s+|\s*[(<]")
_STROKE = re.compile(r"\s+/\s+")
_AND = re.compile(r"\s+(?:and|y|e|&)\s+")
_NO_ROLE = (
    "A cell of people does not say who of them has which role, and those without one were left out. Give each role a"
    " column of its own, or write it before its people, such as: MODERATORS 1. Name SPEAKERS 1. Name."
)
_PLAIN = ("audience", "objective", "rationale", "certificate_rule", "funders")
_LICENCES = "licences"
_OF_PAGES = frozenset(load("sessions")["status_of_pages"])
_PRIVATE = frozenset(
    (
        "true",
        "yes",
        "si",
        "verdadero",
        "1",
        "x",
        "private",
        "privado",
        "confidential",
        "confidencial",
        "personal",
    )
)
_BELIZE_BY_OTHER_NAMES = ("central america", "utc 06 00 central america", "gmt 06 00 central america")


def session(said: dict[str, str], file: str, place: str) -> SessionRecord:
    """Return the session that a row states, but for its time, which depends on the other rows."""
    record = SessionRecord(file, place=place)
    record.series = squeeze(said.get("series", ""))
    _number(record, said.get("number", ""))
    facts.title(record, said.get("title", ""))
    record.introduction = facts.text(said.get("introduction", ""))
    for name in _PLAIN:
        setattr(record, name, facts.text(said.get(name, "")))
    # TeSS says in two columns for whom a session is, and who may come.
    stated = (record.audience, facts.text(said.get("eligibility", "")))
    record.audience = "; ".join(dict.fromkeys(filter(None, stated)))
    _organisers(record, said)
    _place(record, said)
    for name in ("topics", "language", "invented", "planned_sessions"):
        if text := said.get(name):
            values.read(name, _SEVERAL.sub(", ", text.strip()), record)
    text = said.get("status", "").strip()
    if text and fold(text) not in _OF_PAGES:
        record.status = values.status_of(text)
        if not record.status:
            _unreadable(record, "status")
    _links(record, said)
    _others(record, said)
    for stated in _SEVERAL.split(said.get("others", "")):
        # "Sample, Ana; Reef, Orla", or names that commas part.
        named = facts.names_of_others([stated])
        facts.others(record, named or facts.names_of_others(_NAMES_APART.split(stated)))
    for role in (*ROLES, columns.SEVERAL_ROLES):
        text = said.get(role, "")
        for stated, listed in role_marks.split(text) or [(role, [text])]:
            if stated in ROLES:
                _people(record, stated, "\n".join(listed))
            elif any(listed):
                facts.others(record, facts.names_of_others(_NAMES_APART.split("\n".join(listed))))
                record.problems.append(
                    Problem("people-without-role", _NO_ROLE, place=record.place, field="people")
                )
    if text := said.get("introduction", ""):
        described.read(record, text)
    return record


def is_private(said: dict[str, str]) -> bool:
    """Tell whether a row is of an event that its calendar shows to nobody else."""
    return any(fold(stated) in _PRIVATE for stated in _SEVERAL.split(said.get("secrecy", "")))


def when(record: SessionRecord, said: dict[str, str], start: str) -> None:
    """Set the time of a session from its row, in which ``start`` says how its start is to be read."""
    record.date_as_stated = said.get("date_as_stated", "")
    if not start:
        return
    zone = _zone(said.get("timezone", ""))
    end = _shown(said.get("end", ""))
    clock = "" if dates.has_full_date(end) else end
    found = dates.read(start, end=clock, zone=zone, duration=said.get("duration", ""), place=record.place)
    record.start, record.end, record.timezone = found.start, found.end, found.zone
    record.date_as_stated = found.stated or record.date_as_stated
    record.problems += found.problems
    if record.start and end and not clock:
        # Of two readings the one on the day of the start.
        last = dates.read(day_order.on_day(end, record.start.date()), zone=zone, place=record.place)
        record.end = last.start
        if last.start is None:
            message = "The end cannot be read, and was left out. Write it like 2020-05-07 12:00."
            record.problems.append(Problem("end-unreadable", message, place=record.place, field="end"))
    if record.start:
        facts.when(record, record.start, record.end, record.timezone or zone, record.place)


def started(said: dict[str, str]) -> str:
    """Return how a row states the start of its session: in one cell, or day and time apart."""
    day = columns.MIDNIGHT.sub("", _shown(said.get("date", "")))
    if start := said.get("start"):
        start = _shown(start)
        return start if not day or dates.has_full_date(start) else f"{day} {start}"
    return f"{day} {_shown(said.get('time', ''))}".strip()


def _shown(cell: str) -> str:
    """Return a day or a time that stands there as a number.

    Spreadsheets count days since 1899-12-30, and parts of a day; programs seconds since 1970.
    """
    if _CLOCK_OF_PROGRAMS.fullmatch(cell):
        return datetime.fromtimestamp(int(cell[:10]), UTC).isoformat()
    if not _SERIAL.fullmatch(cell):
        return cell
    moment = datetime(1899, 12, 30) + timedelta(minutes=round(float(cell) * 24 * 60))
    if cell.startswith(("0", ".")):
        return f"{moment:%H:%M}"
    return f"{moment:%Y-%m-%d %H:%M}" if "." in cell else f"{moment:%Y-%m-%d}"


def _zone(stated: str) -> str:
    plain = squeeze(stated)
    return zones.BELIZE if fold(plain).startswith(_BELIZE_BY_OTHER_NAMES) else plain


def _number(record: SessionRecord, text: str) -> None:
    if found := re.search(rf"(?<!\d){NUMERAL}", text):
        record.number = int(found[0]) or None
    elif text.strip():
        message = "The number of the session cannot be read, and was left out. Write 1 to 9999, and no year."
        record.problems.append(
            Problem("number-unreadable", message, place=record.place, field="session_number")
        )


def _organisers(record: SessionRecord, said: dict[str, str]) -> None:
    stated, hosts = (_SEVERAL.split(facts.text(said.get(field, ""))) for field in ("organisers", "hosts"))
    facts.organisers(record, stated, hosts, record.place)


def _place(record: SessionRecord, said: dict[str, str]) -> None:
    if any(said.get(name, "").strip() for name in ("mode", "online", "in_person")):
        record.mode = _mode(said)
        if not record.mode:
            _unreadable(record, "mode")
    elif text := said.get("kind"):
        # Which kind of event it is may say whether one has to go there, and mostly does not.
        record.mode = places.mode_of(text)
    facts.where(record, said.get("venue", ""))
    if text := said.get("locality"):
        found = places.read(text)
        record.locality = record.locality or found.locality or squeeze(text)
        record.district = record.district or found.district
    if text := said.get("district"):
        record.district = places.district_code(text) or places.district_code(f"{text} district")


def _mode(said: dict[str, str]) -> str:
    """Return how people take part, as one column says it or one for each way: "Online" and "Presence"."""
    if text := said.get("mode", "").strip():
        return facts.mode(text)
    online, in_person = (said.get(name, "").strip() for name in ("online", "in_person"))
    for text in filter(None, (in_person, online)):
        if stated := places.mode_of(text):
            return stated
    is_online, is_in_person = facts.answer(online), facts.answer(in_person)
    if is_online and is_in_person:
        return "hybrid"
    if is_online or is_in_person:
        return "online" if is_online else "in-person"
    # "Online: no" says that one has to go there.
    return {(False, None): "in-person", (None, False): "online"}.get((is_online, is_in_person), "")


def _links(record: SessionRecord, said: dict[str, str]) -> None:
    if urls := find_urls(said.get("address", "")):
        record.address = urls[0]
    for kind in ("presentation", "video"):
        for url in find_urls(said.get(kind, "")):
            facts.material(record, url, kind=kind, place=record.place)
    for piece in _SEVERAL.split(said.get("links", "")):
        for url in find_urls(piece):
            facts.link(record, url, piece.replace(url, " ").strip(" :–—-()"), record.place)


def _others(record: SessionRecord, said: dict[str, str]) -> None:
    """Take what the schema has and the record has no place of its own for, such as the licence."""
    for name, field in columns.others().items():
        if not (text := said.get(name, "").strip()):
            continue
        if field.vocabulary == _LICENCES:
            # CKAN's list of licences, of which only the portal knows more than how its codes look.
            text = re.sub(r"\s+", "-", text.lower())
        value = plan_values.read(field, text)
        if value.value is not None:
            record.stated[name] = value.value
        if value.fault:
            _unreadable(record, name)


def _unreadable(record: SessionRecord, name: str) -> None:
    """Tell that the value of a field is none of its list; what it says may be anything, somebody's name too."""
    column = fields("webinar")[name].column
    message = (
        f'A value in the column "{column}" cannot be read, or is none of its list. Correct it;'
        " the header of the empty workbook says what it may be."
    )
    record.problems.append(Problem("value-unreadable", message, place=record.place, field=name))


def _office_apart(piece: str) -> str:
    """Return one of several people with a dash before where they work: "Ana Sample – River Watch"."""
    before, comma, behind = piece.partition(",")
    if comma and len(behind.split()) > 1 and facts.is_name(before.strip()):
        return f"{before.strip()} – {behind.strip()}"
    return piece


def _names_apart(piece: str) -> list[str]:
    """Return the people whom a stroke parts or "and" joins, each by itself; "José Ortega y Gasset" is one."""
    people = _STROKE.split(piece)
    if len(people) > 1 and all(split_line(one)[0] for one in people):
        return people
    names = _AND.split(piece)
    return names if all(" " in name and facts.is_name(name) for name in names) else [piece]


def _people(record: SessionRecord, role: str, text: str) -> None:
    text = _BLANKS.sub(" ", text)
    pieces = [piece for piece in _SEVERAL.split(text) if piece.strip()]
    if len(pieces) == 1 and "," in text and all(facts.is_name(name.strip()) for name in text.split(",")):
        pieces = text.split(",")
    pieces = [name for piece in pieces for name in _names_apart(piece)]
    for piece in map(_office_apart, pieces) if len(pieces) > 1 else pieces:
        if facts.person(record, role, piece, record.place):
            continue
        block = line(piece, record.place)
        found, *_ = people.read(role, [person_links.plain(block)])
        record.problems += person_links.told([block], found)[1]
        for one in found:
            said = {"position": one.position, "affiliation": one.affiliation, "country": one.country}
            facts.person(record, role, one.name, record.place, email=one.email, **said)
        if not found:
            message = "A cell of people names nobody. Write each like: Ana Sample, Analyst, Ministry."
            record.problems.append(Problem("person-unreadable", message, place=record.place, field="people"))
