"""Tables of counts on the road into the catalogue: disclosure control first, then compared, then published.

What leaves ``controlled`` holds no count that is withheld; only that is stored on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple, replace
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk

from ... import config
from ...privacy.disclosure.audit import TIMED_OUT
from ...records.drafts import Draft
from ...records.figures.model import Count, CountsTable
from ...records.problems import Problem
from ...schemas.types import SERIES, STATISTICS, WEBINAR
from ...statistics import given as control
from ...statistics.cells import ALL, Cell, cell
from ...statistics.releases import cell_of
from ...statistics.rows import CANNOT_OCCUR, NOT_COLLECTED, SHOWN, WITHHELD, Row
from .. import identity, ledger, visibility
from ..comparison import Comparison
from ..ledger import Source
from ..outcomes import RecordOutcome
from ..road import Incoming, refusal
from . import covering, figures, publish, releases
from .covering import Covers

COUNTS = "counts"


class _Refused(Exception):
    """A table that cannot be published; holds why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def controlled(
    table: CountsTable, source: Source, name_here: Callable[[str], str] = lambda reference: reference
) -> Draft:
    """Return what may be published of a table, beside everything that was released before. Writes nothing.

    Args:
        table: as read, small counts and all.
        source: where it comes from; it speaks of sessions of its own organization only.
        name_here: gives the address here of what the table names; empty where that is not here.

    Returns:
        A draft whose ``fields`` are ``covers``, ``rows``, ``threshold`` and ``expected``, as ``publish`` takes them.
        What is wrong with the table stands in its problems.
    """
    draft = Draft(table.file, STATISTICS, key=table.series, problems=list(table.problems))
    if any(problem.rejects for problem in draft.problems):
        return draft
    try:
        draft.fields = _fields(_addressed(table, name_here, draft), source, draft)
    except _Refused as refused:
        draft.problems.append(refused.problem)
    return draft


def compare(draft: Draft) -> Comparison:
    """Tell what publishing a draft would do. Writes nothing."""
    if any(problem.rejects for problem in draft.problems):
        return Comparison("rejected", "", problems=draft.problems)
    name, current = _current(draft)
    rows = _rows(draft)
    if current and _same(current, rows) and not _is_withdrawn(name):
        return Comparison("unchanged", name, problems=draft.problems)
    shown = {
        "figures": sum(row.value is not None for row in rows),
        "withheld": sum(row.status == WITHHELD for row in rows),
    }
    return Comparison(
        "updated" if current else "added",
        name,
        {"name": name, **shown},
        problems=draft.problems,
        to_publish=True,
    )


def publish_one(item: Incoming, source: Source, user: str) -> RecordOutcome:
    """Publish a table that was controlled, as a release of its own; safe to repeat."""
    draft = item.draft
    outcome = RecordOutcome(
        STATISTICS, "", "rejected", item.record_key, draft.file, problems=list(draft.problems)
    )
    comparison = compare(draft)
    outcome.name, outcome.fields = comparison.name, comparison.fields
    try:
        if comparison.to_publish:
            publish.publish(
                _covers(draft),
                _rows(draft),
                user=user,
                expected=draft.fields["expected"],
                details=publish.Details(draft.fields["threshold"], (COUNTS,)),
            )
        package_id = model.Session.query(model.Package.id).filter_by(name=comparison.name).scalar()
        ledger.write(
            ledger.entry(source.id, item.record_key),
            ledger.said(source, item.record_key, item.content_hash, {}, draft),
            package_id,
        )
        model.Session.commit()
        outcome.outcome = comparison.outcome
    except tk.ValidationError:
        model.Session.rollback()
        message = "Other figures of these sessions were published meanwhile. Run the source again."
        outcome.problems.append(refusal("figures-changed", message, draft))
        outcome.reasons = ["figures-changed"]
    return outcome


def _addressed(table: CountsTable, name_here: Callable[[str], str], draft: Draft) -> CountsTable:
    """Return the table with the addresses that its sessions and its series have here."""
    stated = {table.series, *(count.session for count in table.counts)} - {"", ALL}
    here = {reference: name_here(reference) for reference in stated}
    if not all(here.values()):
        raise _unknown(draft)
    counts = [replace(count, session=here.get(count.session, count.session)) for count in table.counts]
    return replace(table, series=here.get(table.series, table.series), counts=counts)


def _fields(table: CountsTable, source: Source, draft: Draft) -> dict[str, Any]:
    series = _package(table.series, SERIES, source, draft) if table.series else None
    webinars = _webinars(table.counts, series, source, draft)
    series = series or _series_of(webinars)
    whole = bool(table.series) and (len(webinars) > 1 or any(one.session == ALL for one in table.counts))
    ids = tuple(webinar.id for webinar in webinars.values())
    known = releases.of(ids, series.id if series else "")
    limits = {webinar.name: _threshold(webinar.id, "", source) for webinar in webinars.values()}
    if any(one.session == ALL for one in table.counts):
        limits[ALL] = max([_threshold("", series.id if series else "", source), *limits.values()])
    rows = _protected(table, webinars, series.name if series else "", limits, known, draft)
    return {
        "covers": {"webinars": list(ids), "series": series.id if series else "", "whole": whole},
        "rows": [list(astuple(row)) for row in rows],
        "threshold": max(limits.values()),
        "expected": releases.fingerprint(known),
    }


def _protected(
    table: CountsTable,
    webinars: dict[str, model.Package],
    series: str,
    limits: dict[str, int],
    known: Sequence[Any],
    draft: Draft,
) -> list[Row]:
    cells = [(_cell(count, webinars), count) for count in table.counts]
    if len({one for one, _count in cells}) < len(cells):
        raise _Refused(refusal("row-twice", "Two rows count the same. Take one of them out.", draft))
    given = control.Given(
        series,
        {one: count.value for one, count in cells if count.status in (SHOWN, WITHHELD)},
        [one for one, count in cells if count.status == CANNOT_OCCUR],
        [one for one, count in cells if count.status == NOT_COLLECTED],
    )
    earlier = _same_as_before(given, known)
    if earlier:
        return earlier
    answer = control.protect(given, thresholds=limits, released=tuple(known), seconds=config.check_seconds())
    if answer.broken:
        raise _Refused(
            refusal("sums-differ", "The parts of a total do not add up to it. Mend the table.", draft)
        )
    for one in answer.refusals:
        message = _left_out(one.breakdown or "Everything", one.session, one.code)
        draft.problems.append(Problem(f"figures-{one.code}", message, file=draft.file))
    if not answer.rows:
        raise _Refused(refusal("figures-refused", "Nothing of this table can be published.", draft))
    return answer.rows


def _left_out(breakdown: str, session: str, code: str) -> str:
    if code == TIMED_OUT:
        return f"{breakdown} of {session} was left out: the check took too long. Split the table into fewer breakdowns."
    return f"{breakdown} of {session} was left out: beside what is published already it would tell of a few people."


def _same_as_before(given: control.Given, known: Sequence[Any]) -> list[Row]:
    """Return the current rows where the table is what was published: our own download comes back as it went."""
    latest: dict[Cell, Row] = {cell_of(row): row for release in known for row in release.rows}
    told = {**given.counts, **dict.fromkeys((*given.impossible, *given.not_collected))}
    if (
        not latest
        or told.keys() != latest.keys()
        or any(latest[one].value != value for one, value in told.items())
    ):
        return []
    return [replace(row, release=0) for row in latest.values()]


def _cell(count: Count, webinars: dict[str, model.Package]) -> Cell:
    session = ALL if count.session == ALL else webinars[count.session].name
    values = dict(count.categories)
    if count.mode != ALL:
        values["mode"] = count.mode
    return cell(session, values, count.measure)


def _webinars(
    counts: Sequence[Count], series: model.Package | None, source: Source, draft: Draft
) -> dict[str, model.Package]:
    found: dict[str, model.Package] = {}
    for session in dict.fromkeys(count.session for count in counts if count.session != ALL):
        numbered = identity.of_number(series, session) if series is not None and session.isdecimal() else None
        found[session] = numbered or _package(session, WEBINAR, source, draft)
    if not found:
        message = "The table names no session. Give the address of each webinar in a column named session."
        raise _Refused(refusal("session-missing", message, draft, "session"))
    return found


def _package(reference: str, type_: str, source: Source, draft: Draft) -> model.Package:
    package = model.Package.get(reference) or model.Package.get(identity.renamed(reference) or "")
    if (
        package is None
        or package.type != type_
        or package.state != "active"
        or package.owner_org != source.organization_id
    ):
        raise _unknown(draft)
    return package


def _unknown(draft: Draft) -> _Refused:
    message = (
        "A session or series of the table is not here. Write its address on this portal, or publish it first."
    )
    return _Refused(refusal("session-unknown", message, draft, "session"))


def _series_of(webinars: dict[str, model.Package]) -> model.Package | None:
    ids = {covering.series_of(webinar) for webinar in webinars.values()}
    return model.Package.get(ids.pop()) if len(ids) == 1 and ids != {""} else None


def _threshold(webinar_id: str, series_id: str, source: Source) -> int:
    return releases.threshold([webinar_id] if webinar_id else [], series_id, source.organization_id)


def _covers(draft: Draft) -> Covers:
    covers = draft.fields["covers"]
    return Covers(tuple(covers["webinars"]), covers["series"], covers["whole"])


def _rows(draft: Draft) -> list[Row]:
    return [Row(*values) for values in draft.fields["rows"]]


def _current(draft: Draft) -> tuple[str, list[Row]]:
    """Return the address of the dataset, and the rows that it has now."""
    subject = covering.subject(_covers(draft))
    package = model.Package.get(subject.dataset_name)
    return subject.dataset_name, figures.current(releases.of_dataset(package.id)) if package else []


def _is_withdrawn(name: str) -> bool:
    package = model.Package.get(name)
    return package is not None and (package.extras or {}).get("publication_state") == visibility.WITHDRAWN


def _same(current: Sequence[Row], rows: Sequence[Row]) -> bool:
    return {replace(row, release=0) for row in current} == {replace(row, release=0) for row in rows}
