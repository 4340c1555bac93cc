"""Records of one source that may tell of a session that another one told of: an editor decides, never the import.

What is certain (series and number, address, title and start) is decided in ``identity``. Here is what is left: the
same start under a similar title, or the same title at another time; and two records of one source with one title and
start, but at two venues, which are two sessions in parallel or one that is told of twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ckan.model as model
from sqlalchemy import bindparam, delete, select

from ..folding import fold, words
from ..model import Doubt, LedgerEntry
from ..records.drafts import Draft
from . import identity, ledger
from .identity import Facts
from .ledger import Source

_OF_RECORD = select(Doubt).where(
    Doubt.source_id == bindparam("source_id"), Doubt.record_key == bindparam("record_key")
)

PROPOSED, SAME, DIFFERENT = "proposed", "same", "different"
SAME_START, SAME_TITLE, PARALLEL = "same-start", "same-title", "parallel"

# Of the words of the shorter title so many stand in the other, too.
_SIMILAR = 0.5
_SHORTEST_WORD = 3
# A title comes back every year; a session is moved by weeks.
_MOVED = timedelta(days=60)
_TOLD = ("title", "start", "end", "timezone", "date_as_stated", "session_number", "venue_name", "locality")


@dataclass(frozen=True)
class Candidate:
    """A webinar that a record may be about, and why."""

    package: model.Package
    reasons: tuple[str, ...]


def candidates(
    facts: Facts, source: Source, alike: Collection[str], decisions: Iterable[Doubt], series_is_new: bool
) -> list[Candidate]:
    """Return the webinars about which an editor has to decide whether a record is about one of them.

    Only what this source does not tell of already: it does not tell of one session twice.

    Args:
        facts: what the record states.
        source: where it comes from.
        alike: ids of the webinars with its title or its start.
        decisions: what editors have decided of the record.
        series_is_new: whether its series is yet to be made.
    """
    found = []
    for package in _active(alike, source.organization_id):
        theirs = identity.facts_of_package(package)
        reasons = _reasons(facts, theirs)
        if reasons and identity.may_be_same(facts, theirs, series_is_new) and not _told(package, source):
            found.append(Candidate(package, reasons))
    if not found:
        return []
    settled = {row.package_id for row in decisions if row.state == DIFFERENT}
    return [each for each in found if each.package.id not in settled]


def parallel(package: model.Package, draft: Draft, source: Source) -> Candidate | None:
    """Return the webinar that a new record shares title and start with, if it may be one in parallel.

    So it is where this source tells of that webinar already, at another venue.
    """
    if not at_another_venue(draft, package.extras or {}) or not _told(package, source):
        return None
    return Candidate(package, (PARALLEL,))


def at_another_venue(draft: Draft, values: Mapping[str, Any]) -> bool:
    """Tell whether a record and a webinar state two venues or places; what one of them does not state is no other."""
    return any(
        ours != theirs
        for name in ("venue_name", "locality")
        if (ours := fold(str(draft.fields.get(name) or ""))) and (theirs := fold(str(values.get(name) or "")))
    )


def is_different(package: model.Package, decisions: Iterable[Doubt]) -> bool:
    """Tell whether an editor said that a record is not about this webinar."""
    return any(row.package_id == package.id and row.state == DIFFERENT for row in decisions)


def same(decisions: Iterable[Doubt]) -> str | None:
    """Return the id of the webinar that an editor said a record is about."""
    row = next((row for row in decisions if row.state == SAME), None)
    return row.package_id if row else None


def any_waits(decisions: Iterable[Doubt]) -> bool:
    """Tell whether something waits for an editor's decision."""
    return bool(_waiting(decisions))


def _waiting(decisions: Iterable[Doubt]) -> dict[str, Doubt]:
    """Return what waits for an editor's decision, by the webinar that it is about."""
    return {row.package_id: row for row in decisions if row.state == PROPOSED}


def is_noted(found: list[Candidate], draft: Draft, source: Source, decisions: Iterable[Doubt]) -> bool:
    """Tell whether the editors see already what there is to decide about a record."""
    waiting = _waiting(decisions)
    return waiting.keys() == {each.package.id for each in found} and all(
        (row.said, row.source_title) == (_said(draft), source.title) for row in waiting.values()
    )


def note(
    found: list[Candidate], draft: Draft, source: Source, record_key: str, decisions: Iterable[Doubt]
) -> None:
    """Let an editor decide whether a record is about one of these webinars; what waited otherwise goes."""
    waiting = _waiting(decisions)
    wanted = {each.package.id: each for each in found}
    for package_id, row in waiting.items():
        if package_id not in wanted:
            model.Session.delete(row)
    for package_id, each in wanted.items():
        row = waiting.get(package_id) or Doubt(
            source_id=source.id,
            record_key=record_key,
            package_id=package_id,
            organization_id=source.organization_id,
            state=PROPOSED,
            created_at=ledger.now(),
        )
        row.source_title, row.said, row.reasons = source.title, _said(draft), list(each.reasons)
        model.Session.add(row)
    model.Session.flush()


def settle(source: Source, record_key: str) -> None:
    """Forget what waits of a record that has found its webinar."""
    model.Session.execute(
        delete(Doubt).where(
            Doubt.source_id == source.id, Doubt.record_key == record_key, Doubt.state == PROPOSED
        )
    )


def decide(row: Doubt, state: str, user_id: str) -> None:
    """Note an editor's decision. That a record is about one webinar says that it is about no other."""
    if state == SAME:
        for other in of_record(row.source_id, row.record_key):
            if other.id != row.id:
                other.state = DIFFERENT
    row.state, row.decided_by, row.decided_at = state, user_id, ledger.now()
    model.Session.commit()


def of_record(source_id: str, record_key: str) -> list[Doubt]:
    """Return what editors have to decide or have decided of a record."""
    found = model.Session.execute(_OF_RECORD, {"source_id": source_id, "record_key": record_key})
    return list(found.scalars())


def _active(package_ids: Collection[str], organization_id: str) -> list[model.Package]:
    """Return those of the datasets that are there, the oldest first."""
    if not package_ids:
        return []
    query = model.Session.query(model.Package).filter(
        model.Package.id.in_(package_ids),
        model.Package.state == "active",
        model.Package.owner_org == organization_id,
    )
    return query.order_by(model.Package.metadata_created).all()


def _reasons(ours: Facts, theirs: Facts) -> tuple[str, ...]:
    if ours.start == theirs.start != "" and _similar(ours.title, theirs.title):
        return (SAME_START,)
    if ours.title == theirs.title != "" and _near(ours.start, theirs.start):
        return (SAME_TITLE,)
    return ()


def _similar(one: str, other: str) -> bool:
    first, second = ({word for word in words(text) if len(word) >= _SHORTEST_WORD} for text in (one, other))
    return bool(first and second) and len(first & second) >= _SIMILAR * min(len(first), len(second))


def _near(one: str, other: str) -> bool:
    """Tell whether two times may be those of one session that was moved, or is told without its hour."""
    try:
        days = [date.fromisoformat(stated[:10]) for stated in (one, other)]
    except ValueError:
        return True
    return abs(days[0] - days[1]) <= _MOVED


def _told(package: model.Package, source: Source) -> bool:
    query = model.Session.query(LedgerEntry.record_key).filter_by(
        source_id=source.id, package_id=package.id, withdrawn_at=None
    )
    if source.together is not None:
        query = query.filter(LedgerEntry.record_key.in_(source.together))
    return query.first() is not None


def _said(draft: Draft) -> dict[str, Any]:
    """Return what an editor needs to know the session by. Screened, like all of a draft."""
    told = {name: draft.fields[name] for name in _TOLD if draft.fields.get(name)}
    return {**told, **({"series": draft.series} if draft.series else {}), "record": draft.file}
