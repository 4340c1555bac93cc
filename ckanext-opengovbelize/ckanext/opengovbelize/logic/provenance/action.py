"""Where the fields of a dataset come from, and lifting editors' locks."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.logic import validate

from ...catalogue import provenance
from ...catalogue.pipeline import ROADS
from . import schema

__all__ = ["opengovbelize_lock_lift", "opengovbelize_provenance_show"]


@tk.side_effect_free
@validate(schema.provenance_show)
def opengovbelize_provenance_show(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return which source gave which field of a dataset, and which are held by an editor.

    :param id: id or name of the dataset
    :type id: string

    :returns: for each field or row ``field``, ``row`` (its code, or empty), ``text`` (what a row is known by),
        ``sources`` (titles, the one that counts first) and ``locked``
    :rtype: list of dicts
    """
    return [
        asdict(unit)
        for unit in provenance.units(_package(context, data_dict, "opengovbelize_provenance_show"))
    ]


@validate(schema.lock_lift)
def opengovbelize_lock_lift(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Let sources decide again about a field that an editor changed by hand, and take over what they say now.

    :param id: id or name of the dataset
    :type id: string
    :param field: name of the field
    :type field: string
    :param row: code of the row, for one row of a field that has several (optional)
    :type row: string

    :returns: what ``opengovbelize_provenance_show`` returns afterwards
    :rtype: list of dicts
    """
    package = _package(context, data_dict, "opengovbelize_lock_lift")
    provenance.lift(package, data_dict["field"], data_dict["row"], context["user"])
    return [asdict(unit) for unit in provenance.units(package)]


def _package(context: Any, data_dict: dict[str, Any], action: str) -> model.Package:
    package = model.Package.get(data_dict["id"])
    if package is None or package.type not in ROADS:
        raise tk.ObjectNotFound(tk._("There is no such dataset, or none that is imported."))
    tk.check_access(action, context, {"id": package.id})
    return package
