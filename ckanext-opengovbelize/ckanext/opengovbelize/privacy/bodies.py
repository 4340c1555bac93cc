"""People where institutions belong: who organises a session, pays for it or helps has no public role by that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..folding import fold, words
from ..records.problems import Problem
from ..records.session import SessionRecord
from .dictionary import is_ordinary
from .known import Known
from .mentions import named_alone, others_of
from .name_words import family_words, given_words, is_body_or_thing, is_nothing_but_name, is_surely_given
from .policy import MESSAGES

_FIELDS = ("organisers", "funders")
# Not the comma of "SAMPLE, Ana".
_BETWEEN = re.compile(r"(\s*(?:[;&|/\n•]|(?<=\s)[–—-](?=\s)|(?<![A-Z]{4}),(?=\s)|\b(?:and|y|e)\b)\s*)")
_BRACKETS = re.compile(r"\s*\([^()]*\)")


def without_people(record: SessionRecord, known: Known) -> tuple[SessionRecord, Known]:
    """Return a record whose fields for institutions name no person without a public role, and which tells it.

    Args:
        record: as read.
        known: what it says in public roles.

    Returns:
        The record, and what is known of it now.
    """
    fields: dict[str, str] = {}
    names: list[str] = []
    for field in _FIELDS:
        kept, found = _told_apart(getattr(record, field), known)
        if found:
            fields[field] = kept
            names += found
    if not names:
        return record, known
    message = MESSAGES["organiser-unclear"]
    problems = [
        Problem("organiser-unclear", message, place=record.places.get(field, record.place), field=field)
        for field in fields
    ]
    record = replace(
        record, **fields, others=[*record.others, *names], problems=[*record.problems, *problems]
    )
    return record, replace(known, others=others_of(record, known))


def _told_apart(text: str, known: Known) -> tuple[str, list[str]]:
    """Return the institutions of a field, and who stands among them."""
    found: list[str] = []
    for bracket in _BRACKETS.findall(text):
        if names := named_alone(bracket, known):
            found += names
            text = text.replace(bracket, "")
    pieces, kept = _BETWEEN.split(text), ""
    for position in range(len(pieces) - 3, -1, -2):
        if pieces[position + 1].strip() == "," and _is_turned(pieces[position], pieces[position + 2]):
            # "Harbour, Cliff" is one name.
            pieces[position : position + 3] = [f"{pieces[position + 2].strip()} {pieces[position].strip()}"]
    for position in range(0, len(pieces), 2):
        if (names := named_alone(pieces[position], known)) and not _is_first_founder(pieces[position:][:3]):
            found += names
        elif pieces[position].strip():
            kept += (pieces[position - 1] if kept else "") + pieces[position]
    return kept, found


def _is_turned(last: str, first: str) -> bool:
    single = last.strip().isalpha() and first.strip().isalpha()
    return single and fold(last) not in given_words() and is_nothing_but_name(words(f"{first} {last}"))


def _is_first_founder(pieces: Sequence[str]) -> bool:
    """Tell "William" from who organises a session, in "William and Flora Hewlett Foundation"."""
    if len(pieces) < 3:
        return False
    # Without initials.
    first, behind = ([word for word in words(piece) if len(word) > 1] for piece in pieces[::2])
    if len(first) != 1 or len(behind) < 3 or not is_surely_given(first[0]):
        return False
    family = behind[-2] in family_words() or not is_ordinary(behind[-2])
    return family and is_body_or_thing(behind[-1])
