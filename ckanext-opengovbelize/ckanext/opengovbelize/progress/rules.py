"""What a progress report must hold. Every way in asks ``check``: the form, the API, spreadsheets, the harvester."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

import ckan.plugins.toolkit as tk

from ..records import addresses
from ..schemas import choices, plan_rules, values
from . import windows

# Where nothing or little was done, the report says what stood in the way.
NEED_CHALLENGES = ("NS", "LP")
# What a report says; two reports that agree in these are the same.
CONTENT = ("status", "progress", "evidence", "challenges")


@dataclass(frozen=True)
class Report:
    """What one institution says about one indicator in one period.

    Attributes:
        indicator: code of the indicator in its commitment.
        period: code of the period in its plan.
        status: a code of the vocabulary ``progress_statuses``.
        progress: what was done.
        evidence: address of a public page that shows it, or several with a space between them.
        challenges: what stood in the way.
        reason: why an earlier report is corrected.
    """

    indicator: str
    period: str
    status: str
    progress: str = ""
    evidence: str = ""
    challenges: str = ""
    reason: str = ""

    @property
    def code(self) -> str:
        """Return the code of its row: one report per indicator and period."""
        return f"{self.indicator}_{self.period}"

    @property
    def content(self) -> tuple[str, ...]:
        """Return what it says, without the reason for saying it anew."""
        return tuple(getattr(self, name) for name in CONTENT)


class Fault(NamedTuple):
    """Why a report is not taken.

    Attributes:
        code: stable, for programs, such as ``challenges-missing``.
        field: the field of the report that it concerns.
        message: what is wrong and how to mend it. It never repeats a text of the report.
    """

    code: str
    field: str
    message: str


def statuses() -> list[str]:
    """Return the codes that a status may have."""
    return [choice["value"] for choice in choices.vocabulary("progress_statuses").choices]


def of_row(row: Mapping[str, Any]) -> Report:
    """Return the report that a row of a commitment holds."""
    names = ("indicator", "period", "status", "progress", "evidence", "challenges", "reason")
    return Report(**{name: str(row.get(name) or "") for name in names})


def tidied(report: Report) -> Report:
    """Return a report as it is stored: without stray spaces and what cannot be printed."""
    one_line = ("indicator", "period", "status", "evidence")
    several = ("progress", "challenges", "reason")
    # Length is a matter of the check, which names the field.
    longest = max(len(getattr(report, name)) for name in several + one_line) * 2
    report = replace(report, evidence=" ".join(addresses.several(report.evidence)))
    longest = max(longest, len(report.evidence))
    return replace(
        report,
        **{name: values.line(getattr(report, name), longest) for name in one_line},
        **{name: values.text(getattr(report, name), longest) for name in several},
    )


def check(
    report: Report,
    *,
    indicators: Iterable[Mapping[str, Any]],
    periods: Sequence[windows.Period],
    current: Mapping[str, Any] | None,
    on: date,
    reopened: bool = False,
) -> list[Fault]:
    """Return what is wrong with a report; nothing where it may be taken.

    Args:
        report: the report, tidied.
        indicators: the indicators of its commitment.
        periods: the reporting periods of its plan.
        current: the row that stands there now, or None where nothing was reported yet.
        on: the day of the report.
        reopened: whether the period was opened again for the institution.
    """
    return [
        *_place_faults(report, indicators, periods, on, reopened),
        *_content_faults(report),
        *_correction_faults(report, current),
    ]


def is_reported_on(stage: str) -> bool:
    """Tell whether commitments in this stage take reports: all but those that live on in another one, or in none."""
    return stage not in plan_rules.ENDED


def stage_fault(stage: str) -> Fault | None:
    """Return why a commitment in this stage takes no reports."""
    if is_reported_on(stage):
        return None
    return Fault(
        "stage",
        "indicator",
        tk._("This commitment was merged or dropped. Report on the commitment that it became."),
    )


def responsible(commitment: Mapping[str, Any], indicator: str) -> str | None:
    """Return the id of the organization that reports on an indicator: its lead, else the program's.

    Args:
        commitment: as ``package_show`` gives it.
        indicator: code of the indicator.

    Returns:
        None where the commitment has no such indicator.
    """
    row = next((row for row in commitment.get("indicators") or [] if row.get("code") == indicator), None)
    return None if row is None else str(row.get("lead") or commitment["owner_org"])


def differences(report: Report, row: Mapping[str, Any]) -> list[str]:
    """Return the fields in which a report differs from a row."""
    stated, stands = report.content, of_row(row).content
    return [name for name, new, old in zip(CONTENT, stated, stands, strict=True) if new != old]


def _place_faults(
    report: Report,
    indicators: Iterable[Mapping[str, Any]],
    periods: Sequence[windows.Period],
    on: date,
    reopened: bool,
) -> Iterator[Fault]:
    known = [str(row.get("code")) for row in indicators]
    if report.indicator not in known:
        yield Fault("indicator-unknown", "indicator", _unknown_indicator(known))
    period = next((row for row in periods if row.get("code") == report.period), None)
    if period is None:
        yield Fault("period-unknown", "period", _unknown_period(periods))
        return
    state = windows.state(period, periods, on)
    if state == windows.COMING:
        message = tk._("This period begins on {day}. Report on it from then on.")
        yield Fault("period-coming", "period", message.format(day=period["start"]))
    elif state == windows.CLOSED and not reopened:
        message = tk._(
            "Reporting on this period ended on {day}. Ask the program's administrator to reopen it for your "
            "institution."
        )
        yield Fault("period-closed", "period", message.format(day=windows.last_day(period, periods)))


def _unknown_indicator(known: Sequence[str]) -> str:
    if not known:
        return tk._("The commitment has no indicators yet. Ask the program to add them.")
    message = tk._("The commitment has no such indicator. Give one of: {codes}.")
    return message.format(codes=", ".join(known))


def _unknown_period(periods: Sequence[windows.Period]) -> str:
    if not periods:
        return tk._("The plan has no reporting periods yet. Ask the program to add them.")
    message = tk._("The plan has no such reporting period. Give one of: {codes}.")
    return message.format(codes=", ".join(str(row.get("code")) for row in periods))


def _content_faults(report: Report) -> Iterator[Fault]:
    if report.status not in statuses():
        message = tk._("Give the status as one of: {codes}.").format(codes=", ".join(statuses()))
        yield Fault("status-unknown", "status", message)
    if report.status in NEED_CHALLENGES and not report.challenges:
        message = tk._(
            "Say under “Challenges” what stood in the way: it is required where nothing or little was done."
        )
        yield Fault("challenges-missing", "challenges", message)
    for name in ("progress", "challenges", "reason"):
        yield from _text_faults(name, getattr(report, name))
    if report.evidence:
        try:
            values.links(report.evidence)
        except ValueError as problem:
            yield Fault("link-refused", "evidence", str(problem))


def _text_faults(name: str, text: str) -> Iterator[Fault]:
    try:
        values.text(text)
    except ValueError as problem:
        yield Fault("text-too-long", name, str(problem))
        return
    try:
        values.without_private_patterns(text)
    except ValueError as problem:
        yield Fault("private-text", name, str(problem))


def _correction_faults(report: Report, current: Mapping[str, Any] | None) -> Iterator[Fault]:
    if current and differences(report, current) and not report.reason:
        message = tk._("This was reported before. Give the reason for the correction: it stays visible.")
        yield Fault("reason-missing", "reason", message)
