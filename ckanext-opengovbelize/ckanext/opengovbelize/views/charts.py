"""Charts, drawn on the server as SVG: no script, no library, the same on screen and on paper.

A chart is one image with a title and a description; what it shows in detail stands in the table behind it. Places
along the page are in per cent and letters keep their size, so that a chart fits a phone as well as a sheet. What a
colour says, a code of letters and a pattern say too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

# A bar that is narrower, in per cent of the page, has no room for its letters.
ROOM_FOR_LETTERS = 11
ROW = 58
TIME_ROW = 46
TIME_HEAD = 26
# What is left free at both ends of a time line for the half of a mark, in per cent.
MARGIN = 4
# A year closer to today than this, in per cent, has no label: today's stands there.
LABEL_APART = 9
NODE_WIDTH, NODE_HEIGHT = 156, 44
NODE_GAP, COLUMN_GAP = 12, 56
TITLE_LENGTH = 20

_SVG = Markup(
    '<svg class="ogb-chart {class_}" role="img" aria-labelledby="{id}-title {id}-desc" width="100%" {size}>'
    '<title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>{body}</svg>'
)
# One pattern a status besides its colour; "complete" and "not started" are plain, dark and light.
_PATTERNS = Markup(
    "<defs>"
    '<pattern id="{id}-LP" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line y2="8" class="ogb-pattern"/></pattern>'
    '<pattern id="{id}-SP" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<circle cx="4" cy="4" r="1.1" class="ogb-pattern-dot"/></pattern>'
    "</defs>"
)
_PATTERNED = ("LP", "SP")


@dataclass(frozen=True)
class Part:
    """A part of a bar.

    Attributes:
        code: letters that stand for it, a status or ``none``.
        label: its meaning in words.
        letters: what is written on it where there is room.
        count: its size.
    """

    code: str
    label: str
    letters: str
    count: int


@dataclass(frozen=True)
class Mark:
    """A status at a day of a time line.

    Attributes:
        day: the day.
        code: code of the status.
        label: the status in words.
    """

    day: date
    code: str
    label: str


@dataclass(frozen=True)
class Line:
    """A row of a time line.

    Attributes:
        label: what it is.
        start: its first day, or None where it is not known.
        end: its deadline, or None.
        kind: ``milestone`` or ``indicator``.
        marks: statuses along it.
    """

    label: str
    start: date | None
    end: date | None
    kind: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Node:
    """A commitment in a drawing of lineage.

    Attributes:
        id: by which others name it.
        heading: stage and number.
        title: its title.
        stage: code of its stage.
        forerunners: ids of those from which it derives.
        current: whether it is the one that the page is about.
    """

    id: str
    heading: str
    title: str
    stage: str
    forerunners: tuple[str, ...]
    current: bool = False


def stacked(rows: Sequence[tuple[str, Sequence[Part]]], *, id_: str, title: str, description: str) -> Markup:
    """Draw one bar for each row, cut into its parts; all bars are as long as the page is wide."""
    body = Markup("").join(
        Markup('<text class="ogb-chart-label" x="0" y="{y}">{label}</text>{bar}').format(
            y=number * ROW + 15, label=label, bar=_bar(parts, number * ROW + 22, id_)
        )
        for number, (label, parts) in enumerate(rows)
    )
    size = Markup('height="{height}"').format(height=len(rows) * ROW - 4)
    return _svg(id_, title, description, _PATTERNS.format(id=id_) + body, size, "ogb-chart-bars")


def timeline(
    lines: Sequence[Line], *, span: tuple[date, date], today: date, today_label: str, id_: str, title: str,
    description: str,
) -> Markup:  # fmt: skip
    """Draw rows with their days along one time, from ``span``'s first day to its last."""
    first, last = span
    length = max((last - first).days, 1)

    def place(day: date) -> float:
        inside = min(max(day, first), last)
        return round(MARGIN + (100 - 2 * MARGIN) * (inside - first).days / length, 2)

    height = TIME_HEAD + len(lines) * TIME_ROW
    years = [date(year, 1, 1) for year in range(first.year, last.year + 1)]
    shows_today = first <= today <= last
    ticks = Markup("").join(
        Markup(
            '<line class="ogb-tick" x1="{x}%" x2="{x}%" y1="18" y2="{height}"/>'
            '<text class="ogb-tick-label" x="{x}%" y="13" text-anchor="{anchor}">{year}</text>'
        ).format(
            x=place(day),
            height=height,
            anchor="middle",
            year="" if shows_today and abs(place(day) - place(today)) < LABEL_APART else day.year,
        )
        for day in years
        if day >= first
    )
    now = Markup("")
    if shows_today:
        now = Markup(
            '<line class="ogb-today" x1="{x}%" x2="{x}%" y1="18" y2="{height}"/>'
            '<text class="ogb-today-label" x="{x}%" y="13" text-anchor="middle">{label}</text>'
        ).format(x=place(today), height=height, label=today_label)
    rows = Markup("").join(
        _time_row(line, TIME_HEAD + number * TIME_ROW, place, id_) for number, line in enumerate(lines)
    )
    size = Markup('height="{height}"').format(height=height)
    body = _PATTERNS.format(id=id_) + ticks + now + rows
    return _svg(id_, title, description, body, size, "ogb-chart-time")


def lineage(columns: Sequence[Sequence[Node]], *, id_: str, title: str, description: str) -> Markup:
    """Draw commitments column by column, with a line from each to what derives from it."""
    tallest = max((len(column) for column in columns), default=0)
    height = tallest * (NODE_HEIGHT + NODE_GAP) + 8
    width = len(columns) * (NODE_WIDTH + COLUMN_GAP) - COLUMN_GAP + 8
    places: dict[str, tuple[float, float]] = {}
    for number, column in enumerate(columns):
        above = (height - len(column) * (NODE_HEIGHT + NODE_GAP) + NODE_GAP) / 2
        for row, node in enumerate(column):
            places[node.id] = (4 + number * (NODE_WIDTH + COLUMN_GAP), above + row * (NODE_HEIGHT + NODE_GAP))
    nodes = [node for column in columns for node in column]
    lines = Markup("").join(
        _curve(places[id_], places[node.id], node.current)
        for node in nodes
        for id_ in node.forerunners
        if id_ in places
    )
    boxes = Markup("").join(_node(node, *places[node.id]) for node in nodes)
    size = Markup('viewBox="0 0 {width} {height}" style="max-width:{shown}px"').format(
        width=width, height=height, shown=round(width * 1.2)
    )
    return _svg(id_, title, description, lines + boxes, size, "ogb-chart-lineage")


def _svg(id_: str, title: str, description: str, body: Markup, size: Markup, class_: str) -> Markup:
    return _SVG.format(id=id_, title=title, description=description, body=body, size=size, class_=class_)


def _bar(parts: Iterable[Part], y: int, id_: str) -> Markup:
    shown = [part for part in parts if part.count]
    total = sum(part.count for part in shown)
    drawn: list[Markup] = []
    x = 0.0
    for part in shown:
        width = 100 * part.count / total
        drawn.append(_segment(part, x, width, y, id_))
        x += width
    return Markup("").join(drawn)


def _segment(part: Part, x: float, width: float, y: int, id_: str) -> Markup:
    where = Markup('x="{x}%" y="{y}" width="{width}%" height="28"').format(
        x=round(x, 3), y=y, width=round(width, 3)
    )
    pattern = Markup('<rect {where} fill="url(#{id}-{code})"/>').format(where=where, id=id_, code=part.code)
    letters = Markup('<text class="ogb-chart-value ogb-on-{code}" x="{x}%" y="{y}">{letters}</text>').format(
        code=part.code, x=round(x + width / 2, 3), y=y + 19, letters=part.letters
    )
    return Markup(
        '<g><title>{label}: {count}</title><rect class="ogb-fill-{code}" {where}/>{pattern}{letters}</g>'
    ).format(
        label=part.label,
        count=part.count,
        code=part.code,
        where=where,
        pattern=pattern if part.code in _PATTERNED else "",
        letters=letters if width >= ROOM_FOR_LETTERS else "",
    )


def _time_row(line: Line, y: int, place: Any, id_: str) -> Markup:
    middle = y + 31
    body = Markup('<text class="ogb-chart-label" x="0" y="{y}">{label}</text>').format(
        y=y + 14, label=_cut(line.label, 44)
    )
    body += Markup('<line class="ogb-rail" x1="{x}%" x2="{end}%" y1="{y}" y2="{y}"/>').format(
        x=MARGIN, end=100 - MARGIN, y=middle
    )
    if line.end:
        start = place(line.start) if line.start else place(line.end)
        end = place(line.end)
        body += Markup(
            '<line class="ogb-run ogb-run-{kind}" x1="{x}%" x2="{end}%" y1="{y}" y2="{y}"/>'
        ).format(kind=line.kind, x=min(start, end), end=end, y=middle)
        body += Markup(
            '<svg x="{x}%" y="{y}" overflow="visible"><path class="ogb-deadline" d="M0 -9 L9 0 L0 9 L-9 0 Z"/></svg>'
        ).format(x=end, y=middle)
    for mark in line.marks:
        pattern = (
            Markup('<rect x="-13" y="-9" width="26" height="18" rx="4" fill="url(#{id}-{code})"/>').format(
                id=id_, code=mark.code
            )
            if mark.code in _PATTERNED
            else ""
        )
        body += Markup(
            '<svg x="{x}%" y="{y}" overflow="visible"><title>{label}</title>'
            '<rect class="ogb-fill-{code} ogb-mark-box" x="-13" y="-9" width="26" height="18" rx="4"/>{pattern}'
            '<text class="ogb-chart-value ogb-on-{code}" y="4">{code}</text></svg>'
        ).format(x=place(mark.day), y=middle, label=mark.label, code=mark.code, pattern=pattern)
    return body


def _curve(start: tuple[float, float], end: tuple[float, float], strong: bool) -> Markup:
    x1, y1 = start[0] + NODE_WIDTH, start[1] + NODE_HEIGHT / 2
    x2, y2 = end[0], end[1] + NODE_HEIGHT / 2
    middle = (x1 + x2) / 2
    return Markup('<path class="ogb-curve{strong}" d="M{x1} {y1} C{m} {y1} {m} {y2} {x2} {y2}"/>').format(
        strong=" ogb-curve-strong" if strong else "", x1=x1, y1=y1, x2=x2, y2=y2, m=middle
    )


def _node(node: Node, x: float, y: float) -> Markup:
    return Markup(
        '<g class="ogb-node ogb-node-{stage}{current}"><title>{heading}: {full}</title>'
        '<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="8"/>'
        '<text class="ogb-node-heading" x="{text}" y="{first}">{heading}</text>'
        '<text class="ogb-node-title" x="{text}" y="{second}">{title}</text></g>'
    ).format(
        stage=node.stage,
        current=" ogb-node-current" if node.current else "",
        heading=node.heading,
        full=node.title,
        title=_cut(node.title, TITLE_LENGTH),
        x=x,
        y=y,
        width=NODE_WIDTH,
        height=NODE_HEIGHT,
        text=x + 12,
        first=y + 18,
        second=y + 34,
    )


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
