"""A session record as read, before the privacy screen.

Everything here may hold private data: it lives in memory, between a reader and the screen, and nowhere else.
It is never stored, logged or put into an error message.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from .problems import Problem

ROLES = ("speaker", "facilitator", "coordinator", "host")


@dataclass
class Person:
    """Somebody whom the record names in a public role.

    ``role`` is one of ``ROLES``; ``country`` an ISO 3166-1 alpha-2 code or empty. ``contact`` says that the record
    calls a coordinator nothing but a contact, which anybody may be: only an address of the program tells.
    """

    role: str
    name: str
    position: str = ""
    affiliation: str = ""
    country: str = ""
    biography: str = ""
    email: str = ""
    place: str = ""
    contact: bool = False


@dataclass
class Link:
    """A web address that the organisers list; ``kind`` is ``shared`` or ``social_media``."""

    kind: str
    url: str
    title: str = ""
    place: str = ""


@dataclass
class Material:
    """A presentation, video, transcript or captions; ``url`` is empty where no address is given."""

    kind: str
    url: str = ""
    title: str = ""
    place: str = ""


@dataclass
class Message:
    """One chat entry to everyone. Private and direct messages, reactions and system events never become one.

    ``reply_to`` holds the start of the message that it answers, where the form of the chat tells.
    ``at`` is the time as the chat states it, or empty.
    """

    number: int
    author: str
    text: str
    place: str = ""
    at: str = ""
    reply_to: str = ""


@dataclass
class Exchange:
    """A question and its answer as minutes hold them; ``asked_by`` and ``answered_by`` are whom they name, or empty.

    ``in_writing`` says that the record calls its answers written ones; else they were given aloud. ``certain`` says
    that the layout tells which words are the answer. ``may_be_topic`` says that ``asked_by`` may be what the question
    is about, and ``aloud`` that the record says no more of the answer than that it was given in the session.
    """

    question: str = ""
    answer: str = ""
    asked_by: str = ""
    answered_by: str = ""
    in_writing: bool = False
    certain: bool = True
    may_be_topic: bool = False
    aloud: bool = False
    place: str = ""


@dataclass
class SessionRecord:
    """What one record says of one webinar, unscreened.

    ``start`` and ``end`` carry their offset; where the source has only prose they are None and
    ``date_as_stated`` holds the prose. ``series`` is the phrase by which the record names its series.
    ``key`` is what tells it from the others of its file, whatever its position there: the identifier of a
    calendar's event, the address in a table's row; empty where the file has none. ``place`` is where in the file
    it stands, or empty for the whole file. ``others`` are the names of people whom the source gives without a public
    role (who is invited to an event, keeps a feed, may be contacted): none is published, and the screen looks for
    them in every text. ``belongs`` is ``chat``, ``captions`` or ``video`` where it is no
    record by itself, but adds to one; ``captions`` is what was said aloud.
    ``stated`` holds, by name, other fields of the schema that a table has a column for.
    ``language`` is ``en`` or ``es``, the language that the record's labels are in. ``places`` tells where a field
    of prose begins.
    """

    file: str
    language: str = "en"
    series: str = ""
    program: str = ""
    project: str = ""
    number: int | None = None
    title: str = ""
    introduction: str = ""
    date_as_stated: str = ""
    start: datetime | None = None
    end: datetime | None = None
    timezone: str = ""
    venue_name: str = ""
    locality: str = ""
    district: str = ""
    mode: str = ""
    status: str = ""
    audience: str = ""
    objective: str = ""
    rationale: str = ""
    certificate_rule: str = ""
    organisers: str = ""
    funders: str = ""
    address: str = ""
    planned_sessions: int | None = None
    invented: bool = False
    belongs: str = ""
    key: str = ""
    place: str = ""
    topics: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    stated: dict[str, Any] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    materials: list[Material] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    captions: list[Message] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def take_along(record: SessionRecord, companion: SessionRecord) -> None:
    """Add to a record the chat, captions or questions that belong to it."""
    for name in ("messages", "captions"):
        own = getattr(record, name)
        own += [
            replace(said, number=len(own) + number) for number, said in enumerate(getattr(companion, name), 1)
        ]
    record.others += companion.others
    record.exchanges += companion.exchanges
    record.problems += companion.problems
