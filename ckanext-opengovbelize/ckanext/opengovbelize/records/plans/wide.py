"""Tables with a column for each reporting period: turned into rows, one for each indicator and period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from ..tables.sheet import OWNER, Line, Sheet
from . import days, headers, values

# So many lines from the top may stand above the header.
_TITLE_LINES = 20
_FIELDS = ("status", "progress", "evidence", "challenges", "reason")
_STATUS, _PERIOD, _INDICATOR = "Status", "Period", "Indicator"
# So many of the cells under periods must be statuses; of the others a row tells what is wrong with them.
_LEAST_STATUSES = 0.5


class _Column(NamedTuple):
    """A column of one period: where it stands, the period as it is written, and what its cells say."""

    at: int
    period: str
    title: str


def unfolded(sheet: Sheet) -> list[Sheet]:
    """Return the sheet as it is, or, where periods are its columns, what it says besides and its reports as rows."""
    sheet = _with_one_header(sheet)
    for position, line in enumerate(sheet.lines[:_TITLE_LINES]):
        columns = list(_columns(line.cells))
        if len({column.period for column in columns}) > 1:
            return _split(sheet, position, columns) if _holds_statuses(sheet, position, columns) else [sheet]
    return [sheet]


def _with_one_header(sheet: Sheet) -> Sheet:
    """Return a sheet whose header is two lines, each period once over the columns that tell of it, with one line."""
    for position, (upper, lower) in enumerate(pairwise(sheet.lines[: _TITLE_LINES + 1])):
        if sum(days.period(cell) is not None for cell in upper.cells) > 1:
            header = _joined(upper, lower)
            lines = [*sheet.lines[:position], header, *sheet.lines[position + 2 :]] if header else sheet.lines
            return replace(sheet, lines=lines)
    return sheet


def _joined(upper: Line, lower: Line) -> Line | None:
    period, titles = "", []
    for at, title in enumerate(lower.cells):
        if above := _cell(upper, at):
            period = above if OWNER not in above and days.period(above) else ""
        if period and title and not _is_of_report(title):
            return None
        titles.append(f"{period} {title}" if period and title else title or above)
    return Line(lower.number, titles)


def _columns(header: Sequence[str]) -> Iterator[_Column]:
    for at, title in enumerate(header):
        if OWNER in title:
            continue
        if days.period(title):
            yield _Column(at, title, _STATUS)
            continue
        words = title.split()
        for size in range(1, len(words)):
            for period, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
                named = " ".join(rest).strip(" :-–—()")
                if days.period(" ".join(period).strip(" :-–—()")) and _is_of_report(named):
                    yield _Column(at, " ".join(period).strip(" :-–—()"), named)


def _is_of_report(title: str) -> bool:
    return any(name in _FIELDS for name in headers.candidates(headers.PROGRESS, title))


def _holds_statuses(sheet: Sheet, position: int, columns: list[_Column]) -> bool:
    cells = [
        cell
        for line in sheet.lines[position + 1 :]
        for column in columns
        if "status" in headers.candidates(headers.PROGRESS, column.title)
        if (cell := _cell(line, column.at))
    ]
    known = sum(values.choice("progress_statuses", cell).value is not None for cell in cells)
    return bool(cells) and known >= _LEAST_STATUSES * len(cells)


def _split(sheet: Sheet, position: int, columns: list[_Column]) -> list[Sheet]:
    in_columns = {column.at for column in columns}
    others = [at for at in range(len(sheet.lines[position].cells)) if at not in in_columns]
    rest = replace(
        sheet,
        lines=[Line(line.number, [_cell(line, at) for at in others]) for line in sheet.lines[position:]],
    )
    table = headers.recognise(rest)
    is_indicators = table is not None and table.kind == "indicators"
    header = list(rest.lines[0].cells)
    if table is not None and is_indicators:
        header = [_INDICATOR if _is_code(table, title) else title for title in header]
    titles = list(dict.fromkeys(column.title for column in columns))
    lines = [Line(sheet.lines[position].number, [*header, _PERIOD, *titles])]
    for line, told in zip(sheet.lines[position + 1 :], rest.lines[1:], strict=True):
        for period in dict.fromkeys(column.period for column in columns):
            cells = {c.title: _cell(line, c.at) for c in columns if c.period == period}
            if any(cells.values()):
                lines.append(
                    Line(line.number, [*told.cells, period, *(cells.get(name, "") for name in titles)])
                )
    reports = replace(sheet, name="progress", lines=lines)
    found = headers.recognise(reports)
    if found is None or found.kind != headers.PROGRESS:
        return [sheet]
    return [rest, reports] if is_indicators else [reports]


def _is_code(table: headers.Table, title: str) -> bool:
    return title in table.columns and table.columns[title].name == "code"


def _cell(line: Line, at: int) -> str:
    return line.cells[at] if at < len(line.cells) else ""
