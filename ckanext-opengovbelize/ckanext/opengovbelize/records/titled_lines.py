"""Lines that hold the numbered title of a session, and more about it: its date, its links, what was done in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from . import dates, links, prose
from .document import Block, Run
from .titles import begin_of_numbered, heading_of

# A longer line is no title, be there a date in it or not.
LONGEST = 300
_BEFORE_DATE = re.compile(
    r"(?:[\s,;:|(\[–—-]|\b(?:held|recorded|on|date|fecha|el|realizad[oa]|grabad[oa]|celebrad[oa])\b)+$",
    re.IGNORECASE,
)
# What stands before the date of a session that is over: it is no part of where it was.
_TOOK_PLACE = re.compile(
    r"(?:recorded|held|took place|grabad[oa]|realizad[oa]|celebrad[oa])\s*(?:on|el)?[\s:,]+", re.IGNORECASE
)


@dataclass(frozen=True)
class Numbered:
    """The number that a title bears, and the title."""

    number: int
    title: str


@dataclass(frozen=True)
class Titled:
    """The number of a session, and the lines that stand for the one that held it: its title and what else it said."""

    number: int
    lines: tuple[Block, ...]


def numbered(text: str) -> Numbered | None:
    """Read the numbered title of a session; None for other lines."""
    heading = heading_of(text)
    return Numbered(heading.number, heading.title) if heading and heading.number is not None else None


def day_begins(text: str) -> int:
    """Return where a line goes on behind words such as "Recorded on", with its day if it gives one."""
    lead = _TOOK_PLACE.match(text)
    return lead.end() if lead else 0


def with_date(block: Block) -> Titled | None:
    """Read "Webinar 1: How plans are made (7 March 2024, 10:00)", or the same with the date in front."""
    text = block.text
    if len(text) > LONGEST:
        return None
    title = begin_of_numbered(text)
    day = dates.begin_of_date(text)
    if title is None or day is None:
        return None
    first, second = (text[:day], text[day:]) if title < day else (text[title:], text[:title])
    heading = numbered(_BEFORE_DATE.sub("", first))
    if heading is None or not heading.title:
        return None
    said = Block("line", (Run(_BEFORE_DATE.sub("", first)),), block.place, term="Title")
    when = Block("line", (Run(second.strip(" ,;:|()[]–—-")),), block.place)
    return Titled(heading.number, (*hidden_links(block), said, when))


def run_in(block: Block) -> Titled | None:
    """Read a paragraph that begins with the numbered title and goes on about the session, its date included."""
    if block.kind in ("item", "row"):
        return None
    linked = block.runs[0].text.strip() if block.runs and block.runs[0].href else ""
    first = next(iter(prose.sentences(block.text)), "")
    head = next(
        (text for text in (block.bold_start, linked, first) if text and block.text.startswith(text)), ""
    )
    heading = numbered(head)
    if heading is None or not heading.title or dates.has_full_date(head):
        return None
    title = replace(block.until(len(head)), kind="line", starts=True, term="Title")
    rest = replace(block.after(len(head)), kind="paragraph", starts=True)
    return Titled(heading.number, (*hidden_links(title), title, *_told(rest)))


def hidden_links(title: Block) -> Iterator[Block]:
    """Yield the links of a title, as the links that they are."""
    for text, url in title.links:
        if links.web_address(url):
            yield Block("line", (Run(text, href=url),), title.place, term="Links")


def _told(rest: Block) -> Iterator[Block]:
    """Yield a paragraph with the sentences that give a day apart."""
    begin = 0
    for sentence in prose.sentences(rest.text):
        if dates.has_full_date(sentence) and (at := rest.text.find(sentence, begin)) >= 0:
            if rest.text[begin:at].strip():
                yield replace(rest.until(at).after(begin), term="Introduction")
            when = rest.until(at + len(sentence)).after(at + day_begins(sentence))
            # A sentence that only mentions a day is prose.
            yield replace(when, term="Date" if dates.begins_with_date(when.text) else "Introduction")
            begin = at + len(sentence)
    if rest.text[begin:].strip():
        yield replace(rest.after(begin), term="Introduction")
