"""Datasets of another portal, as its API shows them: bytes to typed records, unscreened."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .names import is_name
from .problems import Problem
from .session import ROLES

SERIES, WEBINAR, PLAN, COMMITMENT, DATASET = (
    "webinar_series",
    "webinar",
    "action_plan",
    "commitment",
    "dataset",
)
TYPES = (SERIES, WEBINAR, PLAN, COMMITMENT, DATASET)

# Belongs to the other portal, or is made anew by this one.
_NOT_TAKEN = frozenset(
    (
        *(
            "id",
            "type",
            "state",
            "private",
            "isopen",
            "creator_user_id",
            "metadata_created",
            "metadata_modified",
        ),
        *("owner_org", "organization", "groups", "num_resources", "num_tags", "resources", "tags", "extras"),
        *("relationships_as_subject", "relationships_as_object", "license_title", "license_url", "version"),
        *(
            "author",
            "author_email",
            "maintainer",
            "maintainer_email",
            "publication_state",
            "tracking_summary",
        ),
        *("contact", "publisher", "reports", "in_series", "in_plan", "title_translated", "notes_translated"),
    )
)
_RESOURCE_FIELDS = (
    *("code", "kind", "name", "url", "format", "language", "license", "description", "availability"),
)
# Names of fields are not screened, so they hold nothing but what names of fields are made of.
_NAME = re.compile(r"[a-z][a-z_]{0,40}")
# Fields in which portals say whom to ask and who made something: nobody there has a public role in a session.
_OF_PERSONS = re.compile(
    r"(?:\w+_)?(?:author|maintainer|contact|creator|editor|owner|steward|custodian|qualified_attribution)(?:s|_\w+)?"
)
_NAMES = ("name", "agent", "fn", "value")
_DEEPEST = 4
_MOST_ROWS = 2_000
_LONGEST = 500_000


@dataclass
class PackageRecord:
    """One dataset of another portal.

    Attributes:
        type: its dataset type.
        name: the last part of its address there.
        fields: what its schema names, and keywords as one text.
        resources: its resources.
        reports: of a commitment, its progress reports.
        others: names of people whom it gives without a public role, for the screen alone.
        parent: the name of the series or plan that it belongs to, or empty.
        file: how reports call it.
        problems: what is wrong with it.
    """

    type: str
    name: str
    fields: dict[str, Any] = field(default_factory=dict)
    resources: list[dict[str, str]] = field(default_factory=list)
    reports: list[dict[str, Any]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    parent: str = ""
    file: str = ""
    problems: list[Problem] = field(default_factory=list)


def read(data: bytes, *, file: str) -> PackageRecord:
    """Read a dataset. It never raises for bad input: a problem that rejects says what is wrong."""
    try:
        content = json.loads(data)
        package = content["package"]
        references = _texts(content.get("references"))
        organizations = _texts(content.get("organizations"))
        type_ = str(package.get("type") or DATASET)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        message = (
            "The other portal's answer cannot be read as a dataset. Run the source again; if it stays, tell its "
            "operator."
        )
        return PackageRecord(
            "", "", file=file, problems=[Problem("package-unreadable", message, file, rejects=True)]
        )
    if type_ not in TYPES or (type_ != DATASET and "publication_state" not in package):
        message = "Datasets of this type are not those of this portal, and cannot be taken over."
        return PackageRecord(
            DATASET, "", file=file, problems=[Problem("type-unknown", message, file, rejects=True)]
        )
    record = PackageRecord(type_, _text(package.get("name"))[:100], file=file)
    record.fields = {
        name: plain
        for name, value in package.items()
        if _is_taken(name) and (plain := _plain(value)) not in (None, "", [])
    }
    _leave_persons(record, package)
    _take_keywords(record, package)
    _take_references(record, package, references, organizations)
    record.resources = [
        {name: text for name in _RESOURCE_FIELDS if (text := _text(row.get(name)))}
        for row in _rows(package.get("resources"))
    ]
    if type_ == COMMITMENT:
        record.reports = _rows(_plain(package.get("reports")))
    return record


def _is_taken(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and name not in _NOT_TAKEN and not _OF_PERSONS.fullmatch(name)


def _leave_persons(record: PackageRecord, package: Mapping[str, Any]) -> None:
    """Leave out whoever has no public role, and remember their names."""
    stated = [value for name, value in package.items() if _OF_PERSONS.fullmatch(name)]
    stated += [row for row in _rows(package.get("extras")) if _OF_PERSONS.fullmatch(_text(row.get("key")))]
    people = _rows(record.fields.get("people"))
    stated += [row for row in people if row.get("role") not in ROLES]
    if people:
        record.fields["people"] = [row for row in people if row.get("role") in ROLES]
    for one in stated:
        rows = _rows(one) or ([one] if isinstance(one, dict) else [{"name": one}])
        names = [_text(row.get(name)).strip() for row in rows for name in _NAMES]
        record.others += [name for name in names if is_name(name)]


def _take_keywords(record: PackageRecord, package: Mapping[str, Any]) -> None:
    tags = [_text(row.get("name")) for row in _rows(package.get("tags"))]
    if keywords := ", ".join(sorted(filter(None, tags))):
        record.fields["tag_string"] = keywords


def _take_references(
    record: PackageRecord,
    package: Mapping[str, Any],
    references: Mapping[str, str],
    organizations: Mapping[str, str],
) -> None:
    """Name what the dataset refers to by ids, which mean nothing here."""
    series = package.get("in_series")
    parent = package.get("in_plan") or (series[0] if isinstance(series, list) and series else series)
    record.parent = references.get(_text(parent), "")
    if "derived_from" in record.fields:
        ids = record.fields.pop("derived_from")
        known = [references[id_] for id_ in (ids if isinstance(ids, list) else [ids]) if id_ in references]
        if known:
            record.fields["derived_from"] = known
    for row in _rows(record.fields.get("indicators")):
        if lead := organizations.get(_text(row.get("lead")), ""):
            row["lead"] = lead
        else:
            row.pop("lead", None)


def _plain(value: Any, depth: int = 0) -> Any:
    """Return a value without what no field of ours can hold."""
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, float):
        return str(value)
    if isinstance(value, str):
        return value[:_LONGEST]
    if depth == _DEEPEST:
        return None
    if isinstance(value, list):
        return [plain for item in value[:_MOST_ROWS] if (plain := _plain(item, depth + 1)) not in (None, "")]
    if isinstance(value, dict):
        return {
            name: plain
            for name, item in value.items()
            if _NAME.fullmatch(name) and (plain := _plain(item, depth + 1)) not in (None, "")
        }
    return None


def _rows(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> dict[str, str]:
    return {
        key: text for key, text in (value or {}).items() if isinstance(key, str) and isinstance(text, str)
    }
