"""Events and courses in the vocabulary of schema.org: JSON-LD and microdata of a web page, or a JSON-LD file.

People are those who perform, teach or moderate. Whoever else is named anywhere on the page, such as who attends or
wrote it, is known to the screen alone.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby, takewhile
from typing import Any

from .. import dates, day_order, described, facts, recurrence, session_starts, values
from ..problems import Problem
from ..recogniser import recognise
from ..session import SessionRecord
from ..words import fold
from . import event_people, html, schedules, things
from .content import Content, unreadable
from .linked_values import every_text, texts

_STATUSES = {"EventCancelled": "cancelled", "EventPostponed": "postponed"}
_MODES = {
    "OfflineEventAttendanceMode": "in-person",
    "OnlineEventAttendanceMode": "online",
    "MixedEventAttendanceMode": "hybrid",
}
_COURSE_MODES = {"online": "online", "onsite": "in-person", "in person": "in-person", "blended": "hybrid"}
_MOST_SESSIONS = 1_500
_ESCAPED_MARKUP = re.compile(r"&lt;/?[a-zA-Z]")
_LEADING = ("speaker", "facilitator")
_FACTS = ("people", "objective", "rationale", "messages", "materials", "links", "certificate_rule")
_SHORT_MOMENT = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d\d(?::\d\d)?\s?(?:Z|[+-]\d{1,2}:\d\d)?)?")
_FIGURE_ALONE = re.compile(r"(?P<before>[-+T ])(?P<figure>\d)(?!\d)")
_BEFORE_SITE = re.compile(r"(?P<own>.+)\s+[|–—-]\s+(?P<site>[^|–—]+)")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")

_NONE = Problem("record-empty", "The page describes no event or course with a name and a date.", rejects=True)


def recognises(content: Content) -> bool:
    """Tell a page or file that describes an event or a course."""
    start = content.sample.lstrip()[:1]
    if start == "<":
        page = content.text
        says_so = "schema.org" in page and any(word in page for word in ("Event", "Course"))
        return says_so and any(things.sessions(things.objects(content)[0]))
    names_it = '"@context"' in content.sample or "schema.org/" in content.sample
    return start in ("{", "[") and names_it and any(things.sessions(things.objects(content)[0]))


def read(content: Content) -> list[SessionRecord]:
    """Read the events and courses that a page describes."""
    objects, problems = things.objects(content)
    made: list[tuple[SessionRecord, dict[str, Any]]] = []
    sites = things.sites(objects)
    for number, event, above in _each_time(things.sessions(objects), problems):
        if len(made) >= _MOST_SESSIONS:
            problems.append(Problem("page-too-long", f"Only the first {_MOST_SESSIONS} events were read."))
            break
        made.append((_session(_without_site(event, sites), above, content.file, f"event {number}"), event))
    _times(made)
    found: dict[str, SessionRecord] = {}
    for record, event in made:
        same = found.setdefault(_identity(record, event), record)
        if same is not record:
            _fill(same, record)
    for _place, recurring in groupby(found.values(), key=lambda record: record.place):
        recurrence.number_once(recurring)
    records = _with_keys(list(found.values()))
    event_people.without_role(records, objects)
    if not records:
        return [unreadable(content, *problems, _NONE)]
    if len(records) == 1 and content.sample.lstrip().startswith("<"):
        _beside(records[0], content)
    for record in records:
        facts.complete(record)
    records[0].problems += problems
    return records


def _without_site(event: dict[str, Any], sites: frozenset[str]) -> dict[str, Any]:
    """Return an event without the name of the site behind its own: "Boats — Coral Data Club"."""
    name = facts.plain(things.text(event.get("name")))
    found = _BEFORE_SITE.fullmatch(name)
    return event | {"name": found["own"]} if found and fold(found["site"]) in sites else event


def _each_time(
    sessions: Iterable[tuple[dict[str, Any], dict[str, Any]]], problems: list[Problem]
) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
    """Yield each event, with its number, once for each time at which it is held."""
    known = recurrence.Recurrence()
    for number, (event, above) in enumerate(sessions, 1):
        try:
            held, more = schedules.times(event, known)
        except schedules.Unreadable:
            problems.append(recurrence.unreadable(f"event {number}"))
            held, more = [event], False
        if more:
            problems.append(recurrence.cut(f"event {number}"))
        for one in held:
            yield number, one, above


# One session


def _session(event: dict[str, Any], above: dict[str, Any], file: str, place: str) -> SessionRecord:
    record = SessionRecord(file, place=place)
    _languages(record, event)
    names = texts(event.get("name"), _language(event)) or texts(above.get("name"), _language(event))
    facts.title(record, next(iter(names), ""))
    describes = event if any(_descriptions(event)) else above if "Course" in things.types(above) else {}
    description, every_description = _descriptions(describes)
    record.introduction = facts.text(description)
    _series(record, event, above)
    record.mode = _mode(event)
    status = str(event.get("eventStatus"))
    record.status = next((code for name, code in _STATUSES.items() if name in status), record.status)
    if "EventMovedOnline" in status:
        record.mode = record.mode or "online"
    _where(record, event)
    record.audience = "; ".join(map(facts.text, texts(event.get("audience"), _language(event))))
    record.objective = "; ".join(map(facts.text, texts(event.get("teaches"), _language(event))))
    record.organisers = event_people.organisations(event, *event_people.BODIES)
    record.funders = event_people.organisations(event, "funder", "sponsor")
    event_people.others(record, event)
    event_people.leading(record, event)
    _materials(record, event, place)
    described.read(record, every_description)
    address = things.text(event.get("url")) or str(event.get("@id") or "").partition("#")[0]
    if facts.web_address(address) and not facts.is_meeting(address):
        record.address = address
    return record


def _descriptions(event: dict[str, Any]) -> tuple[str, str]:
    """Return the description in the session's language, and whatever is said in any."""
    value = event["description"] if things.text(event.get("description")) else event.get("abstract")
    own, every = (
        "\n\n".join(map(_unescaped, said)) for said in (texts(value, _language(event)), every_text(value))
    )
    return own, every


def _language(event: dict[str, Any]) -> str:
    """Return the code of the language that an event is held in, if that is one."""
    stated = SessionRecord("")
    _languages(stated, event)
    return stated.languages[0] if len(stated.languages) == 1 else ""


def _languages(record: SessionRecord, event: dict[str, Any]) -> None:
    for language in things.listed(event.get("inLanguage")):
        for name in (language.get("alternateName"), language) if isinstance(language, dict) else (language,):
            values.read("language", things.text(name).split("-")[0], record)


def _unescaped(said: str) -> str:
    # Some programs write the piece of a page as what a page would show.
    return entities.unescape(said).replace("\\n", "\n") if _ESCAPED_MARKUP.search(said) else said


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


def _when(record: SessionRecord, event: dict[str, Any], start: str) -> None:
    """Set the time of a session, whose ``start`` is so written that it can be read in one way only."""
    end = things.text(event.get("endDate"))
    if not start:
        return
    first, last = _moment(start), _moment(end)
    lasts = schedules.length(things.text(event.get("duration")))
    if isinstance(first, datetime) and not end and lasts:
        last = first + lasts
    if first is None:
        has_day = dates.has_full_date(end)
        found = dates.read(start, end="" if has_day else end, place=record.place)
        record.start, record.end, record.timezone = found.start, found.end, found.zone
        if has_day and found.start:
            end = day_order.on_day(end, found.start.date())
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


def _times(found: list[tuple[SessionRecord, dict[str, Any]]]) -> None:
    """Set the time of each session; a date that can be read in two ways waits for those of the others.

    On a page with one event nothing else can decide, so its date is kept as it is written.
    """
    records = [record for record, _event in found]
    starts = [things.text(event.get("startDate")) for _record, event in found]
    if len(records) == 1:
        _when(*found[0], starts[0])
    else:
        day_order.settle(records, starts, lambda number, start: _when(*found[number], start))


def _moment(stated: str) -> date | datetime | None:
    stated = _with_noughts(stated)
    try:
        return date.fromisoformat(stated) if _ISO_DAY.fullmatch(stated) else datetime.fromisoformat(stated)
    except ValueError:
        return None


def _with_noughts(stated: str) -> str:
    """Return a moment with the noughts that some programs leave out: "2020-5-7T9:30-6:00"."""
    return _FIGURE_ALONE.sub(r"\g<before>0\g<figure>", stated) if _SHORT_MOMENT.fullmatch(stated) else stated


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
        pieces = [piece.strip() for part in parts for piece in part.split(",")]
        facts.where(record, ", ".join(dict.fromkeys(filter(None, pieces))))
        is_place = is_place or bool(record.venue_name or record.locality)
    if not record.mode or (record.mode == "online" and is_place and is_online):
        record.mode = "hybrid" if is_online and is_place else "online" if is_online else record.mode


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


def _with_keys(records: list[SessionRecord]) -> list[SessionRecord]:
    """Give each of several events the key by which it stays the same one in the next version of its page.

    ``naming.name_each`` does so for other formats, with other keys: by these here published sessions are known, and
    with new ones each would be withdrawn and added again.
    """
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
    page = html.read(content.data, content.content_type)
    page = replace(
        page, blocks=list(takewhile(lambda block: not session_starts.heads_others(block), page.blocks))
    )
    for found in recognise(page, content.file)[:1]:
        if sum(bool(getattr(found, name)) for name in _FACTS) < 2 and not found.messages:
            # Who speaks is told under a label of its own; what else may be of the site needs more signs.
            record.people = record.people or [one for one in found.people if one.role in _LEADING]
            facts.others(record, found.others)
            return
        record.problems += [
            problem
            for problem in found.problems
            if not problem.rejects and problem.code not in ("date-missing",)
        ]
        _fill(record, found)
