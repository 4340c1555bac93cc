"""Documents for people, whatever their format: one session, several, or a table of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .. import transcripts
from ..document import Block, Document
from ..problems import Problem
from ..recogniser import recognise
from ..session import SessionRecord, take_along
from ..sessions.programme import programme
from .captions import of_transcript
from .content import Content, too_long, unreadable


def of_document(read: Callable[[bytes, str], Document]) -> Callable[[Content], list[SessionRecord]]:
    """Return the ``read`` of a format that is a document for people, in which sessions have to be found."""

    def records(content: Content) -> list[SessionRecord]:
        document = read(content.data, content.content_type)
        if any(problem.rejects for problem in document.problems) and not document.blocks:
            return [unreadable(content, *document.problems)]
        if problem := too_long(content, sum(map(_length, document.blocks))):
            return [unreadable(content, problem)]
        if told := transcripts.read(document.blocks):
            return [of_transcript(told, content.file)]
        return _with_transcript(document, content.file) or sessions(document, content.file)

    return records


def _length(block: Block) -> int:
    return len(block.text) + sum(_length(inner) for cell in block.cells for inner in cell)


def _with_transcript(document: Document, file: str) -> list[SessionRecord]:
    """Return the session of a document that holds its transcript, too; nothing where it does not, or holds several."""
    parted = transcripts.within(document.blocks)
    if parted is None:
        return []
    rest, told = parted
    found = sessions(replace(document, blocks=rest), file)
    if len(found) != 1:
        return []
    take_along(found[0], of_transcript(told, file))
    return found


def sessions(document: Document, file: str) -> list[SessionRecord]:
    """Return the sessions that a document tells of.

    A table of several sessions holds them all, unless the document is of one session by itself.
    """
    found = programme(document)
    if found is None:
        return recognise(document, file)
    beside = recognise(found.rest, file)
    if len(beside) > 1 or beside[0].start or beside[0].date_as_stated:
        place = found.tables[0].sheet.label
        message = (
            "This table lists several sessions, and the document is of one already, so the table was left out. Send it"
            " as a file of its own if its sessions are to be published."
        )
        beside[0].problems.append(Problem("table-left-out", message, place=place))
        return beside
    return found.sessions(file, beside[0])
