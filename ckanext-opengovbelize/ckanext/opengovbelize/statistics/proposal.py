"""What would be published of a session or a series: which figures are shown, and why the others are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import equations, median, releases
from .case import Case, attempt, tables_of, thresholds
from .cells import ALL, Table, circle
from .model import Proposal, Refusal, Request
from .protection import protected
from .telling import refusals, told


def propose(request: Request) -> Proposal:
    """Decide what may be published, beside everything that was published before.

    A breakdown that would give people away beside earlier releases is left out and told; the others go on.
    """
    tables = tables_of(request)
    if circle(tables):
        return Proposal(refusals=(Refusal(ALL, "", "circle"),))
    left_out = dict.fromkeys(_too_close(request, tables), "too-close")
    without_median: set[str] = set()
    while True:
        case = attempt(request, tables, frozenset(left_out), without_median)
        why, refused = protected(case)
        if not refused:
            return told(case, why, _with_dependants(case, left_out))
        # A median tells of the groups by minutes: it goes before they do.
        if telling := median.telling(case.medians, refused):
            without_median |= telling
            continue
        if refused.keys() <= left_out.keys() or (ALL, "") in refused:
            nothing = Refusal(ALL, "", next(iter(refused.values())))
            return Proposal(refusals=(*refusals(request, left_out), nothing))
        left_out |= refused


def _with_dependants(case: Case, left_out: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Return what is left out, with the breakdowns of the series that cannot stand without their sessions'."""
    codes = {breakdown: code for (_session, breakdown), code in left_out.items()}
    return {key: left_out.get(key, codes.get(key[1], "")) for key in case.dropped}


def _too_close(request: Request, tables: Sequence[Table]) -> set[tuple[str, str]]:
    """Return the sessions and breakdowns that differ by too few people from an earlier release."""
    case = attempt(request, tables, frozenset())
    among = equations.among(case.values)
    said = releases.statements(request.released)
    return {
        (session, breakdown)
        for session, threshold in thresholds(request).items()
        for statement in said.get(session, ())
        for breakdown in releases.too_close(statement, case.values, among, threshold)
        if breakdown
    }
