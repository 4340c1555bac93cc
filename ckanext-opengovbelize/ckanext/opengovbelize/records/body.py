"""Lines that no label covers: whom they present, what they name, and which of them is the title."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from . import clock, dates, labels, people, presenting, prose, values
from .document import Block
from .names import is_name, key, split_line
from .positions import says_position
from .session import SessionRecord
from .titles import clean_title, is_series, of_series, says_nothing
from .words import fold

_PROGRAM = re.compile(r"\b(?:program(?:me)?|programa)\b", re.IGNORECASE)
_SERIES = re.compile(r"\b(?:series|serie|ciclo)\b", re.IGNORECASE)
_FOR_WHOM = re.compile(r"(?:for|para|aimed at|intended for|addressed to|dirigid[oa]s? a)\b", re.IGNORECASE)
_QUOTES = frozenset('"“”«»')
# 'the third webinar of the River Series, "How books are opened"'
_QUOTED = re.compile(r"[\"“«](?P<title>[^\"”»]{5,150})[\"”»]")
_SESSION_BEFORE = re.compile(
    r"\b(?:webinar|workshop|session|seminar|talk|webinario|seminario|taller|sesi[oó]n|charla|conversatorio)\b[^.]{0,160}$",
    re.IGNORECASE,
)
_SERIES_BEFORE = re.compile(r"\b(?:series|serie|ciclo|program(?:me|a)?)\b[^,\"“«]{0,20}$", re.IGNORECASE)
_LONGEST_TITLE = 200
_MOST_WORDS_OF_A_NAME = 14
_MOST_TOPICS_OF_A_TITLE = 3
_MOST_LINES_OF_A_PERSON = 5


def presented(
    lines: Sequence[Block], position: int, paragraph: Sequence[Block], names: Collection[str]
) -> list[Block]:
    """Return the lines that present a speaker without a label, from a position on; nothing if those there do not.

    Args:
        lines: the lines that no label covers.
        position: where the paragraph begins among them.
        paragraph: the paragraph.
        names: names known from elsewhere in the record, as ``names.key`` gives them.
    """
    first = paragraph[0]
    if says_nothing(first.text):
        return []
    if first.quoted:
        # Whom somebody quotes, or who says what they thought of it, is presented by nobody.
        return []
    known = key(first.text) in names
    if people.is_block(paragraph) or (known and 1 < len(paragraph) <= _MOST_LINES_OF_A_PERSON):
        return list(paragraph)
    if known or (len(paragraph) == 1 and is_name(first.text) and _says_position(lines, position + 1)):
        # Each line is a paragraph of its own: up to three short ones after the name belong to it.
        found = [first]
        for line in lines[position + 1 : position + 4]:
            if not _is_detail(line) or key(line.text) in names or is_name(line.text):
                break
            found.append(replace(line, starts=False))
        return found
    name, rest = split_line(first.text)
    bold = first.bold_start.strip(" :,–—-")
    names_one = key(name) in names or (name and is_name(bold))
    return list(paragraph) if rest and len(paragraph) == 1 and names_one else []


def _says_position(lines: Sequence[Block], position: int) -> bool:
    """Tell whether a line says what a person does, or for whom."""
    below = lines[position : position + 1]
    return bool(below) and _is_detail(below[0]) and says_position(below[0].text)


def introduces(number: int, paragraph: Sequence[Block]) -> bool:
    """Tell whether a line is of a paragraph that introduces the session.

    A value under a label that nobody knows introduces nothing, nor does a line that presents somebody.
    """
    block = paragraph[number]
    presents = number == 0 and presenting.presents_somebody(block.text)
    told = not block.term and not (presents or _is_agenda(paragraph))
    return told and prose.is_prose(" ".join(line.text for line in paragraph))


def names_program(text: str, record: SessionRecord) -> bool:
    """Read a line that names series or program, or is nothing but a status; return whether it does."""
    plain = text.strip(" .,:;")
    if plain[:1] in _QUOTES and plain[-1:] in _QUOTES:
        plain = plain[1:-1]
    words = len(plain.split())
    if prose.is_prose(text) or len(plain) > _LONGEST_TITLE:
        return False
    number, series = of_series(plain)
    if series:
        # A headline that names the series among other things.
        record.number = record.number or number
        record.series = record.series or series
        return fold(series) == fold(plain)
    for_whom = _FOR_WHOM.match(plain) and not (text.endswith(".") or says_nothing(plain))
    if not record.series and (for_whom or (_SERIES.search(plain) and words <= _MOST_WORDS_OF_A_NAME)):
        record.series = plain
    elif not record.program and _PROGRAM.search(plain) and words <= _MOST_WORDS_OF_A_NAME:
        record.program = plain
    elif words <= 3 and (status := values.status_of(plain)):
        record.status = record.status or status
    else:
        return False
    return True


def read_announcement(sentence: str, record: SessionRecord) -> None:
    """Read what the sentence that announces a session says of it beside its date: number, series, title in quotes."""
    number, series = of_series(sentence)
    record.number = record.number or number
    record.series = record.series or series
    for quoted in _QUOTED.finditer(sentence) if not record.title else ():
        before = sentence[max(0, quoted.start() - _LONGEST_TITLE) : quoted.start()]
        of_series_itself = _SERIES_BEFORE.search(before) or is_series(quoted["title"])
        if _SESSION_BEFORE.search(before) and not of_series_itself:
            record.title = values.take_status(clean_title(quoted["title"]), record)
            return


def take_title(candidates: Sequence[Block], page_title: str, record: SessionRecord) -> list[Block]:
    """Find the title where no numbered or labelled one was; return the lines that say nothing of the record.

    Args:
        candidates: the lines that nothing else claims.
        page_title: what the page calls itself, for want of better.
        record: the record, which is given its title.
    """
    usable = [
        block
        for block in candidates
        if 3 <= len(block.text) <= _LONGEST_TITLE
        and not block.text.endswith((":", "@"))
        and not says_nothing(block.text)
        and not block.quoted
    ]
    left = list(candidates)
    if not record.title and usable:
        headings = [block for block in usable if block.kind == "heading"]
        marked = headings or [block for block in usable if block.bold]
        if marked or not record.topics:
            best = (marked or usable)[0]
            record.title = values.take_status(clean_title(best.text), record)
            left.remove(best)
    if not record.title and 0 < len(record.topics) <= _MOST_TOPICS_OF_A_TITLE:
        # "Topic: How plans are made": what it was about is what it was called.
        record.title = values.take_status(clean_title(", ".join(record.topics)), record)
        record.topics = []
    if not record.title and page_title:
        record.title = values.take_status(clean_title(page_title), record)
    said = {fold(record.title), fold(record.series), fold(record.program)}
    return [block for block in left if fold(block.text) not in said]


def _is_agenda(paragraph: Sequence[Block]) -> bool:
    """Tell lines of which most begin with a time of day: who does what when introduces nothing."""
    timed = sum(clock.begins(block.text) for block in paragraph)
    return timed > 1 and timed * 2 > len(paragraph)


def _is_detail(block: Block) -> bool:
    """Tell whether a line may be the position or affiliation of the name above."""
    text = block.text.rstrip()
    if block.kind == "heading" or block.links or not 0 < len(text) <= presenting.LONGEST_DETAIL:
        return False
    return (
        not text.endswith((".", ":", "!", "?")) and not dates.has_date(text) and labels.match(block) is None
    )
