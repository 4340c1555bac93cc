"""What would be published of a session or a series: which figures are shown, and why the others are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import equations, releases
from .case import Case, attempt, tables_of, thresholds
from .cells import ALL, Table, circle
from .model import Proposal, Refusal, Request
from .settling import settle
from .telling import refusals, told


def propose(request: Request) -> Proposal:
    """Decide what may be published, beside everything that was published before.

    A breakdown that would give people away beside earlier releases, or takes too long to check, is left out and told;
    the others go on.
    """
    tables = tables_of(request)
    if circle(tables):
        return Proposal(refusals=(Refusal(ALL, "", "circle"),))
    settled = settle(
        lambda refused, without_median: attempt(request, tables, refused, without_median),
        dict.fromkeys(_too_close(request, tables), "too-close"),
        request.seconds,
    )
    if settled.case is None:
        return Proposal(refusals=(*refusals(request, settled.left_out), Refusal(ALL, "", settled.refusal)))
    return told(settled.case, settled.why, _with_dependants(settled.case, settled.left_out))


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
