"""What a reader has to report: lines it could not place, and what a record lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .document import Block
from .problems import Problem
from .session import SessionRecord

# Lines are reported one by one up to this number; of the others only how many they are.
_MOST_BESIDE = 5
_MOST_LINES = 200


def unplaced(lines: Sequence[Block]) -> Iterator[Problem]:
    """Report lines that belong to no part of a record."""
    for block in lines[:_MOST_LINES]:
        yield Problem(
            "unplaced-line",
            "This line belongs to no part of the record that is known, and was left out. Put it under a"
            " label such as Objective: or Links shared:, or take it out.",
            place=block.place,
        )
    if len(lines) > _MOST_LINES:
        yield Problem(
            "unplaced-lines",
            f"{len(lines) - _MOST_LINES} more lines, from here on, belong to no part of the record that is"
            " known, and were left out. Put them under labels such as Objective: or Chat:, or take them"
            " out.",
            place=lines[_MOST_LINES].place,
        )


def person_link(block: Block) -> Problem:
    """Report a web address that stands with a person, for whose page a record has no field."""
    return Problem(
        "person-link-left-out",
        "A web address stands with a person here, and was left out: nobody can tell whether that page is for the"
        " public. If it is, put it under a label such as Links shared:, or Presentation: for slides.",
        place=block.place,
        field="people",
    )


def overlong(lines: Sequence[Block]) -> Iterator[Problem]:
    """Report lines that were not read because no person writes such lines."""
    for block in lines[:_MOST_LINES]:
        yield Problem(
            "line-too-long",
            "This line is longer than a person writes, and was left out. Break it into lines, or take it"
            " out.",
            place=block.place,
        )


def private_messages(where: Sequence[str]) -> Iterator[Problem]:
    """Report that a chat held private messages, which nobody but two people were meant to read."""
    if where:
        yield Problem(
            "private-message-left-out",
            f"Private messages in the chat: {len(where)}. They were left out; nothing needs to be done.",
            place=where[0],
            field="questions",
        )


def access(lines: Sequence[Block]) -> Iterator[Problem]:
    """Report that the record told how to enter the meeting."""
    if lines:
        yield Problem(
            "meeting-access-left-out",
            "The link, number or password of the online meeting was left out: it is nothing for the public."
            " Nothing needs to be done.",
            place=lines[0].place,
        )


def mail(lines: Sequence[Block]) -> Iterator[Problem]:
    """Report that what the record was sent with is no part of it."""
    if lines:
        yield Problem(
            "mail-left-out",
            "What belongs to a mail, such as its sender or signature, was left out: it is nothing for the public."
            " Nothing needs to be done.",
            place=lines[0].place,
        )


def beside(lines: Sequence[Block]) -> Iterator[Problem]:
    """Report that the frame of a web site, with what visitors wrote, is no part of the record."""
    for block in lines[:_MOST_BESIDE]:
        yield Problem(
            "beside-main-content",
            "Menus, buttons, comments of a web site or the caption of a picture were left out here. If this belongs to"
            " the session, write it above the comments, on lines of its own.",
            place=block.place,
        )


def several(place: str) -> Iterator[Problem]:
    """Report that a document names another session, and was read as one all the same."""
    if place:
        yield Problem(
            "several-sessions",
            "The document numbers several sessions and gives several days, but not one below each title, so it was"
            " read as one session. If they are several, write each one's date below its title.",
            place=place,
        )


def loose(places: Iterable[str]) -> Iterator[Problem]:
    """Report what was left out since it stands below several sessions and is of one of them."""
    for place in places:
        yield Problem(
            "below-sessions",
            "Speakers, biographies, a date, a chat, questions or materials stand below several sessions, and nothing"
            " tells whose they are, so they were left out. Put them below the title of their session.",
            place=place,
        )


def missing(record: SessionRecord) -> Iterator[Problem]:
    """Report what a record cannot do without, or should not."""
    dated = record.start is not None or bool(record.date_as_stated)
    if not record.title:
        yield Problem(
            "title-missing",
            "The record has no title. Write it on a line such as: Webinar 1: Title of the session.",
            field="title",
            rejects=True,
        )
    elif not (dated or record.number is not None or record.people or record.series):
        yield Problem(
            "record-unrecognised",
            "Nothing here tells a session record from any other text: no number, date, series or speaker."
            " Give them on lines such as: Webinar 1: Title, and Date: 13 February 2020, 10:30 AM - 12:00"
            " PM.",
            rejects=True,
        )
    if not dated:
        yield Problem(
            "date-missing",
            "The record has no date. Write it on a line such as: Date: 13 February 2020, 10:30 AM - 12:00"
            " PM.",
            field="start",
        )
