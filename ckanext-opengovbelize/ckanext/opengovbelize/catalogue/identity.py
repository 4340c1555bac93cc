"""Which dataset a record belongs to: series and number where known, else what it was known by before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from sqlalchemy import bindparam, delete, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from .. import config
from ..folding import fold
from ..model import Identity
from ..privacy.hashing import keyed_hash
from ..records.drafts import Draft
from ..schemas.types import COMMITMENT, PLAN, SERIES, WEBINAR

# Of these the keys are kept; figures are known by what they are about.
TYPES = (WEBINAR, SERIES, PLAN, COMMITMENT)

_KEYS: Any = Identity.__table__
_SHARING = select(_KEYS.c.kind, _KEYS.c.package_id).where(
    _KEYS.c.organization_id == bindparam("organization_id"),
    or_(
        tuple_(_KEYS.c.kind, _KEYS.c.key).in_(bindparam("pairs", expanding=True)),
        _KEYS.c.kind.in_(bindparam("alike", expanding=True)),
    ),
)
_ADD = insert(_KEYS).on_conflict_do_nothing().returning(_KEYS.c.kind, _KEYS.c.key)


@dataclass(frozen=True)
class Facts:
    """What tells one webinar from another; empty where it is not known."""

    series_id: str
    number: str
    title: str
    start: str

    @property
    def number_key(self) -> str:
        """Return the key of series and number, empty unless both are known."""
        return f"{self.series_id} {self.number}" if self.series_id and self.number else ""

    @property
    def title_start_key(self) -> str:
        """Return the keyed hash of title and start, empty unless both are known."""
        return _hashed(f"{self.title} {self.start}") if self.title and self.start else ""


def kinds_of_likeness(facts: Facts) -> list[str]:
    """Return the kinds of keys that webinars share which may be one: its id is the key, since many may share it."""
    kinds = {"start": facts.start, "title": facts.title}
    return [f"{kind} {_hashed(value)}" for kind, value in kinds.items() if value]


def facts_of_draft(draft: Draft, series_id: str) -> Facts:
    """Return the facts that a record states."""
    fields = draft.fields
    return Facts(
        series_id,
        number_text(fields.get("session_number")),
        fold(str(fields.get("title") or "")),
        moment(fields.get("start")) or fold(str(fields.get("date_as_stated") or "")),
    )


def facts_of_package(package: model.Package) -> Facts:
    """Return the facts of a webinar that is in the catalogue."""
    extras = package.extras or {}
    return Facts(
        next(iter(as_list(extras.get("in_series"))), ""),
        number_text(extras.get("session_number")),
        fold(package.title or ""),
        moment(extras.get("start")) or fold(extras.get("date_as_stated") or ""),
    )


def as_list(stored: str | None) -> list[str]:
    """Return a field of several values as it lies in the database: JSON, or one plain value."""
    if not stored:
        return []
    try:
        values = json.loads(stored)
    except ValueError:
        return [stored]
    return [str(value) for value in values] if isinstance(values, list) else [stored]


def number_text(value: Any) -> str:
    """Return a session's number in one form, without leading zeros."""
    text = str(value if value is not None else "").strip()
    return str(int(text)) if text.isdecimal() else text


def moment(value: Any) -> str:
    """Return a time with offset in UTC, so that one moment has one form; empty where it is no such time."""
    try:
        time = datetime.fromisoformat(str(value or ""))
    except ValueError:
        return ""
    return time.astimezone(UTC).isoformat() if time.tzinfo else time.isoformat()


@dataclass(frozen=True)
class Namesakes:
    """The webinars that share keys with a record.

    Attributes:
        owners: id by kind of key, of those keys that one webinar has alone.
        alike: ids of those with its title or its start.
    """

    owners: dict[str, str]
    alike: list[str]


def namesakes(organization_id: str, facts: Facts, address: str = "") -> Namesakes:
    """Return which webinars of an organization share keys with a record, in one question to the database."""
    keys = {
        "number": facts.number_key,
        "address": address_key(address),
        "title-start": facts.title_start_key,
    }
    wanted = {
        "organization_id": organization_id,
        "pairs": [(kind, key) for kind, key in keys.items() if key],
        "alike": kinds_of_likeness(facts),
    }
    found = [(row.kind, row.package_id) for row in model.Session.execute(_SHARING, wanted)]
    return Namesakes(
        {kind: id_ for kind, id_ in found if kind in keys},
        [id_ for kind, id_ in found if kind not in keys],
    )


def find(
    draft: Draft,
    facts: Facts,
    found: Namesakes,
    organization_id: str,
    known_package_id: str | None,
    series_is_new: bool,
) -> str | None:
    """Return the id of the webinar that a record is about, or None if it is a new one.

    Args:
        draft: the record.
        facts: what the record states; ``series_id`` is empty for a series that is yet to be made.
        found: the webinars that share keys with it.
        organization_id: only webinars of this organization are considered.
        known_package_id: the webinar that this record of this source was about before.
        series_is_new: whether the record's series is yet to be made.
    """
    if package := _owned(found.owners.get("number"), organization_id):
        return package.id
    known = _owned(known_package_id, organization_id)
    theirs = facts_of_package(known) if known is not None else None
    same_title_start = theirs is not None and facts.title_start_key == theirs.title_start_key != ""
    if known is not None and theirs and same_title_start and may_be_same(facts, theirs, series_is_new):
        # Sessions in parallel share title and start: what a record was about before tells them apart.
        return known.id
    for kind in ("address", "title-start"):
        package = _owned(found.owners.get(kind), organization_id)
        if package and agree(facts, facts_of_package(package), series_is_new):
            return package.id
    if known is None or theirs is None:
        return _only_of_title(organization_id, facts, found.alike) if draft.belongs and facts.title else None
    # The same record of the same source: a corrected number is believed where title and start say the same.
    renumbered = facts.series_id == theirs.series_id and same_title_start
    return known.id if renumbered or may_be_same(facts, theirs, series_is_new) else None


def _only_of_title(organization_id: str, facts: Facts, alike: Sequence[str]) -> str | None:
    """Return the one webinar of this title to which a video adds, None where there is none or more than one.

    ``alike`` are the ids of those that share its title or its start.
    """
    query = model.Session.query(model.Package).filter_by(
        owner_org=organization_id, type=WEBINAR, state="active"
    )
    theirs = {package.id: facts_of_package(package) for package in query.filter(model.Package.id.in_(alike))}
    found = [
        id_
        for id_, their in theirs.items()
        if facts.title == their.title and may_be_same(facts, their, False)
    ]
    return found[0] if len(found) == 1 else None


def agree(ours: Facts, theirs: Facts, series_is_new: bool = False) -> bool:
    """Tell whether facts that share an address, or title and start, are those of one webinar."""
    return (ours.title == theirs.title or ours.start == theirs.start) and may_be_same(
        ours, theirs, series_is_new
    )


def may_be_same(ours: Facts, theirs: Facts, series_is_new: bool) -> bool:
    """Tell whether series and number, as far as known, do not make them two webinars."""
    if series_is_new and theirs.series_id:
        return False
    if ours.series_id and theirs.series_id and ours.series_id != theirs.series_id:
        return False
    return not (ours.number and theirs.number and ours.number != theirs.number)


def address_key(address: str) -> str:
    """Return the keyed hash of a record's public address, empty where it has none."""
    return _hashed(address) if address else ""


def _hashed(text: str) -> str:
    return keyed_hash(config.hash_key(), text)


def of_number(series: model.Package, number: str) -> model.Package | None:
    """Return the webinar of this number in a series."""
    organization_id = series.owner_org or ""
    found = namesakes(organization_id, Facts(series.id, number_text(number), "", ""))
    return _owned(found.owners.get("number"), organization_id)


def _owned(package_id: str | None, organization_id: str) -> model.Package | None:
    package = model.Session.get(model.Package, package_id) if package_id else None
    if package is None or package.owner_org != organization_id or package.type != WEBINAR:
        return None
    # A deleted one too: a webinar that was deleted by hand is not made anew.
    return package


def remember_address(package: model.Package, address: str) -> None:
    """Note the public address by which later records find this webinar."""
    if address:
        _add(package, [("address", address_key(address))])


def lead_on(former_id: str, package: model.Package) -> None:
    """Let the addresses of a dataset lead to that of another organization, to which its record went with its source."""
    former = model.Session.get(model.Package, former_id)
    if former is None or former.type != package.type or former.owner_org == package.owner_org:
        return
    # Each organization has series of its own.
    ours, theirs = (replace(facts_of_package(each), series_id="") for each in (package, former))
    alike = ours.title == theirs.title or ours.start == theirs.start != ""
    if alike and may_be_same(ours, theirs, False):
        names = model.Session.query(Identity.key).filter_by(package_id=former.id, kind="name")
        _add(package, [("name", name) for (name,) in names])


def renamed(name: str) -> str | None:
    """Return the present address of the dataset that once had this one, or None."""
    rows = (
        model.Session.query(model.Package.name)
        .join(Identity, Identity.package_id == model.Package.id)
        .filter(Identity.kind == "name", Identity.key == name, model.Package.state == "active")
        .order_by(Identity.id.desc())
    )
    return next((current for (current,) in rows if current != name), None)


def register(pkg_dict: dict[str, Any], is_new: bool = False) -> None:
    """Note the keys by which later records find this dataset.

    Called after every creation and update, whoever makes it, so that webinars made by hand are found too.

    Args:
        pkg_dict: the dataset, as the action saved it.
        is_new: whether it was just created, so that it has no keys yet.

    Raises:
        ValidationError: another webinar has this series and number, or another commitment this plan, stage and number.
    """
    package = model.Session.get(model.Package, pkg_dict["id"])
    if package is None or package.type not in TYPES or not package.owner_org:
        return
    keys = {("name", package.name)}
    if package.type == WEBINAR:
        facts = facts_of_package(package)
        keys |= {("number", facts.number_key), ("title-start", facts.title_start_key)}
        keys |= {(kind, package.id) for kind in kinds_of_likeness(facts)}
    elif package.type == COMMITMENT:
        keys.add(("number", _commitment_key(package)))
    wanted = {(kind, key) for kind, key in keys if key}
    rows = [] if is_new else model.Session.query(Identity).filter_by(package_id=package.id)
    present = {(row.kind, row.key): row for row in rows}
    outdated = [
        row.id
        for (kind, key), row in present.items()
        if row.organization_id != package.owner_org or (_is_of_now(kind) and (kind, key) not in wanted)
    ]
    if outdated:
        model.Session.execute(delete(Identity).where(Identity.id.in_(outdated)))
    kept = {each for each, row in present.items() if row.id not in outdated}
    _add(package, sorted(wanted - kept))


def _is_of_now(kind: str) -> bool:
    """Tell whether a dataset loses its keys of this kind when it changes; by the others it is found for ever."""
    return kind == "number" or _is_likeness(kind)


def _is_likeness(kind: str) -> bool:
    return kind.startswith(("start ", "title "))


def dotted_number(number: Any) -> str:
    """Return a number in the form by which numbers are compared: ``03`` is ``3``, ``c1`` is ``C1``."""
    return ".".join(number_text(part) for part in str(number or "").strip().upper().split("."))


def _commitment_key(package: model.Package) -> str:
    """Return plan, stage and number of a commitment: within a plan and stage, no two have one number."""
    extras = package.extras or {}
    return f"{extras.get('in_plan', '')} {extras.get('stage', '')} {dotted_number(extras.get('number'))}"


def _add(package: model.Package, keys: Sequence[tuple[str, str]]) -> None:
    """Give keys to a dataset. Another webinar's number is refused; other keys stay with their first."""
    if not keys:
        return
    common = {"organization_id": package.owner_org, "package_id": package.id}
    added = model.Session.execute(_ADD, [{**common, "kind": kind, "key": key} for kind, key in keys]).all()
    for kind, key in sorted(set(keys) - {(row.kind, row.key) for row in added}):
        _share(package, kind, key)


def _share(package: model.Package, kind: str, key: str) -> None:
    """Decide about a key that is somebody's already."""
    owner = _owner({"organization_id": package.owner_org, "kind": kind, "key": key})
    if owner is None or owner.id == package.id:
        return
    if kind == "name" or owner.state == "deleted":
        model.Session.query(Identity).filter_by(organization_id=package.owner_org, kind=kind, key=key).update(
            {"package_id": package.id}
        )
    elif kind == "number":
        model.Session.rollback()
        if package.type == COMMITMENT:
            raise tk.ValidationError({"number": [commitment_number_taken_message(owner.name)]})
        raise tk.ValidationError({"session_number": [number_taken_message(owner.name)]})


def _owner(values: dict[str, Any]) -> model.Package | None:
    query = (
        model.Session.query(model.Package)
        .join(Identity, Identity.package_id == model.Package.id)
        .filter(Identity.organization_id == values["organization_id"])
        .filter(Identity.kind == values["kind"], Identity.key == values["key"])
    )
    return query.one_or_none()


def number_taken_message(name: str) -> str:
    """Return what to tell somebody who gives a webinar the number of another."""
    return tk._(
        "This series already has a webinar with this number: {name}. "
        "Change the number, or edit that webinar instead."
    ).format(name=name)


def commitment_number_taken_message(name: str) -> str:
    """Return what to tell somebody who gives a commitment the number of another."""
    return tk._(
        "This plan already has a commitment of this number in this stage: {name}. "
        "Change the number or the stage, or edit that commitment instead."
    ).format(name=name)


def address(package_id: str) -> str:
    """Return the present address of a dataset; its id where it is none."""
    package = model.Session.get(model.Package, package_id)
    return package.name if package else package_id
