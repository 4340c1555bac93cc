"""The validators of participant statistics."""

from __future__ import annotations

import json
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ...catalogue.statistics import publish
from ...schemas.types import WEBINAR

__all__ = [
    "opengovbelize_figures_kept",
    "opengovbelize_figures_unchanged",
    "opengovbelize_statistics_rules",
    "opengovbelize_webinars",
]


def opengovbelize_webinars(value: Any, context: Context) -> str:
    """Accept webinars by id or name, which the user may read; store a list of their ids, as JSON."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise tk.Invalid(tk._("Give a list of webinars."))
    return json.dumps(list(dict.fromkeys(_readable(each, context).id for each in value if each != "")))


def opengovbelize_statistics_rules(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse figures about nothing, and those about sessions of another program."""
    if any(errors.get((name,)) for name in ("webinars", "in_series", "owner_org")):
        return
    ids = json.loads(data.get(("webinars",)) or "[]")
    series = json.loads(data.get(("in_series",)) or "[]")
    if not ids and not series:
        _complain(errors, "webinars", tk._("Give the sessions or the series that the figures are about."))
    owner = data.get(("owner_org",))
    for field, found in (("webinars", ids), ("in_series", series)):
        if any(getattr(model.Package.get(id_), "owner_org", owner) != owner for id_ in found):
            _complain(errors, field, tk._("It belongs to another program. Give one of the same program."))


def opengovbelize_figures_kept(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Put in what an update does not name of what publishing wrote: forms do not show it."""
    package = context.get("package")
    if package is None or context.get(publish.WRITER):
        return
    for name in publish.MANAGED:
        if data.get((name,), tk.missing) is tk.missing and (value := _stored(package, name)) is not None:
            data[(name,)] = value


def opengovbelize_figures_unchanged(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse changes by hand to what tells of the figures: it changes only when figures are published."""
    package = context.get("package")
    if package is None or context.get(publish.WRITER) or not _stored(package, "release"):
        return
    for name in publish.MANAGED:
        if not errors.get((name,)) and _plain(data.get((name,))) != _plain(_stored(package, name)):
            message = tk._("This changes only when figures are published. Leave it as it is.")
            _complain(errors, name, message)


def _stored(package: model.Package, name: str) -> Any:
    value = (package.extras or {}).get(name)
    if isinstance(value, str) and value[:1] == "[":
        return json.loads(value)
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, str) and value[:1] == "[":
        value = json.loads(value)
    if isinstance(value, list):
        return sorted(map(str, value))
    return "" if value in (None, tk.missing) else str(value)


def _complain(errors: FlattenErrorDict, field: str, message: str) -> None:
    errors.setdefault((field,), []).append(message)


def _readable(reference: Any, context: Context) -> model.Package:
    """Return the webinar, with one answer for one that is not there and one that the user may not read."""
    unknown = tk.Invalid(tk._("There is no such webinar. Give the id or the name of a webinar."))
    package = model.Package.get(reference) if isinstance(reference, str) else None
    if package is None or package.type != WEBINAR or package.state != "active":
        raise unknown
    reader: Context = {"user": context.get("user", ""), "ignore_auth": context.get("ignore_auth", False)}
    try:
        tk.check_access("package_show", reader, {"id": package.id})
    except tk.NotAuthorized:
        raise unknown from None
    return package
