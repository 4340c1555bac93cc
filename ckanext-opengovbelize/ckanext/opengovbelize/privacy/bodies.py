"""People where institutions belong: who organises a session, pays for it or helps has no public role by that."""

from __future__ import annotations

import re
from dataclasses import replace

from ..records.problems import Problem
from ..records.session import SessionRecord
from .mentions import Known, known_of, named_alone
from .policy import MESSAGES

_FIELDS = ("organisers", "funders")
# Not the comma of "SAMPLE, Ana".
_BETWEEN = re.compile(r"(\s*(?:[;&|/\n•]|(?<![A-Z]{4}),(?=\s)|\b(?:and|y|e)\b)\s*)")


def without_people(record: SessionRecord) -> SessionRecord:
    """Return a record whose fields for institutions name no person without a public role, and which tells it."""
    if not any(getattr(record, field) for field in _FIELDS):
        return record
    known = known_of(record)
    fields: dict[str, str] = {}
    names: list[str] = []
    for field in _FIELDS:
        kept, found = _told_apart(getattr(record, field), known)
        if found:
            fields[field] = kept
            names += found
    if not names:
        return record
    message = MESSAGES["organiser-unclear"]
    problems = [
        Problem("organiser-unclear", message, place=record.places.get(field, record.place), field=field)
        for field in fields
    ]
    return replace(record, **fields, others=[*record.others, *names], problems=[*record.problems, *problems])


def _told_apart(text: str, known: Known) -> tuple[str, list[str]]:
    """Return the institutions of a field, and who stands among them."""
    pieces = _BETWEEN.split(text)
    kept, found = "", []
    for position in range(0, len(pieces), 2):
        if names := named_alone(pieces[position], known):
            found += names
        elif pieces[position].strip():
            kept += (pieces[position - 1] if kept else "") + pieces[position]
    return kept, found
