"""What charts show of plans and commitments, and the words on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _, ungettext
from markupsafe import Markup

from .. import config
from ..progress import lineage, standing, windows
from ..schemas import choices
from . import charts, packages, times

Row = Mapping[str, Any]


def title(package: Row) -> str:
    """Return the title of a dataset in the reader's language."""
    return packages.title_in_language(package, tk.h.lang())


def stage_and_number(commitment: Row) -> str:
    """Return what tells a commitment of its plan: "Draft 4", "Commitment 2"."""
    if commitment.get("stage") == lineage.FINAL:
        return _("Commitment {number}").format(number=commitment.get("number", ""))
    return _("Draft {number}").format(number=commitment.get("number", ""))


def status_labels() -> dict[str, str]:
    """Return what each status is called, in the order of the vocabulary; what has no report comes last."""
    labels = {
        choice["value"]: tk.h.scheming_language_text(choice["label"])
        for choice in choices.vocabulary("progress_statuses").choices
    }
    return {**labels, standing.NO_REPORT: _("No report")}


def counted(counts: standing.Counts, statuses: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Return code, label and count of every status that occurs, in the order of the vocabulary."""
    codes = [*statuses, *(code for code in counts if code not in statuses)]
    return [(code, statuses.get(code, code), counts[code]) for code in codes if counts.get(code)]


def progress_chart(
    plan: Row, found: standing.PlanStanding, begun: Sequence[str], statuses: Mapping[str, str]
) -> Markup | str:
    """Draw how the whole plan moves: a bar for each period that has begun; nothing where none has."""
    if not begun or not found.indicators:
        return ""
    rows = {row["code"]: row for row in plan.get("periods") or []}
    bars = [
        (
            _period_label(rows[code], found.states[code]),
            [
                charts.Part(status, label, f"{_letters(status)} {count}", count)
                for status, label, count in counted(found.periods[code], statuses)
            ],
        )
        for code in begun
    ]
    last = found.periods[begun[-1]]
    told = ", ".join(f"{label}: {count}" for _code, label, count in counted(last, statuses))
    return charts.stacked(
        bars,
        id_="progress-chart",
        title=ungettext(
            "Status of {number} indicator, period by period",
            "Status of {number} indicators, period by period",
            found.indicators,
        ).format(number=found.indicators),
        description=_("In {period}: {counts}. The table below has all numbers.").format(
            period=rows[begun[-1]].get("title") or begun[-1], counts=told
        ),
    )


def time_chart(
    commitment: Row, plan: Row, found: standing.CommitmentStanding, statuses: Mapping[str, str]
) -> Markup | str:
    """Draw a commitment's milestones and indicators along time; nothing where none has a day."""
    lines = [
        *_milestone_lines(commitment, plan),
        *_indicator_lines(commitment, plan, found, statuses),
    ]
    days = _days(lines, commitment, plan)
    # What has no day stands in the table below the drawing.
    lines = [line for line in lines if line.end or line.marks]
    if not days or not lines:
        return ""
    return charts.timeline(
        lines,
        span=(min(days), max(days)),
        today=config.today(),
        today_label=_("Today"),
        id_="time-chart",
        title=_("Milestones and indicators from {start} to {end}").format(
            start=times.day(min(days).isoformat(), tk.h.lang()), end=times.day(max(days).isoformat(), tk.h.lang())
        ),
        description=_(
            "A line for each milestone and indicator up to its deadline, with the statuses that were reported. "
            "The table below has all of them."
        ),
    )  # fmt: skip


def _milestone_lines(commitment: Row, plan: Row) -> list[charts.Line]:
    return [
        charts.Line(
            f"{row['code']} {row['title']}",
            _day(row.get("start")) or _begin(commitment, plan),
            _day(row.get("deadline")),
            "milestone",
        )
        for row in commitment.get("milestones") or []
    ]


def _indicator_lines(
    commitment: Row, plan: Row, found: standing.CommitmentStanding, statuses: Mapping[str, str]
) -> list[charts.Line]:
    """Return a line for each indicator, from where its milestone begins, with its reports as marks."""
    ends = {row["code"]: _day(row["end"]) for row in plan.get("periods") or []}
    marks = {
        indicator.row["code"]: tuple(
            charts.Mark(ends[cell.period] or date.max, cell.status, statuses.get(cell.status, cell.status))
            for cell in indicator.cells
            if cell.report is not None
        )
        for indicator in found.indicators
    }
    starts = {row["code"]: _day(row.get("start")) for row in commitment.get("milestones") or []}
    return [
        charts.Line(
            _("Indicator {number}: {title}").format(number=row["code"], title=row["title"]),
            starts.get(row.get("milestone")) or _begin(commitment, plan),
            _day(row.get("deadline")),
            "indicator",
            marks.get(row["code"], ()),
        )
        for row in commitment.get("indicators") or []
    ]


def _begin(commitment: Row, plan: Row) -> date | None:
    """Return when a commitment begins: with its plan, where it says nothing of its own."""
    return _day(commitment.get("start")) or _day(plan.get("start"))


def _days(lines: Sequence[charts.Line], commitment: Row, plan: Row) -> list[date]:
    """Return all days that the drawing has to hold."""
    stated = [_day(row.get(name)) for row in (commitment, plan) for name in ("start", "end")]
    drawn = [day for line in lines for day in (line.start, line.end, *(mark.day for mark in line.marks))]
    return [day for day in (*stated, *drawn) if day is not None]


def family_chart(kin: Sequence[Row], current: str) -> Markup:
    """Draw which commitment came from which.

    Args:
        kin: the commitments.
        current: id of the one that the page is about.
    """
    return _lineage(
        [
            [_node(each, lineage.forerunners(each), each["id"] == current) for each in column]
            for column in lineage.columns(kin)
        ]
    )


def changes_chart(changes: Sequence[lineage.Change]) -> Markup | str:
    """Draw two lists side by side with lines from one to the other; nothing where there is no line."""
    links = {each["id"]: [one["id"] for one in change.before] for change in changes for each in change.after}
    if not any(links.values()):
        return ""
    before = {each["id"]: each for change in changes for each in change.before}
    after = [each for change in changes for each in change.after]
    return _lineage(
        [
            [_node(each, ()) for each in sorted(before.values(), key=lineage.number_order)],
            [_node(each, links[each["id"]]) for each in after],
        ]
    )


def _node(commitment: Row, forerunners: Sequence[str], current: bool = False) -> charts.Node:
    return charts.Node(
        id=commitment["id"],
        heading=stage_and_number(commitment),
        title=title(commitment),
        stage=commitment["stage"],
        forerunners=tuple(forerunners),
        current=current,
    )


def _lineage(columns: Sequence[Sequence[charts.Node]]) -> Markup:
    return charts.lineage(
        columns,
        id_="lineage-chart",
        title=_("Which commitment came from which"),
        description=_("Lines lead from each commitment to those that were made from it. The list names them."),
    )  # fmt: skip


def _period_label(period: Row, state: windows.State) -> str:
    label = period.get("title") or period["code"]
    return _("{period} (still open)").format(period=label) if state == windows.OPEN else label


def _letters(status: str) -> str:
    return "–" if status == standing.NO_REPORT else status


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)) if value else None
