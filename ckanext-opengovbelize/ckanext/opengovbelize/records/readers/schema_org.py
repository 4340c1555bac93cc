"""Events and courses in the vocabulary of schema.org: JSON-LD and microdata of a web page, or a JSON-LD file.

People are those who perform, teach or moderate. Whoever else is named anywhere on the page, such as who attends or
wrote it, is known to the screen alone.
"""

from __future__ import annotations

import html as entities
import re
from datetime import date, datetime, timedelta
from typing import Any

from .. import dates, described, facts, labels, values
from ..names import is_name, key, split_line
from ..problems import Problem
from ..recogniser import recognise
from ..session import SessionRecord
from ..words import fold
from . import html, things
from .content import Content, unreadable

_STATUSES = {"EventCancelled": "cancelled", "EventPostponed": "postponed"}
_MODES = {
    "OfflineEventAttendanceMode": "in-person",
    "OnlineEventAttendanceMode": "online",
    "MixedEventAttendanceMode": "hybrid",
}
_COURSE_MODES = {"online": "online", "onsite": "in-person", "in person": "in-person", "blended": "hybrid"}
_DURATION = re.compile(
    r"P(?:(?P<days>\d{1,3})D)?(?:T(?:(?P<hours>\d{1,3})H)?(?:(?P<minutes>\d{1,4})M)?(?:\d{1,6}S)?)?"
)
_MOST_SESSIONS = 1_500
_BODIES = ("organizer", "provider", "host")
# Who stands under these has no public role, unless it is stated elsewhere.
_WITHOUT_ROLE = (
    "attendee", "attendees", "contributor", "author", "creator", "editor", "translator", "director", "composer",
    "contactPoint", "reviewedBy", "accountablePerson", "employee", "seller", "copyrightHolder",
)  # fmt: skip
_PUBLIC = frozenset(("speaker", "facilitator", "host"))
# What somebody may do at a session without being one of those who hold it.
_SUPPORTING = re.compile(
    r"\b(?:interpret|translat|technic|support|note ?tak|rapporteur|photo|camera|attend|audience|participant|staff"
    r"|volunteer|traduc|tecnic|apoyo|relator|asisten)"
)
_SEVERAL = re.compile(r"\s*[;,]\s*(?:and |y )?|\s+(?:and|y|&)\s+")
_ESCAPED_MARKUP = re.compile(r"&lt;/?[a-zA-Z]")
_FACTS = ("people", "objective", "rationale", "messages", "materials", "links", "certificate_rule")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")

_NONE = Problem("record-empty", "The page describes no event or course with a name and a date.", rejects=True)


def recognises(content: Content) -> bool:
    """Tell a page or file that describes an event or a course."""
    start = content.sample.lstrip()[:1]
    if start == "<":
        text = content.text
        says_so = "schema.org" in text and any(word in text for word in ("Event", "Course"))
        return says_so and any(things.sessions(things.objects(content)[0]))
    return (
        start in ("{", "[")
        and '"@context"' in content.sample
        and any(things.sessions(things.objects(content)[0]))
    )


def read(content: Content) -> list[SessionRecord]:
    """Read the events and courses that a page describes."""
    objects, problems = things.objects(content)
    found: dict[str, SessionRecord] = {}
    for number, (event, above) in enumerate(things.sessions(objects), 1):
        if len(found) >= _MOST_SESSIONS:
            problems.append(Problem("page-too-long", f"Only the first {_MOST_SESSIONS} events were read."))
            break
        record = _session(event, above, content.file, f"event {number}")
        same = found.setdefault(_identity(record, event), record)
        if same is not record:
            _fill(same, record)
    records = _named(list(found.values()))
    _without_role(records, objects)
    if not records:
        return [unreadable(content, *problems, _NONE)]
    if len(records) == 1 and content.sample.lstrip().startswith("<"):
        _beside(records[0], content)
    for record in records:
        facts.complete(record)
    records[0].problems += problems
    return records


# One session


def _session(event: dict[str, Any], above: dict[str, Any], file: str, place: str) -> SessionRecord:
    record = SessionRecord(file, place=place)
    facts.title(record, things.text(event.get("name")) or things.text(above.get("name")))
    description = _description(event) or _description(above if "Course" in things.types(above) else {})
    record.introduction = facts.text(description)
    _series(record, event, above)
    for language in things.listed(event.get("inLanguage")):
        values.read("language", things.text(language).split("-")[0], record)
    _when(record, event)
    record.mode = _mode(event)
    status = str(event.get("eventStatus"))
    record.status = next((code for name, code in _STATUSES.items() if name in status), record.status)
    if "EventMovedOnline" in status:
        record.mode = record.mode or "online"
    _where(record, event)
    record.audience = facts.text(things.text(event.get("audience")))
    record.objective = facts.text(things.text(event.get("teaches")))
    record.organisers = _organisations(event, *_BODIES)
    record.funders = _organisations(event, "funder", "sponsor")
    _others(record, event)
    for name in things.LEADING:
        role = "speaker" if name in things.PERFORMING else "facilitator" if name in things.MODERATING else ""
        _people(record, things.listed(event.get(name)), role, place)
    _materials(record, event, place)
    described.read(record, description)
    address = things.text(event.get("url")) or str(event.get("@id") or "").partition("#")[0]
    if facts.web_address(address) and not facts.is_meeting(address):
        record.address = address
    return record


def _description(event: dict[str, Any]) -> str:
    text = things.text(event.get("description")) or things.text(event.get("abstract"))
    # Some programs write the piece of a page as what a page would show.
    return entities.unescape(text).replace("\\n", "\n") if _ESCAPED_MARKUP.search(text) else text


def _mode(event: dict[str, Any]) -> str:
    stated = [
        things.text(one)
        for name in ("eventAttendanceMode", "courseMode")
        for one in things.listed(event.get(name))
    ]
    found = {
        next((mode for name, mode in _MODES.items() if name in one), "") or _COURSE_MODES.get(fold(one), "")
        for one in stated
    } - {""}
    return found.pop() if len(found) == 1 else "hybrid" if found else ""


def _series(record: SessionRecord, event: dict[str, Any], above: dict[str, Any]) -> None:
    for parent in (
        *things.named_things(event.get("superEvent")),
        *things.named_things(event.get("isPartOf")),
        above,
    ):
        name = facts.plain(things.text(parent.get("name")))
        if not record.series and name and fold(name) != fold(record.title):
            record.series = name if "EventSeries" in things.types(parent) or parent is above else ""
            facts.series_of_collection(record, name)


def _when(record: SessionRecord, event: dict[str, Any]) -> None:
    start, end = things.text(event.get("startDate")), things.text(event.get("endDate"))
    if not start:
        return
    first, last = _moment(start), _moment(end)
    lasts = _DURATION.fullmatch(things.text(event.get("duration")))
    if isinstance(first, datetime) and not end and lasts and any(lasts.groups()):
        last = first + timedelta(**{name: int(text) for name, text in lasts.groupdict("0").items()})
    if first is None:
        has_day = dates.has_full_date(end)
        found = dates.read(start, end="" if has_day else end, place=record.place)
        record.start, record.end, record.timezone = found.start, found.end, found.zone
        if has_day and found.start:
            record.end = last if isinstance(last, datetime) and last.tzinfo else dates.read(end).start
            facts.check_order(record, record.place)
        record.date_as_stated = found.stated
        record.problems += found.problems
        return
    if last is None and end:
        message = "The end cannot be read, and was left out. Write it like 2020-05-07T12:00:00-06:00."
        record.problems.append(Problem("end-unreadable", message, place=record.place, field="end"))
    same_kind = isinstance(first, datetime) == isinstance(last, datetime)
    facts.when(record, first, last if same_kind else None, place=record.place)


def _moment(text: str) -> date | datetime | None:
    try:
        return date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else datetime.fromisoformat(text)
    except ValueError:
        return None


def _where(record: SessionRecord, event: dict[str, Any]) -> None:
    is_online = is_place = False
    for place in things.named_things(event.get("location")):
        if "VirtualLocation" in things.types(place):
            is_online = True
            continue
        address = place.get("address")
        parts = [things.text(place.get("name"))]
        for one in things.named_things(address):
            if set(one) == {"name"}:
                parts.append(things.text(one))
            parts += [things.text(one.get(name)) for name in ("addressLocality", "addressRegion")]
        facts.where(record, ", ".join(dict.fromkeys(filter(None, parts))))
        is_place = is_place or bool(record.venue_name or record.locality)
    if not record.mode or (record.mode == "online" and is_place and is_online):
        record.mode = "hybrid" if is_online and is_place else "online" if is_online else record.mode


def _organisations(event: dict[str, Any], *names: str) -> str:
    found = [
        facts.plain(things.text(one.get("name")))
        for name in names
        for one in things.named_things(event.get(name))
        if not _is_person(one)
    ]
    return "; ".join(dict.fromkeys(filter(None, found)))


def _is_person(thing: dict[str, Any]) -> bool:
    """Tell a person from a body; what says nothing of its kind goes by its name."""
    types = things.types(thing) & {"Person", "Organization"} or things.types(thing)
    return "Person" in types or (not types and facts.is_name(facts.plain(things.text(thing.get("name")))))


def _others(record: SessionRecord, event: dict[str, Any]) -> None:
    """Remember who organises, attends or may be contacted, so that no text tells their names."""
    for name in (*_BODIES, *_WITHOUT_ROLE):
        for one in things.named_things(event.get(name)):
            if _is_person(one) or name == "contactPoint":
                facts.other(record, _name(one))
            if _is_person(one) and not things.types(one) and name in _BODIES:
                message = "An organiser may be a person or an office, and was left out. Give its type: Organization."
                record.problems.append(
                    Problem("organiser-unclear", message, place=record.place, field="organisers")
                )


def _without_role(records: list[SessionRecord], objects: list[Any]) -> None:
    """Remember whoever else the page names, such as its author and who commented, for each of its sessions."""
    public = {key(person.name) for record in records for person in record.people}
    names: dict[str, None] = {}
    waiting = list(objects)
    room = things.MOST_OBJECTS
    while waiting and room:
        thing = waiting.pop()
        room -= 1
        if isinstance(thing, dict):
            waiting += [value for value in thing.values() if isinstance(value, dict | list)]
            stated = [one for name in _WITHOUT_ROLE for one in things.named_things(thing.get(name))]
            stated += [thing] if "Person" in things.types(thing) else []
            names.update((_name(one), None) for one in stated if _is_person(one))
        elif isinstance(thing, list):
            waiting += [value for value in thing if isinstance(value, dict | list)]
    for record in records:
        for name in names:
            if key(name) not in public:
                facts.other(record, name)


def _name(person: dict[str, Any]) -> str:
    """Return the name of a person, whole or put together."""
    return (
        things.text(person.get("name"))
        or f"{things.text(person.get('givenName'))} {things.text(person.get('familyName'))}".strip()
    )


def _people(record: SessionRecord, people: list[Any], role: str, place: str) -> None:
    for one in things.named_things(people):
        # A role stands between the event and the person.
        inner = next(
            (
                inner
                for name in things.LEADING
                for inner in things.listed(one.get(name))
                if isinstance(inner, dict)
            ),
            one,
        )
        if any(name.endswith(("Organization", "Group")) for name in things.types(inner)):
            continue
        position = things.text(inner.get("jobTitle")) or things.text(inner.get("hasOccupation"))
        # What somebody's job is says nothing about this session.
        own = _role(things.text(one.get("roleName")), role) if one.get("roleName") else role
        if not own:
            facts.other(record, _name(inner))
            continue
        employer = things.named_things(inner.get("worksFor") or inner.get("affiliation"))
        for name, office in _each(_name(inner)):
            facts.person(
                record,
                own,
                name,
                place,
                position="" if position and position == things.text(one.get("roleName")) else position,
                affiliation=things.text(employer[0].get("name")) if employer else office,
                biography=things.text(inner.get("description")),
            )


def _role(stated: str, default: str) -> str:
    """Return the public role that words name; one that supports a session is none."""
    found = labels.lookup(stated)
    if found and found[0] in _PUBLIC:
        return found[0]
    return "" if _SUPPORTING.search(fold(stated)) else default


def _each(stated: str) -> list[tuple[str, str]]:
    """Return name and office of each whom a name holds: "Ana Sample, Orla Reef", "Ana Sample (Office)"."""
    pieces = _SEVERAL.split(stated)
    if len(pieces) > 1 and all(is_name(piece) for piece in pieces):
        return [(piece, "") for piece in pieces]
    name, office = split_line(stated) if "(" in stated else ("", "")
    return [(name or stated, office)]


def _materials(record: SessionRecord, event: dict[str, Any], place: str) -> None:
    for name in ("recordedIn", "subjectOf", "workFeatured", "workPerformed", "video", "associatedMedia"):
        for one in things.named_things(event.get(name)):
            types = things.types(one)
            url = next(
                filter(
                    facts.web_address,
                    (things.text(one.get(key)) for key in ("contentUrl", "url", "embedUrl", "@id", "name")),
                ),
                "",
            )
            kind = (
                "video"
                if "VideoObject" in types or (name in ("recordedIn", "video") and not types)
                else "presentation"
                if "PresentationDigitalDocument" in types
                else ""
            )
            title = things.text(one.get("name"))
            if kind or types & {"MediaObject", "DigitalDocument"}:
                facts.material(record, url, title if title != url else "", kind, place)
            elif url and name != "workPerformed":
                facts.link(record, url, title if title != url else "", place)


def _identity(record: SessionRecord, event: dict[str, Any]) -> str:
    name = event.get("@id")
    return (
        str(name)
        if isinstance(name, str) and name
        else f"{record.number} {fold(record.title)} {record.start or record.date_as_stated}"
    )


def _fill(record: SessionRecord, other: SessionRecord) -> None:
    """Take from another description of the same session what the first does not state."""
    for name, value in vars(other).items():
        if not getattr(record, name) and name not in ("problems", "place", "key"):
            setattr(record, name, value)


def _named(records: list[SessionRecord]) -> list[SessionRecord]:
    addresses = [record.address for record in records]
    taken: set[str] = set()
    for record in records:
        if addresses.count(record.address) > 1:
            record.address = ""
        if len(records) > 1:
            known = (
                record.address
                or f"{record.number or ''} {fold(record.title)} {record.start or record.date_as_stated}"
            )
            record.key = known if known not in taken else f"{known} {record.place}"
            taken.add(record.key)
    return records


def _beside(record: SessionRecord, content: Content) -> None:
    """Take what the page itself says in words, where it is a session record: its people, its chat."""
    for found in recognise(html.read(content.data, content.content_type), content.file)[:1]:
        if sum(bool(getattr(found, name)) for name in _FACTS) < 2 and not found.messages:
            return
        record.problems += [
            problem
            for problem in found.problems
            if not problem.rejects and problem.code not in ("date-missing",)
        ]
        _fill(record, found)
