"""Documents that tell of several sessions: the programme of a series, a page about all of its webinars.

A document is of one session unless it shows otherwise: by numbered titles, or by headings of one level, each with
a date of its own. What stands before the first session belongs to all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

from . import dates, labels, links, prose, schedule, titled_lines
from .document import Block
from .names import is_name
from .parts import Part, divide
from .titles import begin_of_numbered, is_series, says_nothing
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
# What stands below all sessions, and is of one of them.
_OF_ONE = frozenset(
    ["chat", "questions", "biographies", "speaker", "materials", "presentation", "video", "captions", "transcript",
     "date", "start"]
)  # fmt: skip
# What is of the last session only where others have theirs, or its form says so; else it may be of any.
_GROUPS = (
    frozenset(("chat",)),
    frozenset(("questions",)),
    frozenset(("materials", "presentation", "video", "captions", "transcript")),
)
# So many lines that belong to all are read for each session: of thousands, hundreds of sessions would take minutes.
_MOST_COMMON = 100
_BOLD_LEVEL = 7
# How far below its heading a session gives its date.
_NEAR = 8


@dataclass(frozen=True)
class _Start:
    """Where a session begins, the number of its title, and the lines in place of the covered ones."""

    position: int
    number: int | None
    lines: tuple[Block, ...]
    covered: int = 1


@dataclass(frozen=True)
class Session:
    """The lines of one session, with those that belong to all, and where its own begin."""

    lines: list[Block]
    place: str = ""


@dataclass(frozen=True)
class Told:
    """The sessions of a document.

    ``unclear`` is where another session seems to begin in a document that could not be parted, or empty; ``loose``
    is where something was left out that stands below all sessions and is of one of them, nobody knows which.
    """

    sessions: list[Session]
    unclear: str = ""
    loose: tuple[str, ...] = ()


def heads_others(block: Block) -> bool:
    """Tell a heading below which a page tells of other sessions than its own: "Related events"."""
    return block.kind == "heading" and _BESIDE_SESSION.fullmatch(block.text) is not None


def part(lines: Sequence[Block], parts: Sequence[Part]) -> Told:
    """Part the lines of a document by the sessions that it tells of.

    Args:
        lines: the lines of the document.
        parts: the same, as ``parts.divide`` divides them.
    """
    of_others = {id(block) for part in parts if part.name in _OF_OTHERS for block in part.lines}
    own = [id(block) not in of_others for block in lines]
    dated = [mine and _gives_day(block) for mine, block in zip(own, lines, strict=True)]
    if not any(dated):
        return Told([Session(list(lines))])
    titles = {id(part.opener) for part in parts if part.heading and part.opener}
    document = _Document(lines, own, dated, titles, parts)
    if sum(dated) == 1:
        starts = document.of_one_day()
        pieces = document.pieces(starts, one_day=True)
        return _with_last_lines(document, starts, pieces) if pieces else Told([Session(list(lines))])
    for starts in document.starts():
        if pieces := document.pieces(starts):
            return _with_last_lines(document, starts, pieces)
    several = len({start.number for start in document.numbered}) > 1
    return Told([Session(list(lines))], lines[document.numbered[1].position].place if several else "")


def _with_last_lines(document: _Document, starts: Sequence[_Start], pieces: Sequence[Session]) -> Told:
    """Give every session what stands below the last one, or the one that it names, or leave it out and tell."""
    end = min(document.end_of_last(starts), _end_of_own(document, starts))
    loose: list[str] = []
    kept: list[Block] = []
    named: dict[int, list[Block]] = {}
    for section in _sections(document.lines[end:]):
        if all(part.name not in _OF_ONE for part in divide(section)[0]):
            kept += section
        elif (number := _number_in(section[0].text)) and [start.number for start in starts].count(
            number
        ) == 1:
            named.setdefault(number, []).extend(section)
        else:
            loose.append(section[0].place)
    below = len(document.lines) - end
    *others, last = pieces
    own = [*others, replace(last, lines=last.lines[: len(last.lines) - below])]
    return Told(
        [
            replace(
                piece,
                lines=[
                    *piece.lines,
                    *(kept[:_MOST_COMMON] if at else kept),
                    *named.get(start.number or 0, []),
                ],
            )
            for at, (piece, start) in enumerate(zip(own, starts, strict=True))
        ],
        loose=tuple(loose),
    )


def _end_of_own(document: _Document, starts: Sequence[_Start]) -> int:
    """Return where a chat, questions or materials begin below the last session that may be of any of them.

    They are of the last one where an earlier session has some, too, or where its title is a heading over theirs.
    """
    lines = document.lines
    first, last = starts[0].position, starts[-1]
    at_place = {block.place: at for at, block in enumerate(lines)}
    groups: dict[frozenset[str], list[int]] = {}
    for part in document.parts:
        group = next((group for group in _GROUPS if part.name in group), None)
        if group and (at := at_place.get(part.place, -1)) > first:
            groups.setdefault(group, []).append(at)
    title = _rank(last.lines[-1])
    return min(
        (
            found[0]
            for found in groups.values()
            if found[0] > last.position and _stands_alone(lines[found[0]]) and _rank(lines[found[0]]) <= title
        ),
        default=len(lines),
    )


def _rank(block: Block) -> int:
    return block.level if block.kind == "heading" else _BOLD_LEVEL


def _stands_alone(block: Block) -> bool:
    """Tell a label with a paragraph of its own, or a chat without one, from a session's field: "Video: https://..."."""
    label = labels.match(block)
    return block.starts and not block.term and not (label and label.rest.text)


def _number_in(text: str) -> int | None:
    """Return the number of the session that a heading names: "Chat of Webinar 2"."""
    at = begin_of_numbered(text)
    found = titled_lines.numbered(text[at:]) if at is not None else None
    return found.number if found else None


def _sections(lines: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """Yield lines by their highest headings, or by their labels, of which the first is one."""
    if lines and lines[0].kind == "heading":
        level = min(block.level for block in lines if block.kind == "heading")
        begins = [at for at, block in enumerate(lines) if block.kind == "heading" and block.level == level]
    else:
        opened = {part.place for part in divide(lines)[0] if part.place}
        begins = [at for at, block in enumerate(lines) if at == 0 or block.place in opened]
    for begin, end in pairwise([*begins, len(lines)][: len(begins) + 1 if lines else 0]):
        yield lines[begin:end]


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
class _Document:
    """A document's lines; which of them are its own, which give a day, and ``titles``, by identity; its ``parts``."""

    lines: Sequence[Block]
    own: Sequence[bool]
    dated: Sequence[bool]
    titles: set[int]
    parts: Sequence[Part]

    # Where sessions begin

    def starts(self) -> Iterator[list[_Start]]:
        """Yield where the sessions may begin, by one kind of sign after the other."""
        yield self.numbered
        yield self.listed()
        yield self.headed()

    @cached_property
    def numbered(self) -> list[_Start]:
        """Numbered titles with what belongs to each below it, or behind it in one paragraph."""
        starts: list[_Start] = []
        for position, block in enumerate(self.lines):
            if not self.own[position]:
                continue
            if found := self._titled(block) or (self.dated[position] and titled_lines.run_in(block)):
                starts.append(_Start(position, found.number, found.lines))
        return self._below_dates(self._once(self._of_record(starts)))

    def _of_record(self, starts: list[_Start]) -> list[_Start]:
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

    def listed(self) -> list[_Start]:
        """Lines that hold a numbered title and a date, and nothing else about any session."""
        found = [
            (position, titled)
            for position, block in enumerate(self.lines)
            if self.dated[position] and (titled := titled_lines.with_date(block))
        ]
        if not found or any(self.dated[: found[0][0]]) or self._is_of_one(found[0][0]):
            return []
        return [_Start(position, titled.number, titled.lines) for position, titled in found]

    def headed(self) -> list[_Start]:
        """Headings of one level without numbers, each with a date right below it."""
        levels = [_level(block) if mine else 0 for block, mine in zip(self.lines, self.own, strict=True)]
        for level in sorted(set(levels) - {0}):
            starts = [
                _Start(position, None, (replace(block, term="Title"),))
                for position, block in enumerate(self.lines)
                if levels[position] == level and _may_be_title(block)
            ]
            near = [self._has_date(start.position + 1, start.position + 1 + _NEAR) for start in starts]
            if len(starts) > 1 and all(near) and not any(self.dated[: starts[0].position]):
                return [] if self._is_of_one(starts[0].position) else starts
        return []

    def of_one_day(self) -> list[_Start]:
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

    def _once(self, starts: Sequence[_Start]) -> list[_Start]:
        """Leave out titles that repeat a number, and give no day that is another than that session's."""
        kept: list[_Start] = []
        days_of: dict[int | None, set[date | str]] = {}
        ends = self._ends(starts)
        for start, end in zip(starts, ends, strict=True):
            days = self._days(start.position, end)
            another = days and not days & days_of.get(start.number, set())
            if start.number not in days_of or (another and self._gives_date(start, end)):
                kept.append(start)
                days_of[start.number] = days
        return kept

    def _gives_date(self, start: _Start, end: int) -> bool:
        """Tell whether a session gives its day in a line of its own, or in the paragraph of its title."""
        return start.lines[-1].term != "Title" or self._has_date(start.position, end)

    def _below_dates(self, starts: list[_Start]) -> list[_Start]:
        """Begin each session at the date that stands above its title, where each has one there."""
        above = [start.position - 1 for start in starts]
        if all(
            position >= 0 and self.dated[position] and schedule.is_date_line(self.lines[position].text)
            for position in above
        ):
            return [
                _Start(start.position - 1, start.number, (self.lines[start.position - 1], *start.lines), 2)
                for start in starts
            ]
        return starts

    # What belongs to each

    def pieces(self, starts: Sequence[_Start], *, one_day: bool = False) -> list[Session]:
        """Return the lines of each session; nothing where they do not show that there are several."""
        if len(starts) < 2:
            return []
        ends = self._ends(starts)
        days = [self._days(start.position, end) for start, end in zip(starts, ends, strict=True)]
        if not one_day and (not all(days) or len(set().union(*days)) < 2):
            return []
        repeats = _repeats(starts)
        heads = [self._head(start.position) for start in starts]
        common = list(self.lines[: starts[0].position])
        found: list[Session] = []
        for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
            if repeats[number]:
                # Another series begins: what stands over its first session is said of it.
                common = [*self.lines[: heads[0]], *self.lines[heads[number] : start.position]]
            begin = start.position + start.covered
            until = heads[number + 1] if repeats[number + 1] else end
            own = [*start.lines, *self.lines[begin:until]]
            found.append(
                Session(
                    [*(common[:_MOST_COMMON] if found else common), *own], self.lines[start.position].place
                )
            )
        return found

    def _ends(self, starts: Sequence[_Start]) -> list[int]:
        return [start.position for start in starts[1:]] + [len(self.lines)][: len(starts)]

    def _days(self, begin: int, end: int) -> set[date | str]:
        """Return the days that some lines give; one that can be read in two ways as it is written."""
        return {
            dates.day_in(block.text) or fold(block.text)
            for block, is_dated in zip(self.lines[begin:end], self.dated[begin:end], strict=True)
            if is_dated
        }

    def end_of_last(self, starts: Sequence[_Start]) -> int:
        """Return where the last session ends: at a heading over all, if such headings stand within none."""
        first, last = starts[0].position, starts[-1].position
        level = _level(self.lines[last]) or _BOLD_LEVEL + 1
        over = [
            at for at, block in enumerate(self.lines) if block.kind == "heading" and 0 < block.level < level
        ]
        heads = {at for start in starts for at in range(self._head(start.position), start.position)}
        within = any(first < at < last and at not in heads for at in over)
        return next((at for at in over if at > last and not within), len(self.lines))

    def _head(self, position: int) -> int:
        """Return where the lines begin that stand over a session's title and say whose series it is."""
        while position and self.own[position - 1] and _says_series(self.lines[position - 1]):
            position -= 1
        return position


def _repeats(starts: Sequence[_Start]) -> list[bool]:
    """Return which sessions have a number that one of the same series above has, and with it begin another series."""
    found: list[bool] = []
    seen: set[int] = set()
    for start in starts:
        found.append(start.number in seen)
        if found[-1]:
            seen.clear()
        if start.number is not None:
            seen.add(start.number)
    return [*found, False]


def _level(block: Block) -> int:
    """Return the level of a heading; bold lines stand below all others; 0 for what is none."""
    if block.kind == "heading":
        return block.level
    return _BOLD_LEVEL if block.bold and block.starts and block.kind != "item" else 0


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


def _says_series(block: Block) -> bool:
    """Tell a heading, or a line that says for whom a series is, from what belongs to the session above."""
    found = labels.match(block)
    if found:
        return found.name in ("audience", "series", "organisers")
    return block.kind == "heading" or block.bold or is_series(block.text)
