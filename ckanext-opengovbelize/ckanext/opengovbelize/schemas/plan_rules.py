"""Rules about plans and commitments that concern several fields at once. Plain functions over plain values.

Each returns faults as (field, row, subfield, message), with row None and subfield empty where the field is no row
of a repeating one. The message tells how to mend it and never repeats a text of the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import ckan.plugins.toolkit as tk

from . import choices

Values = Mapping[str, Any]

# Stages whose commitments live on in another one, or in none.
ENDED = ("merged", "dropped")


class Fault(NamedTuple):
    """What is wrong with one value.

    Attributes:
        field: name of the field.
        row: number of the row from 0 on, or None.
        subfield: name of the subfield, or empty.
        message: what is wrong and how to mend it.
    """

    field: str
    row: int | None
    subfield: str
    message: str


def days_in_order(record: Values) -> Iterator[Fault]:
    """Find every end that is before its start: of the record, and of its rows."""
    yield from _pairs(record, "", None)
    for name, value in record.items():
        for number, row in _rows(value):
            yield from _pairs(row, name, number)


def _pairs(values: Values, field: str, row: int | None) -> Iterator[Fault]:
    messages = {
        ("start", "end"): tk._("The end must not be before the start."),
        ("start", "deadline"): tk._("The deadline must not be before the start."),
        ("end", "due"): tk._("Reports cannot be due before the period ends."),
    }
    for (first, second), message in messages.items():
        if values.get(first) and values.get(second) and str(values[second]) < str(values[first]):
            yield Fault(field or second, row, second if field else "", message)


def plan_faults(plan: Values) -> Iterator[Fault]:
    """Find reporting periods that overlap: a day would belong to two of them."""
    periods = sorted(
        (str(row["start"]), str(row["end"]), number)
        for number, row in _rows(plan.get("periods"))
        if row.get("start") and row.get("end")
    )
    for (_start, end, _number), (start, _end, number) in zip(periods, periods[1:], strict=False):
        if start <= end:
            yield Fault("periods", number, "start", tk._("This period begins before the one before it ends."))


def commitment_faults(commitment: Values, consultations: Iterable[str] | None = None) -> Iterator[Fault]:
    """Find what does not fit together within one commitment.

    Args:
        commitment: its values.
        consultations: codes of its plan's consultations, or None where they are not known.
    """
    if commitment.get("stage") in ENDED and not commitment.get("became_of"):
        message = tk._("Say what became of it: into which commitment it was merged, or why it was dropped.")
        yield Fault("became_of", None, "", message)
    milestones = {row.get("code") for _number, row in _rows(commitment.get("milestones"))}
    for number, row in _rows(commitment.get("indicators")):
        if row.get("milestone") and row["milestone"] not in milestones:
            message = tk._(
                "This commitment has no milestone of that number. Correct it, or add the milestone."
            )
            yield Fault("indicators", number, "milestone", message)
    for number, row in _rows(commitment.get("assessments")):
        yield from _assessment_faults(number, row)
    if consultations is not None:
        known = set(consultations)
        for number, row in _rows(commitment.get("events")):
            if row.get("kind") == "consultation" and row.get("reference") not in known:
                message = tk._(
                    "The plan has no consultation of that code. Add it to the plan, or correct the code."
                )
                yield Fault("events", number, "reference", message)


def _assessment_faults(number: int, row: Values) -> Iterator[Fault]:
    if row.get("scale") not in choices.names():
        # Its own validator tells.
        return
    vocabulary = choices.vocabulary(str(row["scale"]))
    codes = [choice["value"] for choice in vocabulary.choices]
    # An assessment on an older version of the scale keeps the verdict of its time.
    of_today = row.get("scale_version") in (None, "", vocabulary.version)
    if of_today and row.get("verdict") not in codes:
        message = tk._("This scale has the verdicts: {codes}.").format(codes=", ".join(codes))
        yield Fault("assessments", number, "verdict", message)


def derivation_fault(
    commitment_id: str, derived_from: Iterable[str], forerunners: Callable[[str], Iterable[str]]
) -> str:
    """Return why a commitment cannot derive from these, or an empty text.

    Args:
        commitment_id: the commitment's id; empty for a new one, which nothing can derive from yet.
        derived_from: ids of the commitments that it is said to derive from.
        forerunners: gives the ids from which a commitment derives.
    """
    if not commitment_id:
        return ""
    seen: set[str] = set()
    waiting = list(derived_from)
    if commitment_id in waiting:
        return tk._("A commitment cannot derive from itself. Take it out.")
    while waiting:
        current = waiting.pop()
        if current == commitment_id:
            return tk._(
                "This goes round in a circle: one of these commitments derives from this one. Take it out."
            )
        if current not in seen:
            seen.add(current)
            waiting += forerunners(current)
    return ""


def warnings(commitment: Values, plan: Values) -> Iterator[Fault]:
    """Find deadlines outside the plan's span. They are published all the same: plans are extended."""
    start, end = plan.get("start"), plan.get("end")
    message = tk._(
        "This day is outside the plan's span, {start} to {end}. Check it; nothing was held back."
    ).format(start=start or "…", end=end or "…")

    def outside(day: Any) -> bool:
        return bool(day) and bool((start and str(day) < start) or (end and str(day) > end))

    for name in ("start", "end"):
        if outside(commitment.get(name)):
            yield Fault(name, None, "", message)
    for name in ("milestones", "indicators"):
        for number, row in _rows(commitment.get(name)):
            if outside(row.get("deadline")):
                yield Fault(name, number, "deadline", message)


def _rows(value: Any) -> list[tuple[int, Values]]:
    if not isinstance(value, list):
        return []
    return [(number, row) for number, row in enumerate(value) if isinstance(row, Mapping)]
