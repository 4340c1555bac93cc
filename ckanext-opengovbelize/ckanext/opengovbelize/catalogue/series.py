"""Which series a record belongs to, and the series that a record makes."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import ckan.model as model
from sqlalchemy import bindparam, select

from ..folding import fold
from ..records import series_names
from ..records.drafts import Draft
from ..records.problems import Problem
from ..schemas.types import SERIES
from . import ledger, names
from .identity import as_list
from .ledger import Source
from .visibility import RELEASED

_ACTIVE = select(model.Package).where(
    model.Package.type == SERIES,
    model.Package.state == "active",
    model.Package.owner_org == bindparam("organization_id"),
    model.Package.name == bindparam("name"),
)
# What a series takes from the record that makes it.
INHERITED = ("organisers", "funders", "language", "license_id", "invented")

# Tells that a record makes a series; one that is rejected makes none.
CREATED = "series-created"

AMBIGUOUS = (
    "series-ambiguous",
    "More than one series is known by the name that was given. State the session's date in the record, or give the "
    "last part of the address of the series' page in the source's configuration.",
)
FOREIGN = (
    "series-foreign",
    "The address that the source's configuration gives for the series belongs to another dataset, such as a "
    "series of another organization or a deleted one. Give the address of a series of this organization.",
)


@dataclass(frozen=True)
class SeriesMatch:
    """A series: one that is there, or with ``id`` None the one that would be made of ``values``.

    One that is there is held, or the validators of its webinar would read it anew, each for itself.
    """

    id: str | None
    name: str
    values: dict[str, Any] | None = None
    problems: tuple[Problem, ...] = ()
    package: model.Package | None = field(default=None, compare=False, repr=False)


def match(draft: Draft, source: Source, foreseen: Iterable[SeriesMatch] = ()) -> SeriesMatch | None:
    """Return the series of a draft, or None where neither the source nor the record names one.

    Args:
        draft: the record.
        source: where it comes from.
        foreseen: series that earlier records of the same run are going to make.
    """
    if names.is_name(source.series):
        return next((new for new in foreseen if new.name == source.series), None) or _configured(
            draft, source
        )
    if source.series:
        # Its title, or another name: found as if the record gave it.
        draft = replace(draft, series=source.series)
    elif name := str(draft.series_fields.get("name") or ""):
        return _named(draft, source, name, foreseen)
    if not draft.series.strip():
        return None
    year = session_year(draft)
    present = _of_organization(source.organization_id)
    made = {row.name for row in present}
    # What was foreseen may have been published meanwhile, by this run or by another.
    series = [*present, *(new for new in foreseen if new.name not in made)]
    known = [row for row in series if _has_alias(row, draft.series)]
    same_year = [row for row in known if year in names.years_in(row.name)]
    undated = [row for row in known if not names.years_in(row.name)]
    candidates = same_year or undated or ([] if year else known)
    if len(candidates) == 1:
        found = candidates[0]
        return found if isinstance(found, SeriesMatch) else _present(found)
    if candidates:
        return SeriesMatch(None, "", problems=(_refused(draft, *AMBIGUOUS),))
    wanted = series_names.slug(draft.series, year)
    return _new(draft, source, wanted, series_names.title(draft.series))


def of_name(
    organization_id: str, name: str, title: str = "", others: Container[str] = ()
) -> model.Package | None:
    """Return the series of this address, else the only one that is known by this title.

    A series is not known by its title where its id is among ``others``, or where both addresses have a year, and
    not the same: many a program gives its series the same title every year.
    """
    series = _of_organization(organization_id)
    if found := next((row for row in series if row.name == name), None):
        return found
    called = [
        row
        for row in series
        if title and _has_alias(row, title) and row.id not in others and _may_be_of_one_year(row.name, name)
    ]
    return called[0] if len(called) == 1 else None


def _may_be_of_one_year(*addresses: str) -> bool:
    one, other = map(names.years_in, addresses)
    return not (one and other) or bool(one & other)


def _named(draft: Draft, source: Source, name: str, foreseen: Iterable[SeriesMatch]) -> SeriesMatch:
    """Return the series that the record names by the address that it has in its source."""
    if found := of_name(source.organization_id, name) or _told(source.id, name):
        return _present(found)
    wanted = names.free(name, source.organization_id)
    if pending := next((row for row in foreseen if row.name == wanted), None):
        return pending
    return _new(draft, source, name, name.replace("-", " ").capitalize())


def _told(source_id: str, name: str) -> model.Package | None:
    """Return the series that has another address here, since this one was taken."""
    ids = (id_ for id_, called in ledger.names_told(source_id, SERIES).items() if called == name)
    return next((row for id_ in ids if (row := model.Session.get(model.Package, id_))), None)


def session_year(draft: Draft) -> int | None:
    """Return the year of the session, as far as the record tells."""
    try:
        return datetime.fromisoformat(str(draft.fields.get("start") or "")).year
    except ValueError:
        stated = names.years_in(str(draft.fields.get("date_as_stated") or ""))
        return stated.pop() if len(stated) == 1 else None


def _of_organization(organization_id: str) -> list[model.Package]:
    return (
        model.Session.query(model.Package)
        .filter_by(owner_org=organization_id, type=SERIES, state="active")
        .order_by(model.Package.metadata_created)
        .all()
    )


def _has_alias(series: model.Package | SeriesMatch, phrase: str) -> bool:
    if isinstance(series, SeriesMatch):
        values = series.values or {}
        known = [values["title"], *values["aliases"]]
    else:
        known = [series.title or "", *as_list((series.extras or {}).get("aliases"))]
    return any(_key(alias) == _key(phrase) for alias in known)


def _key(phrase: str) -> str:
    """Return what tells the phrase from others; one that says only "webinar series" is taken as it is."""
    return series_names.key(phrase) or fold(phrase)


def _configured(draft: Draft, source: Source) -> SeriesMatch:
    wanted = {"organization_id": source.organization_id, "name": source.series}
    if series := model.Session.execute(_ACTIVE, wanted).scalar_one_or_none():
        return _present(series)
    if names.taken(source.series):
        return SeriesMatch(None, "", problems=(_refused(draft, *FOREIGN),))
    title = series_names.title(draft.series) if draft.series else source.series.replace("-", " ").capitalize()
    return _new(draft, source, source.series, title)


def _present(series: model.Package) -> SeriesMatch:
    return SeriesMatch(series.id, series.name, package=series)


def _new(draft: Draft, source: Source, wanted: str, title: str) -> SeriesMatch:
    name = names.free(wanted, source.organization_id)
    values: dict[str, Any] = {
        "type": SERIES,
        "title": title,
        "aliases": [draft.series] if draft.series and draft.series != name else [],
        "owner_org": source.organization_id,
        "publication_state": RELEASED,
        **{each: draft.fields[each] for each in INHERITED if draft.fields.get(each)},
        **draft.series_fields,
        "name": name,
    }
    problem = Problem(
        CREATED,
        "No series of this organization is known by the name that was given, so the series "
        f"{name} is made. If it is a known series under another name, add that name to its aliases.",
        file=draft.file,
        field="in_series",
    )
    return SeriesMatch(None, name, values, (problem,))


def _refused(draft: Draft, code: str, message: str) -> Problem:
    return Problem(code, message, file=draft.file, field="in_series", rejects=True)
