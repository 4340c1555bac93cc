"""Whom an event in the vocabulary of schema.org names: who leads it is public, and nobody else.

Bodies that organise or pay for it are told from persons, who are left out.
"""

from __future__ import annotations

import re
from typing import Any

from .. import facts, labels
from ..names import is_name, key, split_line
from ..problems import Problem
from ..session import SessionRecord
from ..words import fold
from . import things
from .linked_values import texts

# Who holds an event, as a body.
BODIES = ("organizer", "provider", "host")
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


def organisations(event: dict[str, Any], *names: str) -> str:
    """Return the names of the bodies under some properties of an event, one after the other; persons are none."""
    found = [
        facts.plain(things.text(one.get("name")))
        for name in names
        for one in things.named_things(event.get(name))
        if not _is_person(one)
    ]
    return "; ".join(dict.fromkeys(filter(None, found)))


def others(record: SessionRecord, event: dict[str, Any]) -> None:
    """Remember who organises, attends or may be contacted, so that no text tells their names."""
    for name in (*BODIES, *_WITHOUT_ROLE):
        for one in things.named_things(event.get(name)):
            if _is_person(one) or name == "contactPoint":
                facts.others(record, facts.names_of_others(_names(one)))
            if _is_person(one) and not things.types(one) and name in BODIES:
                message = "An organiser may be a person or an office, and was left out. Give its type: Organization."
                record.problems.append(
                    Problem("organiser-unclear", message, place=record.place, field="organisers")
                )


def without_role(records: list[SessionRecord], objects: list[Any]) -> None:
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
            names.update((name, None) for one in stated if _is_person(one) for name in _names(one))
        elif isinstance(thing, list):
            waiting += [value for value in thing if isinstance(value, dict | list)]
    for record in records:
        for name in names:
            if key(name) not in public:
                facts.other(record, name)


def leading(record: SessionRecord, event: dict[str, Any]) -> None:
    """Take those who perform, teach or moderate, in the role that is stated."""
    bodies = frozenset(map(fold, organisations(event, *BODIES).split("; ")))
    for name in things.LEADING:
        role = "speaker" if name in things.PERFORMING else "facilitator" if name in things.MODERATING else ""
        _take(record, things.listed(event.get(name)), role, bodies)


def _take(record: SessionRecord, people: list[Any], role: str, bodies: frozenset[str]) -> None:
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
        stated = _names(inner)
        if any(name.endswith(("Organization", "Group")) for name in things.types(inner)):
            continue
        position = things.text(inner.get("jobTitle")) or things.text(inner.get("hasOccupation"))
        # What somebody's job is says nothing about this session.
        own = _role(things.text(one.get("roleName")), role) if one.get("roleName") else role
        if not own:
            facts.others(record, facts.names_of_others(stated))
            continue
        employer = things.named_things(inner.get("worksFor") or inner.get("affiliation"))
        for name, office in _people_named(stated, bodies):
            facts.person(
                record,
                own,
                name,
                record.place,
                position="" if position and position == things.text(one.get("roleName")) else position,
                affiliation=things.text(employer[0].get("name")) if employer else office,
                biography=things.text(inner.get("description")),
            )


def _people_named(stated: list[str], bodies: frozenset[str]) -> list[tuple[str, str]]:
    """Return name and office of each whom names hold, but for a body that organises the event, too."""
    return [told for one in stated if fold(one) not in bodies for told in _each(one)]


def _is_person(thing: dict[str, Any]) -> bool:
    """Tell a person from a body; what says nothing of its kind goes by its name."""
    types = things.types(thing) & {"Person", "Organization"} or things.types(thing)
    return "Person" in types or (not types and facts.is_name(facts.plain(things.text(thing.get("name")))))


def _names(person: dict[str, Any]) -> list[str]:
    """Return the name of a person, whole or put together; some pages give several people as one with several names."""
    together = f"{things.text(person.get('givenName'))} {things.text(person.get('familyName'))}".strip()
    return texts(person.get("name")) or [together]


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
