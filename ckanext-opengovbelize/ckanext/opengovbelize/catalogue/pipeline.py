"""The road's last steps: compare a draft with the catalogue, publish it, withdraw it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from sqlalchemy.exc import DBAPIError, IntegrityError

from ..model import LedgerEntry, Review
from ..records.drafts import Draft
from ..records.problems import Problem
from ..runs.outcomes import RecordOutcome
from . import diff, identity, ledger, merge, reviews, series, webinars
from . import publish as publishing
from .foreseen import Foreseen, Webinar
from .ledger import Source

log = logging.getLogger(__name__)


@dataclass
class Incoming:
    """One screened record on its way into the catalogue."""

    draft: Draft
    record_key: str
    content_hash: str


@dataclass
class Comparison:
    """What publishing a draft would do.

    Attributes:
        outcome: ``added``, ``updated``, ``unchanged`` or ``rejected``.
        name: the dataset's address as it would be.
        fields: the values as they would be published, editors' changes included; a series by its address.
        changes: field by field, ``{"field", "old", "new", "state"}``, and ``row`` in repeating fields.
        problems: the draft's own and the catalogue's.
        to_publish: whether ``publish`` has anything to write, if only in the ledger.
    """

    outcome: str
    name: str
    fields: dict[str, Any] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    to_publish: bool = False


@dataclass
class _Match:
    """Where a record belongs."""

    known: LedgerEntry | None
    series: series.SeriesMatch | None
    package: model.Package | None
    problems: list[Problem]
    webinar: Webinar | None = None
    """The same webinar as earlier records of this run leave it."""

    @property
    def rejected(self) -> bool:
        return any(problem.rejects for problem in self.problems)


def compare(
    draft: Draft, source: Source, record_key: str, content_hash: str, foreseen: Foreseen | None = None
) -> Comparison:
    """Tell what publishing a draft would do. Writes nothing.

    Args:
        draft: the screened record.
        source: where it comes from.
        record_key: the record's key in the ledger.
        content_hash: what tells whether the ledger has it already.
        foreseen: what earlier records of the run would publish; takes this one along.
    """
    foreseen = foreseen or Foreseen()
    known = ledger.entry(source.id, record_key)
    if known and ledger.is_current(known, source, content_hash):
        name = identity.addresses([known.package_id])[known.package_id]
        return Comparison("unchanged", name, problems=list(draft.problems))
    match = _match(draft, source, known, foreseen)
    if match.rejected:
        return Comparison("rejected", "", problems=match.problems)
    if _deleted(match.package):
        return Comparison("unchanged", match.package.name, problems=match.problems)  # type: ignore[union-attr]
    series_id = (match.series.id or match.series.name) if match.series else ""
    said = ledger.said(source, record_key, content_hash, webinars.values_of(draft, series_id), draft)
    prepared, target = _prepare(match, source, said)
    before = match.webinar.values if match.webinar else prepared.before
    errors = publishing.errors_of(prepared, user="")
    if match.series and match.series.id is None:
        # The series is made together with its first webinar.
        errors.pop("in_series", None)
    problems = match.problems + publishing.problems_of(errors, prepared.data, draft.file)
    values = _reported(prepared)
    if errors:
        return Comparison("rejected", values.get("name", ""), values, [], problems)
    _foresee(foreseen, match, draft, said, prepared)
    return Comparison(
        _outcome(prepared, before),
        values.get("name", ""),
        values,
        _changes(prepared, before, said, target),
        problems,
        to_publish=True,
    )


def publish(items: Iterable[Incoming], source: Source, user: str) -> list[RecordOutcome]:
    """Publish drafts, each in a transaction of its own, with one index commit for all.

    Safe to repeat: what the ledger has already is ``unchanged`` and costs nothing.

    Args:
        items: screened records of one source.
        source: where they come from.
        user: name of the user whom the activity stream names.
    """
    touched: list[str] = []
    try:
        return [
            _attempt(lambda item=item: _publish_one(item, source, user, touched), item, source)
            for item in items
        ]
    finally:
        _index(touched)


def withdraw(record_keys: Iterable[str], source: Source, user: str) -> list[RecordOutcome]:
    """Note that a source no longer has these records, and hide the webinars that no source has."""
    touched: list[str] = []
    try:
        return [
            _attempt(
                lambda key=key: _withdraw_one(key, source, user, touched),
                Incoming(Draft(file=""), key, ""),
                source,
            )
            for key in record_keys
        ]
    finally:
        _index(touched)


def decide(
    review: Review, package: model.Package, state: str, correction: dict[str, str] | None, user: model.User
) -> None:
    """Note an editor's decision about a question, and let the webinar follow it.

    Raises:
        ValidationError: the schema refuses the corrected question; nothing is noted.
    """
    publishing.lock_organization(package.owner_org or "")
    reviews.decide(review, state, correction, user.id)
    try:
        changed = republish(package, user.name)
    except tk.ValidationError:
        model.Session.rollback()
        raise
    model.Session.commit()
    _index([package.id] if changed else [])


def republish(package: model.Package, user: str) -> bool:
    """Bring a webinar in line with the ledger and the decisions of editors; return whether it changed.

    Runs in the transaction that is open, and neither commits nor indexes.
    """
    prepared, _ = webinars.prepare(package, package.owner_org or "", ledger.statements(package.id))
    publishing.save(prepared, user)
    return prepared.changed


def _match(
    draft: Draft, source: Source, known: LedgerEntry | None, foreseen: Foreseen | None = None
) -> _Match:
    foreseen = foreseen or Foreseen()
    problems = list(draft.problems)
    if draft.type != identity.TYPE:
        problems.append(
            _refusal("type-unknown", "Records of this type cannot be imported; only webinars can.", draft)
        )
    found = (
        None if any(problem.rejects for problem in problems) else series.match(draft, source, foreseen.series)
    )
    problems += found.problems if found else ()
    result = _Match(known, found, None, problems)
    if result.rejected:
        return result
    if found is None:
        problems.append(
            Problem(
                "series-missing",
                "The record names no series, so the webinar stands by itself. Name the series in the record "
                "or in the source's configuration.",
                file=draft.file,
                field="in_series",
            )
        )
    facts = identity.facts_of_draft(draft, (found.id or "") if found else "")
    package_id = identity.find(
        draft,
        facts,
        source.organization_id,
        known.package_id if known else None,
        series_is_new=found is not None and found.id is None,
    )
    result.package = model.Session.get(model.Package, package_id) if package_id else None
    result.webinar = foreseen.find(package_id, _foreseen_facts(draft, found), draft.address)
    if result.package is None and not facts.title and not facts.number:
        problems.append(
            _refusal(
                "title-missing",
                "The record has neither a title nor a number. Give the session a title.",
                draft,
                "title",
            )
        )
    if _deleted(result.package):
        problems.append(
            Problem(
                "webinar-deleted",
                "This webinar was deleted by hand, and stays so. Restore it, or purge it from the trash to "
                "have it imported anew.",
                file=draft.file,
            )
        )
    return result


def _deleted(package: model.Package | None) -> bool:
    return package is not None and package.state == "deleted"


def _refusal(code: str, message: str, draft: Draft, field_name: str = "") -> Problem:
    return Problem(code, message, file=draft.file, field=field_name, rejects=True)


def _prepare(match: _Match, source: Source, said: ledger.Said) -> tuple[publishing.Prepared, merge.Values]:
    earlier = (
        [row for row in match.webinar.said if row.record_key != said.record_key] if match.webinar else []
    )
    statements = ledger.statements(match.package.id if match.package else None, *earlier, said)
    series_name = match.series.name if match.series else ""
    return webinars.prepare(match.package, source.organization_id, statements, series_name)


def _foreseen_facts(draft: Draft, found: series.SeriesMatch | None) -> identity.Facts:
    """Return the facts of a record, with the address of a series that is yet to be made for its id."""
    return identity.facts_of_draft(draft, (found.id or found.name) if found else "")


def _foresee(
    foreseen: Foreseen, match: _Match, draft: Draft, said: ledger.Said, prepared: publishing.Prepared
) -> None:
    webinar = match.webinar or Webinar(match.package.id if match.package else None)
    webinar.said.append(said)
    webinar.values = {**prepared.before, **prepared.resolution.values}
    foreseen.note(webinar, _foreseen_facts(draft, match.series), draft.address)
    if match.series and match.series.id is None:
        foreseen.note_series(match.series)


def _outcome(prepared: publishing.Prepared, before: merge.Values) -> str:
    if not before:
        return "added"
    return "updated" if prepared.would_change(before) else "unchanged"


def _changes(
    prepared: publishing.Prepared, before: merge.Values, said: ledger.Said, target: merge.Values
) -> list[dict[str, Any]]:
    own = merge.Statement(said.source_id, "", "", said.values)
    changed = diff.changes(before, prepared.resolution.values) if before else []
    return [
        *changed,
        *map(diff.locked, prepared.resolution.locks),
        *(diff.change(*found, "less-trusted") for found in merge.outweighed(own, target)),
    ]


def _reported(prepared: publishing.Prepared) -> merge.Values:
    """Return the values as reports show them: present ones only, series by address."""
    values = {**prepared.before, **prepared.resolution.values}
    if not prepared.before:
        values = {**publishing.defaults(prepared.data["type"]), **values}
    values = {name: value for name, value in values.items() if merge.canonical(value) is not None}
    if ids := values.get("in_series"):
        names = identity.addresses(ids)
        values["in_series"] = [names.get(series_id, series_id) for series_id in ids]
    return values


def _attempt(work: Callable[[], RecordOutcome], item: Incoming, source: Source) -> RecordOutcome:
    """Do the work on one record; what goes wrong with it costs this record only."""
    for last in (False, True):
        try:
            return work()
        except tk.ValidationError as error:
            model.Session.rollback()
            problems = publishing.problems_of(error.error_dict, item.draft.fields, item.draft.file)
            return _rejected(item, item.draft.problems + problems)
        except IntegrityError:
            # Somebody else was quicker to take a name or a key; the second try finds it.
            model.Session.rollback()
            if last:
                return _rejected(item, [*item.draft.problems, _failure(item.draft)])
        except Exception as error:
            model.Session.rollback()
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                raise
            # The error's own words may hold values of the record.
            log.error("Source %s: a record could not be published: %s", source.id, type(error).__name__)
            return _rejected(item, [*item.draft.problems, _failure(item.draft)])
    raise AssertionError("unreachable")


def _failure(draft: Draft) -> Problem:
    return _refusal(
        "record-failed",
        "The record could not be published because of an error in the portal, not in the record. Run the "
        "source again; if it stays, tell the portal's operator.",
        draft,
    )


def _rejected(item: Incoming, problems: list[Problem]) -> RecordOutcome:
    return RecordOutcome(
        type=item.draft.type,
        name="",
        outcome="rejected",
        key=item.record_key,
        label=item.draft.file,
        reasons=sorted({problem.code for problem in problems if problem.rejects}),
        problems=problems,
    )


def _publish_one(item: Incoming, source: Source, user: str, touched: list[str]) -> RecordOutcome:
    draft = item.draft
    outcome = RecordOutcome(
        draft.type, "", "unchanged", item.record_key, draft.file, problems=list(draft.problems)
    )
    if _is_current(item, source, outcome):
        return outcome
    publishing.lock_organization(source.organization_id)
    # Another consumer may have had the same message while this one waited for the lock.
    if _is_current(item, source, outcome):
        model.Session.rollback()
        return outcome
    match = _match(draft, source, ledger.entry(source.id, item.record_key))
    outcome.problems = match.problems
    if match.rejected or _deleted(match.package):
        model.Session.rollback()
        if match.rejected:
            return _rejected(item, match.problems)
        outcome.name = match.package.name if match.package else ""
        return outcome
    saved: list[str] = []
    if match.series and match.series.id is None:
        series_id = _make_series(match.series, user)
        saved.append(series_id)
        match.series = replace(match.series, id=series_id)
    values = webinars.values_of(draft, match.series.id or "" if match.series else "")
    said = ledger.said(source, item.record_key, item.content_hash, values, draft)
    prepared, target = _prepare(match, source, said)
    former = match.known.package_id if match.known else None
    package_id = publishing.save(prepared, user)
    if match.package is None or prepared.changed:
        saved.append(package_id)
    package = model.Session.get_one(model.Package, package_id)
    ledger.write(match.known, said, package_id)
    identity.remember_address(package, draft.address)
    webinars.sync_reviews(package)
    if former and former != package_id:
        saved += _settle(former, user)
    outcome.outcome = _outcome(prepared, prepared.before)
    outcome.fields = _reported(prepared)
    outcome.name = package.name
    outcome.changes = _changes(prepared, prepared.before, said, target)
    model.Session.commit()
    touched += saved
    return outcome


def _is_current(item: Incoming, source: Source, outcome: RecordOutcome) -> bool:
    known = ledger.entry(source.id, item.record_key)
    if known is None or not ledger.is_current(known, source, item.content_hash):
        return False
    outcome.name = identity.addresses([known.package_id])[known.package_id]
    return True


def _make_series(match: series.SeriesMatch, user: str) -> str:
    values = dict(match.values or {})
    fixed = {name: values.pop(name) for name in ("type", "owner_org")}
    return publishing.save(publishing.prepare(None, fixed, values), user)


def _settle(package_id: str, user: str) -> list[str]:
    """Bring a webinar in line after a source left it; return its id if it changed."""
    package = model.Session.get_one(model.Package, package_id)
    changed = not _deleted(package) and republish(package, user)
    webinars.sync_reviews(package)
    return [package_id] if changed else []


def _withdraw_one(record_key: str, source: Source, user: str, touched: list[str]) -> RecordOutcome:
    outcome = RecordOutcome(identity.TYPE, "", "unchanged", record_key)
    publishing.lock_organization(source.organization_id)
    known = ledger.entry(source.id, record_key)
    if known is None or known.withdrawn_at:
        model.Session.rollback()
        return outcome
    ledger.withdraw(known)
    saved = _settle(known.package_id, user)
    outcome.outcome = "withdrawn"
    outcome.name = outcome.label = model.Session.get_one(model.Package, known.package_id).name
    others = ledger.statements(known.package_id).values
    outcome.reasons = ["other-sources-have-it"] if others else ["no-source-has-it"]
    model.Session.commit()
    touched += saved
    return outcome


def _index(touched: list[str]) -> None:
    """Index what was written, and what an earlier run could not bring into Solr."""
    if touched:
        publishing.index(touched)
    publishing.index_pending()
