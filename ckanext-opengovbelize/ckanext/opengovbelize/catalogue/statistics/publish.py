"""Publishing figures: the release, the dataset and its table in the DataStore.

Two databases take part. What an attacker may come to know is noted first (the release, in a transaction of its own);
then the dataset is written and not yet committed, then the DataStore's table replaced in one transaction, then the
dataset committed. Whatever fails on the way, the former figures stay or all new ones are there, and publishing the
same once more goes on from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan.model.types import make_uuid
from sqlalchemy.orm import Session

from ... import config
from ...exports import statistics as exports
from ...model import Published, StatisticsRelease
from ...schemas.types import STATISTICS
from ...statistics.cells import ALL, MODE
from ...statistics.rows import Row
from .. import ledger, stored, visibility
from .. import publish as packages
from . import covering, datastore, figures, releases
from .covering import Covers, Subject

# In the context of a package action: its caller is this module. A request cannot set it.
WRITER = "opengovbelize_publishes_figures"
# What only this module changes, and what of a dataset it must not lose.
MANAGED = (
    *("in_series", "webinars", "dimensions", "threshold", "disclosure_rule", "withheld"),
    *("release", "released"),
)
# Code of the resource that the DataStore's table belongs to.
FIGURES = "figures"


@dataclass(frozen=True)
class Details:
    """What else is known of figures, for their dataset.

    Attributes:
        threshold: T of the disclosure control.
        collected_by: how they were collected, codes of the vocabulary ``collection_methods``.
        state: publication state of the dataset.
        fields: other fields of the dataset, which only a new dataset takes: an editor may change them afterwards.
    """

    threshold: int
    collected_by: tuple[str, ...] = ()
    state: str = visibility.RELEASED
    fields: Mapping[str, Any] = field(default_factory=dict)


def publish(
    covers: Covers,
    rows: Sequence[Row],
    note: Mapping[str, str] | str = "",
    *,
    user: str,
    expected: str,
    details: Details,
) -> str:
    """Publish figures as the next release of their dataset.

    It commits, or rolls back where something refuses: nothing else may wait in the session.

    Args:
        covers: what they are about.
        rows: the newly released rows. Breakdowns that are not among them stay at their earlier release.
        note: what was withheld and why, by language; written from the rows where it is empty.
        user: name of the user who publishes.
        expected: fingerprint of the releases that the figures were computed beside.
        details: what else is known.

    Returns:
        The address of the dataset.

    Raises:
        ValidationError: another release came since, or the schema refuses the dataset.
        ValueError: a row holds what must not be published.
    """
    if not rows:
        raise tk.ValidationError({"rows": [tk._("There is no figure to publish.")]})
    with _one_at_a_time(covers):
        subject = covering.subject(covers)
        releases.check(rows, subject.sessions, config.LEAST_THRESHOLD)
        package_id = _package_id(subject)
        release = _noted(subject, package_id, rows, expected, _notes(note, rows, details), details, user)
        try:
            _write(subject, package_id, release, details, user)
            release.published_at = ledger.now()
            model.Session.add(release)
            model.Session.commit()
        except BaseException:
            model.Session.rollback()
            raise
    packages.index([package_id])
    return subject.dataset_name


@contextmanager
def _one_at_a_time(covers: Covers) -> Iterator[None]:
    """Let one publication at a time go on for a series, or for a webinar without one; whatever commits meanwhile."""
    key = covers.series or next(iter(covers.webinars), "")
    with _engine().begin() as connection:
        connection.execute(
            sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"),
            {"key": f"opengovbelize statistics {key}"},
        )
        # What was read before the lock was ours may be outdated.
        model.Session.rollback()
        model.Session.expire_all()
        yield


def _engine() -> sa.Engine:
    """Return the engine by itself: what it does is no part of the transaction that is open."""
    return model.Session.get_bind().engine


def _package_id(subject: Subject) -> str:
    """Return the id of the dataset: its present one, or a new one."""
    package = model.Package.get(subject.dataset_name)
    if package is None:
        return make_uuid()
    if package.type != STATISTICS or package.owner_org != subject.main.owner_org or package.state != "active":
        message = tk._("The address {name} is taken by another dataset. Rename that one, then publish again.")
        raise tk.ValidationError({"name": [message.format(name=subject.dataset_name)]})
    return package.id


def _noted(
    subject: Subject,
    package_id: str,
    rows: Sequence[Row],
    expected: str,
    note: Mapping[str, str],
    details: Details,
    user: str,
) -> StatisticsRelease:
    """Note the release before anything of it is public, in a transaction of its own.

    The same release again, which did not get through the last time, goes on under its number.
    """
    covers = subject.covers
    known = releases.stored_of(covers.webinars, covers.series)
    waiting = [one for one in known if _is_same(one, rows)]
    others = [one for one in known if one not in waiting]
    if expected not in (_fingerprint(known), _fingerprint(others)):
        message = tk._(
            "Other figures of this series were published meanwhile. Send the files again and look at the new preview."
        )
        raise tk.ValidationError({"expected": [message]})
    mine = [one for one in waiting if one.package_id == package_id]
    if mine:
        return mine[-1]
    number = 1 + max((one.number for one in releases.of_dataset(package_id, published_only=False)), default=0)
    account = model.User.get(user)
    release = StatisticsRelease(
        package_id=package_id,
        series_id=subject.series.id if subject.series else "",
        number=number,
        created_at=ledger.now(),
        user_id=account.id if account else "",
        threshold=details.threshold,
        covers=subject.stored(),
        rows=releases.as_stored(rows, number),
        note=dict(note),
    )
    with Session(_engine(), expire_on_commit=False) as session, session.begin():
        session.add(release)
    return model.Session.merge(release)


def _is_same(stored: StatisticsRelease, rows: Sequence[Row]) -> bool:
    """Tell whether a release that did not get through has just these rows."""
    return stored.published_at is None and stored.rows == releases.as_stored(rows, stored.number)


def _fingerprint(stored: Sequence[StatisticsRelease]) -> str:
    return releases.fingerprint([releases.as_release(one) for one in stored])


def _write(
    subject: Subject, package_id: str, release: StatisticsRelease, details: Details, user: str
) -> None:
    """Write the dataset, not committed yet, and then the DataStore's table."""
    data = _data(subject, package_id, release, details)
    context = packages.context_for(user)
    context[WRITER] = True
    if model.Session.get(model.Package, package_id) is None:
        tk.get_action("package_create")(context, data)
    else:
        # Without a commit of its own package_update leaves this out, and the activity stream goes by it.
        context["changed_entities"] = {"packages": {package_id}}
        tk.get_action("package_update")(context, data)
    model.Session.flush()
    _mark(package_id)
    resource_id = next(row["id"] for row in data["resources"] if row.get("code") == FIGURES)
    earlier = [one for one in releases.of_dataset(package_id) if one.id != release.id]
    datastore.replace(resource_id, figures.current([*earlier, release]))


def _mark(package_id: str) -> None:
    """Let the dataset be indexed later, should that fail now."""
    row = model.Session.get(Published, package_id)
    if row is None:
        row = Published(package_id=package_id, values={}, shown={})
    row.index_pending = True
    model.Session.add(row)
    model.Session.flush()


def _data(subject: Subject, package_id: str, release: StatisticsRelease, details: Details) -> dict[str, Any]:
    """Return the dataset as it is to be: what an editor changed by hand stays."""
    known = model.Session.get(model.Package, package_id) is not None
    data = packages.show(package_id) if known else {**_new(subject, package_id), **details.fields}
    # CKAN sets the time itself where none is given.
    data.pop("metadata_modified", None)
    rows = [Row(*values) for values in release.rows]
    dimensions = {name for row in rows for name in (row.dimension_1, row.dimension_2) if name}
    dimensions |= {MODE} if any(row.mode != ALL for row in rows) else set()
    data |= {
        "in_series": [subject.series.id] if subject.series else [],
        "webinars": [webinar.id for webinar in subject.webinars],
        "dimensions": sorted(dimensions | set(data.get("dimensions") or [])),
        "threshold": release.threshold,
        "disclosure_rule": exports.rule(release.threshold)["en"],
        "withheld": release.note.get("en", ""),
        "release": release.number,
        "released": config.day_of(release.created_at).isoformat(),
        "invented": _is_invented(subject),
        "publication_state": details.state,
        "private": visibility.private_for(details.state),
    }
    if details.collected_by:
        data["collected_by"] = sorted({*details.collected_by, *(data.get("collected_by") or [])})
    data["translations"] = _translations(data, release)
    data["resources"] = _resources(subject, data)
    return data


def _new(subject: Subject, package_id: str) -> dict[str, Any]:
    extras = subject.main.extras or {}
    title = subject.main.title or subject.main.name
    return {
        "id": package_id,
        "type": STATISTICS,
        "name": subject.dataset_name,
        "title": f"{title}: participants",
        "owner_org": subject.main.owner_org,
        "license_id": subject.main.license_id or "cc-by",
        "language": _loaded(extras.get("language")) or ["en"],
        "translations": [
            {"field": "title", "language": "es", "text": f"{_spanish_title(subject)}: participantes"}
        ],
    }


def _translations(data: Mapping[str, Any], release: StatisticsRelease) -> list[dict[str, Any]]:
    """Return the translations with those of the texts that are written here."""
    written = {"disclosure_rule": exports.rule(release.threshold), "withheld": release.note}
    kept = [row for row in data.get("translations") or [] if row.get("field") not in written]
    return kept + [
        {"field": name, "language": language, "text": text}
        for name, texts in written.items()
        for language, text in texts.items()
        if language != "en" and text
    ]


def _resources(subject: Subject, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the dataset's resources, that of the figures among them with the id that it has."""
    present = data.get("resources") or []
    old = next((row for row in present if row.get("code") == FIGURES), {"id": make_uuid()})
    resource = {
        **old,
        "code": FIGURES,
        "url": tk.url_for(
            "opengovbelize_statistics.download", name=subject.dataset_name, file_format="csv", qualified=True
        ),
        "name": old.get("name") or "All figures",
        "kind": "other",
        "format": "CSV",
        "datastore_active": True,
    }
    return [resource, *(row for row in present if row.get("code") != FIGURES)]


def _is_invented(subject: Subject) -> bool:
    """Tell whether anything that the figures are about is made up: then so are they."""
    packages_ = [*subject.webinars, *([subject.series] if subject.series else [])]
    return any(stored.is_true((package.extras or {}).get("invented")) for package in packages_)


def _spanish_title(subject: Subject) -> str:
    rows = _loaded((subject.main.extras or {}).get("translations")) or []
    for row in rows:
        if row.get("field") == "title" and row.get("language") == "es" and row.get("text"):
            return row["text"]
    return subject.main.title or subject.main.name


def _notes(note: Mapping[str, str] | str, rows: Sequence[Row], details: Details) -> Mapping[str, str]:
    if isinstance(note, str):
        return {"en": note} if note else exports.note(rows, details.threshold)
    return note


def _loaded(stored: Any) -> Any:
    return json.loads(stored) if isinstance(stored, str) and stored else stored
