"""Webinars on the road into the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import ckan.model as model
from typing_extensions import override

from ..model import Doubt, LedgerEntry
from ..records.drafts import Draft
from ..records.problems import Problem
from . import doubts, identity, ledger, merge, series, webinars
from . import publish as publishing
from .foreseen import Foreseen, Webinar
from .ledger import Source, Statements
from .road import Match, Road, refusal


@dataclass
class WebinarMatch(Match):
    """Where a session record belongs.

    Attributes:
        series: the series that it names, which may be yet to be made.
        webinar: the same webinar as earlier records of this run leave it.
        doubts: webinars that it may be about, for an editor to decide.
        decisions: what editors have to decide or have decided of it.
    """

    series: series.SeriesMatch | None = None
    webinar: Webinar | None = None
    doubts: list[doubts.Candidate] = field(default_factory=list)
    decisions: list[Doubt] = field(default_factory=list)

    @property
    @override
    def makes_parents(self) -> bool:
        return self.series is not None and self.series.id is None


class WebinarRoad(Road[WebinarMatch]):
    """Session records: matched by series and number, else by address, or title and start."""

    @override
    def names(self, draft: Draft, source: Source) -> list[str] | None:
        facts = identity.facts_of_draft(draft, "")
        if draft.belongs:
            return None
        certain = [facts.number, identity.address_key(draft.address), facts.title_start_key]
        # What makes an editor look, too: title or start alone.
        return [*certain, f"title {facts.title}", f"start {facts.start}"]

    @override
    def match(
        self, draft: Draft, source: Source, record_key: str, known: LedgerEntry | None, foreseen: Foreseen
    ) -> WebinarMatch:
        problems = list(draft.problems)
        found = (
            None
            if any(problem.rejects for problem in problems)
            else series.match(draft, source, foreseen.series)
        )
        problems += found.problems if found else ()
        result = WebinarMatch(known, None, problems, found)
        if result.rejected:
            return result
        if found is None:
            problems.append(_series_missing(draft))
        facts = identity.facts_of_draft(draft, (found.id or "") if found else "")
        namesakes = identity.namesakes(source.organization_id, facts, draft.address)
        package_id = identity.find(
            draft,
            facts,
            namesakes,
            source.organization_id,
            known.package_id if known else None,
            series_is_new=found is not None and found.id is None,
        )
        if known is None or (package_id is None and not draft.belongs):
            result.decisions = doubts.of_record(source.id, record_key)
        parallel = self._parallel(result, package_id, facts, draft, source)
        package_id = None if parallel else package_id
        is_new = package_id is None and not draft.belongs
        if is_new:
            package_id = doubts.same(result.decisions)
        result.package = model.Session.get(model.Package, package_id) if package_id else None
        if parallel is None:
            result.webinar = foreseen.find(package_id, _foreseen_facts(draft, found), draft.address)
        if self._is_parallel_to_foreseen(result, facts, draft, source):
            problems.append(_parallel_in_dry_run(draft))
        problems += _nameless(result, facts, draft)
        if is_new and result.package is None and result.webinar is None and not result.rejected:
            series_is_new = found is not None and found.id is None
            result.doubts = doubts.candidates(facts, source, namesakes.alike, result.decisions, series_is_new)
            if parallel and not doubts.is_different(parallel.package, result.decisions):
                result.doubts.append(parallel)
            problems += [_doubtful(each, draft) for each in result.doubts]
        if result.deleted:
            problems.append(_deleted(draft))
        return result

    @staticmethod
    def _parallel(
        match: WebinarMatch, package_id: str | None, facts: identity.Facts, draft: Draft, source: Source
    ) -> doubts.Candidate | None:
        """Return the webinar of a new record's title and start, if the record may be of one in parallel."""
        if match.known is not None or facts.number_key or draft.belongs or package_id is None:
            return None
        package = model.Session.get(model.Package, package_id)
        if package is None or doubts.same(match.decisions) == package_id:
            return None
        return doubts.parallel(package, draft, source)

    @staticmethod
    def _is_parallel_to_foreseen(
        match: WebinarMatch, facts: identity.Facts, draft: Draft, source: Source
    ) -> bool:
        """Tell of a dry run what ``_parallel`` will find once the first of the records is published."""
        webinar = match.webinar
        return (
            webinar is not None
            and webinar.package_id is None
            and not (facts.number or draft.belongs)
            and any(said.source_id == source.id for said in webinar.said)
            and doubts.at_another_venue(draft, webinar.values)
        )

    @override
    def is_noted(self, draft: Draft, source: Source, record_key: str, match: WebinarMatch) -> bool:
        return not match.doubts or doubts.is_noted(match.doubts, draft, source, match.decisions)

    @override
    def note(self, draft: Draft, source: Source, record_key: str, match: WebinarMatch) -> None:
        if match.doubts:
            doubts.note(match.doubts, draft, source, record_key, match.decisions)
        elif not match.rejected and doubts.any_waits(match.decisions):
            doubts.settle(source, record_key)

    @override
    def values(self, draft: Draft, match: WebinarMatch) -> merge.Values:
        return webinars.values_of(draft, (match.series.id or match.series.name) if match.series else "")

    @override
    def prepare(
        self, match: WebinarMatch, source: Source, said: ledger.Said
    ) -> tuple[publishing.Prepared, merge.Values]:
        earlier = (
            [row for row in match.webinar.said if row.record_key != said.record_key] if match.webinar else []
        )
        statements = ledger.statements(match.package.id if match.package else None, *earlier, said)
        series_name = match.series.name if match.series else ""
        return webinars.prepare(match.package, source.organization_id, statements, series_name)

    @override
    def prepare_known(self, package: model.Package, said: Statements) -> publishing.Prepared:
        return webinars.prepare(package, package.owner_org or "", said)[0]

    @override
    def make_parents(self, match: WebinarMatch, user: str) -> list[str]:
        if match.series is None or match.series.id is not None:
            return []
        values = dict(match.series.values or {})
        fixed = {name: values.pop(name) for name in ("type", "owner_org")}
        series_id = publishing.save(publishing.prepare(None, fixed, values), user)
        match.series = replace(match.series, id=series_id)
        return [series_id]

    @override
    def before(self, match: WebinarMatch, prepared: publishing.Prepared) -> merge.Values:
        return match.webinar.values if match.webinar else prepared.before

    @override
    def pending_fields(self, match: WebinarMatch) -> set[str]:
        # The series is made together with its first webinar.
        return {"in_series"} if match.series and match.series.id is None else set()

    @override
    def foresee(
        self,
        foreseen: Foreseen,
        match: WebinarMatch,
        draft: Draft,
        said: ledger.Said,
        prepared: publishing.Prepared,
    ) -> None:
        webinar = match.webinar or Webinar(match.package.id if match.package else None)
        webinar.said.append(said)
        webinar.values = {**prepared.before, **prepared.resolution.values}
        foreseen.note(webinar, _foreseen_facts(draft, match.series), draft.address)
        if match.series and match.series.id is None:
            foreseen.note_series(match.series)

    @override
    def settled(self, package: model.Package) -> None:
        webinars.sync_reviews(package)


def _doubtful(candidate: doubts.Candidate, draft: Draft) -> Problem:
    return refusal(
        "match-doubtful",
        f"It may be the session {candidate.package.name}, which is published already, or another one. Decide on the "
        "page of that session; the decision counts from the next run on, and stays.",
        draft,
    )


def _series_missing(draft: Draft) -> Problem:
    message = (
        "The record names no series, so the webinar stands by itself. Name the series in the record or in the "
        "source's configuration."
    )
    return Problem("series-missing", message, file=draft.file, field="in_series")


def _nameless(match: WebinarMatch, facts: identity.Facts, draft: Draft) -> Iterator[Problem]:
    """Yield why a record that no webinar is known for cannot become one."""
    if draft.belongs and match.package is None and match.webinar is None:
        message = "The session that this belongs to is not in the catalogue. Import its record first."
        yield refusal("session-unknown", message, draft, "session_number")
    if match.package is None and not facts.title and not facts.number:
        message = "The record has neither a title nor a number. Give the session a title."
        yield refusal("title-missing", message, draft, "title")


def _deleted(draft: Draft) -> Problem:
    message = (
        "This webinar was deleted by hand, and stays so. Restore it, or purge it from the trash to have it imported "
        "anew."
    )
    return Problem("webinar-deleted", message, file=draft.file)


def _parallel_in_dry_run(draft: Draft) -> Problem:
    return refusal(
        "match-doubtful",
        "It has the title and start of another record of this source, but is at another place. Give both sessions "
        "their numbers; or an editor decides whether they are one when the source has run.",
        draft,
    )


def _foreseen_facts(draft: Draft, found: series.SeriesMatch | None) -> identity.Facts:
    """Return the facts of a record, with the address of a series that is yet to be made for its id."""
    return identity.facts_of_draft(draft, (found.id or found.name) if found else "")
