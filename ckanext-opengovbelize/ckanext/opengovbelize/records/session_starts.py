"""Where the sessions of a document begin: at numbered titles, at lines with a day, at headings of one level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from . import dates, labels, links, prose, schedule, titled_lines
from .document import Block
from .names import is_name
from .parts import Part
from .titles import is_series, says_nothing
from .words import fold

# Lines in which somebody speaks, or that speak of people: titles and dates in them are no session's.
_OF_OTHERS = frozenset(
    ("chat", "questions", "agenda", "attendees", "staff", "mail", "beside", "access", "biographies")
)
_MAY_DATE = re.compile(
    r"(?:19|20)\d\d|\d[/.-]\d{1,2}[/.-]\d|\b(?:jan|ene|feb|mar|apr|abr|may|jun|jul|aug|ago|sep|oct|nov|dec|dic)",
    re.IGNORECASE,
)
# What heads a day that is no session's.
_OTHER_DAYS = re.compile(
    r"\b(?:deadlines?|(?:how|where|until when) to (?:register|apply)|registration|applications?|published|publication"
    r"|plazos?|fecha l[ií]mite|inscri\w+"
    r"|registr[oa]\w*|publica\w+)\b",
    re.IGNORECASE,
)
# What heads sessions beside the one that a record is of.
_BESIDE_SESSION = re.compile(
    r"\W*(?:(?:the |our |see )?(?:next|upcoming|coming|related|similar|following|previous|earlier|past|other|last)"
    r"\s(?:\w+\s)?(?:sessions?|webinars?|workshops?|events?|modules?|classes)"
    r"|(?:la |el |l[oa]s )?(?:pr[oó]xim|siguiente|anterior|otr|pasad)[oae]?s?\s"
    r"(?:sesi[oó]n|sesiones|webinarios?|seminarios?|taller(?:es)?|eventos?|m[oó]dulos?|clases?)"
    r"|(?:sesi[oó]n|sesiones|webinarios?|seminarios?|taller(?:es)?|eventos?)\s(?:anterior|siguiente|pasad[oa]|relacionad[oa])(?:e?s)?)\W*",
    re.IGNORECASE,
)
# What is held by itself, be there others on one day.
_OF_ITSELF = re.compile(
    r"(?:\w+\s){0,3}(?:webinars?|webinarios?|web seminar|seminario web|workshop|taller)\b", re.IGNORECASE
)
BOLD_LEVEL = 7
# How far below its heading a session gives its date.
_NEAR = 8


@dataclass(frozen=True)
class Start:
    """Where a session begins, the number of its title, and the lines in place of the covered ones."""

    position: int
    number: int | None
    lines: tuple[Block, ...]
    covered: int = 1


def heads_others(block: Block) -> bool:
    """Tell a heading below which a page tells of other sessions than its own: "Related events"."""
    return block.kind == "heading" and _BESIDE_SESSION.fullmatch(block.text) is not None


def _gives_day(block: Block) -> bool:
    """Tell a line with a date; one without its year only where the line is there to give it."""
    if not _MAY_DATE.search(block.text):
        return False
    if dates.has_full_date(block.text):
        return True
    if not dates.has_no_year(block.text):
        return False
    label = labels.match(block)
    return (label is not None and label.name in ("date", "start")) or schedule.is_date_line(block.text)


def _is_date(block: Block) -> bool:
    """Tell a line that is there to give a day from a sentence that mentions one."""
    label = labels.match(block)
    if label is not None and label.name in ("date", "start"):
        return True
    day = block.text[titled_lines.day_begins(block.text) :]
    return dates.begins_with_date(day) and not prose.is_prose(block.text)


@dataclass(frozen=True)
class Document:
    """A document's lines; which of them are its own, which give a day, and ``titles``, by identity; its ``parts``.

    ``of`` makes one.
    """

    lines: Sequence[Block]
    own: Sequence[bool]
    dated: Sequence[bool]
    titles: set[int]
    parts: Sequence[Part]

    @classmethod
    def of(cls, lines: Sequence[Block], parts: Sequence[Part]) -> Document:
        """Return the document of some lines, and the ``parts`` into which they are divided."""
        of_others = {id(block) for part in parts if part.name in _OF_OTHERS for block in part.lines}
        own = [id(block) not in of_others for block in lines]
        dated = [mine and _gives_day(block) for mine, block in zip(own, lines, strict=True)]
        titles = {id(part.opener) for part in parts if part.heading and part.opener}
        return cls(lines, own, dated, titles, parts)

    # Where sessions begin

    def starts(self) -> Iterator[list[Start]]:
        """Yield where the sessions may begin, by one kind of sign after the other."""
        yield self.numbered
        yield self.listed()
        yield self.headed()

    @cached_property
    def numbered(self) -> list[Start]:
        """Numbered titles with what belongs to each below it, or behind it in one paragraph."""
        starts: list[Start] = []
        for position, block in enumerate(self.lines):
            if not self.own[position]:
                continue
            if found := self._titled(block) or (self.dated[position] and titled_lines.run_in(block)):
                starts.append(Start(position, found.number, found.lines))
        return self._below_dates(self._once(self._of_record(starts)))

    def _of_record(self, starts: list[Start]) -> list[Start]:
        """Leave out the sessions that stand below "Next sessions" in the record of one."""
        beside = [
            position
            for position, block in enumerate(self.lines)
            if self.own[position] and _BESIDE_SESSION.fullmatch(block.text)
        ]
        before = [start for start in starts if beside and start.position < beside[0]]
        return before if len(before) == 1 else starts

    def _is_of_one(self, position: int) -> bool:
        """Tell whether the numbered title of a session stands over some lines, so that they are of that one."""
        return any(
            mine and self._titled(block)
            for mine, block in zip(self.own[:position], self.lines[:position], strict=True)
        )

    def listed(self) -> list[Start]:
        """Lines that hold a numbered title and a date, and nothing else about any session."""
        found = [
            (position, titled)
            for position, block in enumerate(self.lines)
            if self.dated[position] and (titled := titled_lines.with_date(block))
        ]
        if not found or any(self.dated[: found[0][0]]) or self._is_of_one(found[0][0]):
            return []
        return [Start(position, titled.number, titled.lines) for position, titled in found]

    def headed(self) -> list[Start]:
        """Headings of one level without numbers, each with a date right below it."""
        levels = [level_of(block) if mine else 0 for block, mine in zip(self.lines, self.own, strict=True)]
        for level in sorted(set(levels) - {0}):
            starts = [
                Start(position, None, (replace(block, term="Title"),))
                for position, block in enumerate(self.lines)
                if levels[position] == level and _may_be_title(block)
            ]
            near = [self._has_date(start.position + 1, start.position + 1 + _NEAR) for start in starts]
            if len(starts) > 1 and all(near) and not any(self.dated[: starts[0].position]):
                return [] if self._is_of_one(starts[0].position) else starts
        return []

    def of_one_day(self) -> list[Start]:
        """Numbered titles of webinars, each with a time of its own, below the one day that the document gives.

        "Session 1" of a day is a part of its agenda; a webinar is one by itself.
        """
        starts = self.numbered
        if len(starts) < 2 or self.dated.index(True) > starts[0].position:
            return []
        if not all(_OF_ITSELF.match(self.lines[start.position].text) for start in starts):
            return []
        times = [self._time(start.position + 1) for start in starts]
        return starts if all(times) and len(set(times)) == len(times) else []

    def _time(self, begin: int) -> str:
        """Return the first of a few lines that is there to give a time of day."""
        for block in self.lines[begin : begin + _NEAR]:
            label = labels.match(block)
            if dates.is_time(label.rest.text if label and label.name in schedule.WHEN else block.text):
                return fold(block.text)
        return ""

    def _has_date(self, begin: int, end: int) -> bool:
        """Tell whether some of the lines are there to give a day."""
        return any(
            is_dated and _is_date(block)
            for block, is_dated in zip(self.lines[begin:end], self.dated[begin:end], strict=True)
        )

    def _titled(self, block: Block) -> titled_lines.Titled | None:
        """Read a line that is the numbered title of a session, as the parts of the document or its type show."""
        marked = (block.bold or block.kind == "heading") and not links.addresses(block)
        if id(block) not in self.titles and not marked:
            return None
        heading = titled_lines.numbered(block.text)
        if heading is None or titled_lines.with_date(block):
            return None
        title = replace(block, term=block.term or "Title")
        return titled_lines.Titled(heading.number, (*titled_lines.hidden_links(block), title))

    def _once(self, starts: Sequence[Start]) -> list[Start]:
        """Leave out titles that repeat a number, and give no day that is another than that session's."""
        kept: list[Start] = []
        days_of: dict[int | None, set[date | str]] = {}
        ends = self.ends(starts)
        for start, end in zip(starts, ends, strict=True):
            days = self.days(start.position, end)
            another = days and not days & days_of.get(start.number, set())
            if start.number not in days_of or (another and self._gives_date(start, end)):
                kept.append(start)
                days_of[start.number] = days
        return kept

    def _gives_date(self, start: Start, end: int) -> bool:
        """Tell whether a session gives its day in a line of its own, or in the paragraph of its title."""
        return start.lines[-1].term != "Title" or self._has_date(start.position, end)

    def _below_dates(self, starts: list[Start]) -> list[Start]:
        """Begin each session at the date that stands above its title, where each has one there."""
        above = [start.position - 1 for start in starts]
        if all(
            position >= 0 and self.dated[position] and schedule.is_date_line(self.lines[position].text)
            for position in above
        ):
            return [
                Start(start.position - 1, start.number, (self.lines[start.position - 1], *start.lines), 2)
                for start in starts
            ]
        return starts

    # What stands between them

    def ends(self, starts: Sequence[Start]) -> list[int]:
        """Return where each session ends: where the next begins, or the document ends."""
        return [start.position for start in starts[1:]] + [len(self.lines)][: len(starts)]

    def days(self, begin: int, end: int) -> set[date | str]:
        """Return the days that some lines give; one that can be read in two ways as it is written."""
        return {
            dates.day_in(block.text) or fold(block.text)
            for block, is_dated in zip(self.lines[begin:end], self.dated[begin:end], strict=True)
            if is_dated
        }


def level_of(block: Block) -> int:
    """Return the level of a heading; bold lines stand below all others; 0 for what is none."""
    if block.kind == "heading":
        return block.level
    return BOLD_LEVEL if block.bold and block.starts and block.kind != "item" else 0


def _may_be_title(block: Block) -> bool:
    return (
        3 <= len(block.text) <= titled_lines.LONGEST
        and labels.match(block) is None
        and not (says_nothing(block.text) or is_series(block.text) or is_name(block.text))
        and not (
            dates.has_date(block.text) or _OTHER_DAYS.search(block.text) or schedule.DAY.match(block.text)
        )
        and titled_lines.numbered(block.text) is None
    )
