"""Published figures for programs, and the settings of a program."""

from __future__ import annotations

from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.logic import validate

from ...catalogue import program
from ...catalogue.statistics import tables
from ...exports import statistics as exports
from ...schemas.types import STATISTICS
from ..access import organizations
from . import schema

__all__ = [
    "opengovbelize_program_settings_show",
    "opengovbelize_program_settings_update",
    "opengovbelize_statistics_release_list",
    "opengovbelize_statistics_release_show",
]


@tk.side_effect_free
@validate(schema.release_list)
def opengovbelize_statistics_release_list(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the releases of a statistics dataset, the newest first.

    Args:
        context: CKAN's.
        data_dict: ``id``, id or name of the dataset.

    Returns:
        For each ``release`` (its number), ``released`` (day), ``threshold``, ``note`` (by language), ``figures``
        (how many figures are new with it) and ``withheld`` (how many of them have no value for protection).
    """
    tk.check_access("opengovbelize_statistics_release_list", context, {"id": data_dict["id"]})
    return tables.releases_of(_dataset(context, data_dict["id"])["id"])


@tk.side_effect_free
@validate(schema.release_show)
def opengovbelize_statistics_release_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return the figures as they stood after one release.

    Args:
        context: CKAN's.
        data_dict: ``id``, id or name of the dataset; ``release``, a number, the newest where it is left out.

    Returns:
        What the JSON download holds: ``release``, ``released``, ``disclosure_control``, ``dictionary`` and ``rows``,
        each row with its ``status`` and ``confidentiality`` (codes of SDMX).
    """
    tk.check_access("opengovbelize_statistics_release_show", context, {"id": data_dict["id"]})
    dataset = _dataset(context, data_dict["id"])
    table = tables.table(dataset, data_dict.get("release"))
    if table is None:
        raise tk.ObjectNotFound(tk._("There is no such release."))
    return exports.content(table)


@tk.side_effect_free
@validate(schema.program)
def opengovbelize_program_settings_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of a program, for its editors.

    Args:
        context: CKAN's.
        data_dict: ``id``, id or name of the program's organization.

    Returns:
        ``threshold`` (counts of fewer people are withheld) and ``changes``, the newest first: ``threshold``,
        ``user`` (name of the account) and ``changed`` (in UTC).
    """
    organization = organizations.existing(data_dict["id"])
    tk.check_access("opengovbelize_program_settings_show", context, {"id": organization.id})
    return _settings(organization)


@validate(schema.program_update)
def opengovbelize_program_settings_update(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Change the settings of a program. A lower threshold holds for sessions of which no figures are published yet.

    Args:
        context: CKAN's.
        data_dict: ``id``, id or name of the program's organization; ``threshold``, a whole number, 5 or more.

    Returns:
        The settings, as ``opengovbelize_program_settings_show`` gives them.
    """
    organization = organizations.existing(data_dict["id"])
    tk.check_access("opengovbelize_program_settings_update", context, {"id": organization.id})
    account = model.User.get(context.get("user"))
    try:
        program.set_threshold(organization.id, data_dict["threshold"], user_id=account.id if account else "")
    except ValueError as problem:
        raise tk.ValidationError({"threshold": [str(problem)]}) from None
    return _settings(organization)


def _settings(organization: model.Group) -> dict[str, Any]:
    changes = program.history(organization.id)
    names = {
        row.id: row.name
        for row in model.Session.query(model.User.id, model.User.name).filter(
            model.User.id.in_([change["user_id"] for change in changes])
        )
    }
    return {
        "organization_id": organization.id,
        "threshold": program.threshold(organization.id),
        "changes": [
            {
                "threshold": change["threshold"],
                "user": names.get(change["user_id"], ""),
                "changed": change["changed"],
            }
            for change in changes
        ],
    }


def _dataset(context: Any, reference: str) -> dict[str, Any]:
    names = ("user", "auth_user_obj", "ignore_auth")
    reader: Any = {name: context[name] for name in names if name in context}
    dataset = tk.get_action("package_show")(reader, {"id": reference})
    if dataset["type"] != STATISTICS:
        raise tk.ObjectNotFound(
            tk._(
                "There are no such statistics. Give the id or the name of a dataset of participant statistics."
            )
        )
    return dataset
