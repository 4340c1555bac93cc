"""The road's last steps: compare a draft with the catalogue, publish it, withdraw it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from sqlalchemy.exc import IntegrityError

from ..model import LedgerEntry, Review
from ..records.drafts import Draft
from ..records.problems import Problem
from ..schemas.types import COMMITMENT, PLAN, SERIES, STATISTICS, WEBINAR
from . import diff, identity, ledger, merge, reviews, series, visibility
from . import publish as publishing
from .comparison import Comparison
from .copies import DATASET, DatasetRoad, SeriesRoad
from .foreseen import Foreseen
from .ledger import Source
from .outages import is_outage
from .outcomes import RecordOutcome
from .plans import REPORT
from .plans import progress as progress_reports
from .plans.road import CommitmentRoad, PlanRoad
from .road import Incoming, Match, Road, refusal
from .statistics import incoming as counts
from .watch import Watch
from .webinar_road import WebinarRoad

log = logging.getLogger(__name__)


@dataclass
class Touched:
    """The ids of datasets that were written and committed, and have to be indexed; and how CKAN shows them."""

    ids: list[str] = field(default_factory=list)
    shown: dict[str, publishing.Both] = field(default_factory=dict)

    def index(self, watch: Watch) -> None:
        """Index what was written; where that is nothing, what an earlier run could not bring into Solr.

        While many write, what waits is most often what another one is about to index.
        """
        with watch.stage("index"):
            if self.ids:
                publishing.index(self.ids, self.shown)
            else:
                publishing.index_pending()


ROADS: dict[str, Road[Any]] = {
    WEBINAR: WebinarRoad(),
    PLAN: PlanRoad(),
    COMMITMENT: CommitmentRoad(),
    SERIES: SeriesRoad(),
    DATASET: DatasetRoad(),
}


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
        name = identity.address(known.package_id)
        return Comparison("unchanged", name, problems=list(draft.problems))
    road = ROADS.get(draft.type)
    if road is None:
        return Comparison("rejected", "", problems=[*draft.problems, _type_unknown(draft)])
    match = road.match(draft, source, record_key, known, foreseen)
    if match.rejected:
        to_note = not road.is_noted(draft, source, record_key, match)
        return Comparison("rejected", "", problems=_of_rejected(match.problems), to_publish=to_note)
    if match.deleted:
        return Comparison("unchanged", match.package.name, problems=match.problems)
    said = ledger.said(source, record_key, content_hash, road.values(draft, match), draft)
    prepared, target = road.prepare(match, source, said)
    before = road.before(match, prepared)
    errors = publishing.errors_of(prepared, user="")
    for name in road.pending_fields(match):
        errors.pop(name, None)
    values = _reported(prepared)
    problems = [
        *match.problems,
        *publishing.problems_of(errors, prepared.data, draft.file, draft.place),
        *_warnings(road, match, values, draft),
    ]
    if errors:
        name = match.package.name if match.package else ""
        return Comparison("rejected", name, values, [], _of_rejected(problems))
    road.foresee(foreseen, match, draft, said, prepared)
    return Comparison(
        _outcome(prepared, before),
        values.get("name", ""),
        values,
        _changes(prepared, before, said, target),
        problems,
        to_publish=True,
    )


def publish(
    items: Iterable[Incoming],
    source: Source,
    user: str,
    note: Callable[[RecordOutcome], object] = lambda outcome: None,
    watch: Watch | None = None,
) -> list[RecordOutcome]:
    """Publish drafts, each in a transaction of its own, with one index commit for all.

    Safe to repeat: what the ledger has already is ``unchanged`` and costs nothing.

    Args:
        items: screened records of one source.
        source: where they come from.
        user: name of the user whom the activity stream names.
        note: called with what becomes of a record, in the transaction that makes it so.
        watch: counts the time of the index.
    """
    touched = Touched()
    reports: list[Incoming] = []
    tables: list[Incoming] = []
    outcomes: list[RecordOutcome] = []
    try:
        for item in items:
            if item.draft.type == REPORT:
                reports.append(item)
            elif item.draft.type == STATISTICS:
                tables.append(item)
            else:
                outcomes.append(
                    _attempt(lambda item=item: _publish_one(item, source, user, touched, note), item, source)
                )
    except BaseException:
        _drop_half()
        raise
    finally:
        touched.index(watch or Watch())
    # Reports come after the commitments that they are about, those of one commitment together.
    outcomes += progress_reports.publish(reports, source, user)
    # Figures come after the sessions that they are about, each in transactions of its own.
    return outcomes + [
        _attempt(lambda item=item: counts.publish_one(item, source, user), item, source) for item in tables
    ]


def withdraw(
    record_keys: Iterable[str],
    source: Source,
    user: str,
    note: Callable[[RecordOutcome], object] = lambda outcome: None,
    watch: Watch | None = None,
) -> list[RecordOutcome]:
    """Note that a source no longer has these records, and hide the datasets that no source has."""
    touched = Touched()
    try:
        return [
            _attempt(
                lambda key=key: _withdraw_one(key, source, user, touched, note),
                Incoming(Draft(file=""), key, ""),
                source,
            )
            for key in record_keys
        ]
    except BaseException:
        _drop_half()
        raise
    finally:
        touched.index(watch or Watch())


def _drop_half() -> None:
    """Take back what is written of the record at hand, or the commit of the index would make it half a record."""
    model.Session.rollback()


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
    index([package.id] if changed else [])


def republish(package: model.Package, user: str) -> bool:
    """Bring a dataset in line with the ledger and the decisions of editors; return whether it changed.

    Runs in the transaction that is open, and neither commits nor indexes.
    """
    prepared = ROADS[package.type].prepare_known(package, ledger.statements(package.id))
    publishing.save(prepared, user)
    return prepared.changed


def _type_unknown(draft: Draft) -> Problem:
    return refusal("type-unknown", "Records of this type cannot be imported.", draft)


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


def _warnings(road: Road[Any], match: Match, values: merge.Values, draft: Draft) -> list[Problem]:
    """Return what is odd about a record and holds nothing back, with the place where the record stands."""
    return [
        replace(problem, file=draft.file, place=", ".join(filter(None, [draft.place, problem.place])))
        for problem in road.check(match, values)
    ]


def _reported(prepared: publishing.Prepared) -> merge.Values:
    """Return the values as reports show them: present ones only, other datasets by address."""
    values = {**prepared.before, **prepared.resolution.values}
    if not prepared.before:
        values = {**publishing.defaults(prepared.data["type"]), **values}
    values = {name: value for name, value in values.items() if merge.canonical(value) is not None}
    for field_name in ("in_series", "in_plan", "derived_from"):
        if ids := values.get(field_name):
            values[field_name] = (
                identity.address(ids) if isinstance(ids, str) else [identity.address(id_) for id_ in ids]
            )
    return values


def _attempt(work: Callable[[], RecordOutcome], item: Incoming, source: Source) -> RecordOutcome:
    """Do the work on one record; what goes wrong with it costs this record only."""
    for last in (False, True):
        try:
            return work()
        except tk.ValidationError as error:
            model.Session.rollback()
            problems = publishing.problems_of(
                error.error_dict, item.draft.fields, item.draft.file, item.draft.place
            )
            return _rejected(item, item.draft.problems + problems)
        except IntegrityError:
            # Somebody else was quicker to take a name or a key; the second try finds it.
            model.Session.rollback()
            if last:
                return _rejected(item, [*item.draft.problems, _failure(item.draft)])
        except Exception as error:
            model.Session.rollback()
            if is_outage(error):
                raise
            # The error's own words may hold values of the record.
            log.error("Source %s: a record could not be published: %s", source.id, type(error).__name__)
            return _rejected(item, [*item.draft.problems, _failure(item.draft)])
    raise AssertionError("unreachable")


def _failure(draft: Draft) -> Problem:
    return refusal(
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
        problems=_of_rejected(problems),
    )


def _of_rejected(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.code != series.CREATED]


def _publish_one(
    item: Incoming, source: Source, user: str, touched: Touched, note: Callable[[RecordOutcome], object]
) -> RecordOutcome:
    draft = item.draft
    outcome = RecordOutcome(
        draft.type, "", "unchanged", item.record_key, draft.file, problems=list(draft.problems)
    )
    road = ROADS.get(draft.type)
    if road is None:
        return _rejected(item, [*draft.problems, _type_unknown(draft)])
    match = _locked_match(road, item, source)
    if match is None:
        # An earlier attempt has published it, or another consumer that had the same message.
        outcome.name = _name(ledger.entry(source.id, item.record_key))
        model.Session.rollback()
        return outcome
    outcome.problems = match.problems
    if match.rejected:
        road.note(draft, source, item.record_key, match)
        model.Session.commit()
        return _rejected(item, match.problems)
    if match.deleted:
        model.Session.rollback()
        outcome.name = match.package.name if match.package else ""
        return outcome
    saved = road.make_parents(match, user)
    said = ledger.said(source, item.record_key, item.content_hash, road.values(draft, match), draft)
    prepared, target = road.prepare(match, source, said)
    former = match.known.package_id if match.known else None
    shown: dict[str, publishing.Both] = {}
    package_id = publishing.save(prepared, user, shown)
    if match.package is None or prepared.changed:
        saved.append(package_id)
    package = model.Session.get_one(model.Package, package_id)
    ledger.write(match.known, said, package_id, is_new=match.package is None)
    road.note(draft, source, item.record_key, match)
    identity.remember_address(package, draft.address)
    if match.package or draft.proposals:
        road.settled(package)
    if former and former != package_id:
        identity.lead_on(former, package)
        saved += _settle(former, user)
    outcome.outcome = _outcome(prepared, prepared.before)
    outcome.fields = _reported(prepared)
    outcome.name = package.name
    outcome.changes = _changes(prepared, prepared.before, said, target)
    outcome.problems = [*match.problems, *_warnings(road, match, outcome.fields, draft)]
    note(outcome)
    model.Session.commit()
    touched.ids += saved
    touched.shown |= shown
    return outcome


def _locked_match(road: Road[Any], item: Incoming, source: Source) -> Match | None:
    """Find what a record is about, and hold it; None where the ledger has the record by now.

    Records that cannot be about the same dataset are published side by side.
    """
    names = road.names(item.draft, source)
    if names is not None:
        publishing.lock_records(source.organization_id, [item.record_key, *filter(None, names)])
        match = _matched(road, item, source)
        if match is None:
            return None
        leaves = match.known is not None and match.known.package_id != match.package_id
        if not (match.makes_parents or leaves):
            if match.package:
                publishing.hold(match.package)
            return match
        # More than this one dataset is written: what was read so far is read again.
        model.Session.rollback()
    publishing.lock_organization(source.organization_id)
    return _matched(road, item, source)


def _matched(road: Road[Any], item: Incoming, source: Source) -> Match | None:
    known = ledger.entry(source.id, item.record_key)
    if ledger.is_current(known, source, item.content_hash):
        return None
    return road.match(item.draft, source, item.record_key, known, Foreseen())


def _name(known: LedgerEntry | None) -> str:
    return identity.address(known.package_id) if known else ""


def _settle(package_id: str, user: str) -> list[str]:
    """Bring a dataset in line after a source left it; return its id if it changed."""
    package = model.Session.get_one(model.Package, package_id)
    if package.type == STATISTICS:
        if package.state != "deleted":
            visibility.set_state(package_id, visibility.WITHDRAWN, publishing.context_for(user))
        return [package_id]
    changed = package.state != "deleted" and republish(package, user)
    ROADS[package.type].settled(package)
    return [package_id] if changed else []


def _withdraw_one(
    record_key: str, source: Source, user: str, touched: Touched, note: Callable[[RecordOutcome], object]
) -> RecordOutcome:
    outcome = RecordOutcome(WEBINAR, "", "unchanged", record_key)
    publishing.lock_organization(source.organization_id)
    known = ledger.entry(source.id, record_key)
    if known is None or known.withdrawn_at:
        model.Session.rollback()
        return outcome
    ledger.withdraw(known)
    saved = _settle(known.package_id, user)
    outcome.outcome = "withdrawn"
    package = model.Session.get_one(model.Package, known.package_id)
    outcome.type, outcome.name, outcome.label = package.type, package.name, package.name
    others = ledger.statements(known.package_id).values
    outcome.reasons = ["other-sources-have-it"] if others else ["no-source-has-it"]
    note(outcome)
    model.Session.commit()
    touched.ids += saved
    return outcome


def index(package_ids: list[str]) -> None:
    """Index what was written; where that is nothing, what an earlier run could not bring into Solr."""
    Touched(package_ids).index(Watch())
