"""Documents that tell of several sessions: the programme of a series, a page about all of its webinars.

A document is of one session unless it shows otherwise: by numbered titles, or by headings of one level, each with
a date of its own. What stands before the first session belongs to all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from . import labels, titled_lines
from .dividing import divide
from .document import Block
from .parts import Part
from .session_starts import BOLD_LEVEL, Document, Start, level_of
from .titles import begin_of_numbered, is_series

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


def part(lines: Sequence[Block], parts: Sequence[Part]) -> Told:
    """Part the lines of a document by the sessions that it tells of.

    Args:
        lines: the lines of the document.
        parts: the same, as ``dividing.divide`` divides them.
    """
    document = Document.of(lines, parts)
    if not any(document.dated):
        return Told([Session(list(lines))])
    if sum(document.dated) == 1:
        starts = document.of_one_day()
        pieces = _pieces(document, starts, one_day=True)
        return _with_last_lines(document, starts, pieces) if pieces else Told([Session(list(lines))])
    for starts in document.starts():
        if pieces := _pieces(document, starts):
            return _with_last_lines(document, starts, pieces)
    several = len({start.number for start in document.numbered}) > 1
    return Told([Session(list(lines))], lines[document.numbered[1].position].place if several else "")


def _with_last_lines(document: Document, starts: Sequence[Start], pieces: Sequence[Session]) -> Told:
    """Give every session what stands below the last one, or the one that it names, or leave it out and tell."""
    end = min(_end_of_last(document, starts), _end_of_own(document, starts))
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


def _end_of_own(document: Document, starts: Sequence[Start]) -> int:
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
    return block.level if block.kind == "heading" else BOLD_LEVEL


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


def _pieces(document: Document, starts: Sequence[Start], *, one_day: bool = False) -> list[Session]:
    """Return the lines of each session; nothing where they do not show that there are several."""
    if len(starts) < 2:
        return []
    ends = document.ends(starts)
    days = [document.days(start.position, end) for start, end in zip(starts, ends, strict=True)]
    if not one_day and (not all(days) or len(set().union(*days)) < 2):
        return []
    repeats = _repeats(starts)
    heads = [_head(document, start.position) for start in starts]
    common = list(document.lines[: starts[0].position])
    found: list[Session] = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if repeats[number]:
            # Another series begins: what stands over its first session is said of it.
            common = [*document.lines[: heads[0]], *document.lines[heads[number] : start.position]]
        begin = start.position + start.covered
        until = heads[number + 1] if repeats[number + 1] else end
        own = [*start.lines, *document.lines[begin:until]]
        found.append(
            Session(
                [*(common[:_MOST_COMMON] if found else common), *own], document.lines[start.position].place
            )
        )
    return found


def _end_of_last(document: Document, starts: Sequence[Start]) -> int:
    """Return where the last session ends: at a heading over all, if such headings stand within none."""
    first, last = starts[0].position, starts[-1].position
    level = level_of(document.lines[last]) or BOLD_LEVEL + 1
    over = [
        at for at, block in enumerate(document.lines) if block.kind == "heading" and 0 < block.level < level
    ]
    heads = {at for start in starts for at in range(_head(document, start.position), start.position)}
    within = any(first < at < last and at not in heads for at in over)
    return next((at for at in over if at > last and not within), len(document.lines))


def _head(document: Document, position: int) -> int:
    """Return where the lines begin that stand over a session's title and say whose series it is."""
    while position and document.own[position - 1] and _says_series(document.lines[position - 1]):
        position -= 1
    return position


def _repeats(starts: Sequence[Start]) -> list[bool]:
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


def _says_series(block: Block) -> bool:
    """Tell a heading, or a line that says for whom a series is, from what belongs to the session above."""
    found = labels.match(block)
    if found:
        return found.name in ("audience", "series", "organisers")
    return block.kind == "heading" or block.bold or is_series(block.text)
