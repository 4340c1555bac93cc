"""Chats and captions beside the record of their session, before anything of them is screened."""

from __future__ import annotations

from .. import config
from ..catalogue import webinars
from ..catalogue.ledger import Source
from ..privacy.policy import Policy
from ..records.problems import Problem
from ..records.reading import read
from ..records.session import SessionRecord
from ..sources import Found
from . import labels


def parts(found: Found, policy: Policy) -> list[SessionRecord]:
    """Return the chats and captions that lie beside a record."""
    return [
        part
        for companion in found.companions
        for part in read(
            companion.data,
            file=labels.screened(companion.label, policy),
            most_characters=config.max_record_characters(),
        )
    ]


def say_session(record: SessionRecord, source: Source, session: int | None) -> None:
    """Say of what only adds to a session which one that is: its title does, or the configuration.

    Args:
        record: a chat, captions or a video.
        source: where it comes from.
        session: the number that the configuration gives.
    """
    record.number = record.number or session
    numbered = record.number is not None and bool(record.series or source.series)
    if not numbered and not record.title:
        message = (
            "It is not known to which session this belongs. Put a chat or captions beside the session's record, "
            "with the same beginning of its name, or give series and session: in the configuration of a source, or "
            "in the form of an upload."
        )
        problem = Problem(
            "session-unknown", message, place=record.place, field="session_number", rejects=True
        )
        record.problems.append(problem.in_file(record.file))
    elif numbered and source.series and record.number is not None:
        record.people = webinars.public_people(source.organization_id, source.series, record.number)


def left_out(part: SessionRecord) -> Problem:
    """Say of a chat or captions beside a file of several sessions that nobody knows whose they are."""
    return Problem(
        "companion-left-out",
        "The file beside which this lies tells of several sessions, or of none, so nothing tells to which one it "
        "belongs, and it was left out. Put the session's record into a file of its own beside it, or make this a "
        "source by itself, with series and session in its configuration.",
        file=part.file,
    )
