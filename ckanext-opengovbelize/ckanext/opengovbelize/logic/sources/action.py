"""Harvest sources with their health, and the figures of harvesting for a monitoring server."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.logic import validate

from ...runs import figures, health
from ..access.labels import editable_organizations
from . import schema

__all__ = ["opengovbelize_metrics_show", "opengovbelize_source_list"]


@tk.side_effect_free
@validate(schema.source_list)
def opengovbelize_source_list(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List the harvest sources that the user may edit, those that need somebody first.

    Args:
        context: CKAN's.
        data_dict: ``q`` (part of a title, name or organization), ``health``, ``limit`` (50, at most 200),
            ``offset``.

    Returns:
        ``found``, ``numbers`` by health, and ``sources``: each with ``health`` (``failing``: its last run could
        not read it or withdraw; ``errors``: its last run rejected records; ``overdue``, ``running``, ``never``,
        ``well``, ``inactive``), ``last_run``, ``last_success``, ``next_run`` (UTC) and ``frequency``.
    """
    tk.check_access("opengovbelize_source_list", context, data_dict)
    user = model.User.get(context.get("user"))
    everything = context.get("ignore_auth") or (user and user.sysadmin)
    organizations = None if everything else editable_organizations(user.id) if user else []
    return health.page(
        organizations=organizations,
        words=data_dict["q"],
        health=data_dict["health"],
        limit=data_dict["limit"],
        offset=data_dict["offset"],
    )


@tk.side_effect_free
def opengovbelize_metrics_show(context: Any, data_dict: dict[str, Any]) -> str:
    """Return the figures of harvesting in Prometheus' text format."""
    tk.check_access("opengovbelize_metrics_show", context, data_dict)
    return figures.text().decode()
