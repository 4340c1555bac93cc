"""The order of trust among a program's sources."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.logic import validate
from redis.exceptions import RedisError

from ...catalogue import publish, trust, trust_numbers
from ..access import organizations
from . import schema

log = logging.getLogger(__name__)

__all__ = ["opengovbelize_trust_order", "opengovbelize_trust_show"]


@tk.side_effect_free
@validate(schema.trust_show)
def opengovbelize_trust_show(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sources of a program, the most trusted first.

    Args:
        context: CKAN's.
        data_dict: ``organization_id``, id or name of the program.

    Returns:
        Each with ``id``, ``title`` and ``trust``.
    """
    organization = _organization(context, data_dict, "opengovbelize_trust_show")
    return [asdict(each) for each in trust.ranked(organization.id)]


@validate(schema.trust_order)
def opengovbelize_trust_order(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Set the order in which the sources of a program are trusted.

    Datasets of which several sources tell follow in the background, without a run.

    Args:
        context: CKAN's.
        data_dict: ``organization_id``, id or name of the program; ``sources``, the ids of all its sources, the
            most trusted first; ``dry_run``, to be told what would change and change nothing.

    Returns:
        ``sources`` as ``opengovbelize_trust_show`` returns them; ``shared``, the number of datasets of which several
        of them tell; ``looked_at``, how many of those were looked at; ``changes``, what would change in them, each
        with ``name``, ``title``, ``field``, ``old`` and ``new``.
    """
    organization = _organization(context, data_dict, "opengovbelize_trust_order")
    order = data_dict["sources"]
    if len(order) > trust_numbers.MOST_SOURCES:
        message = tk._("So many sources cannot be ordered here. Write the trust into their configurations.")
        raise tk.ValidationError({"sources": [message]})
    effect = trust.effect(organization.id, order)
    if not data_dict["dry_run"]:
        changed = trust.set_order(organization.id, order, context["user"])
        _soon(trust.follow, organization.id, context["user"])
        _soon(publish.index, changed)
    return {"sources": [asdict(each) for each in trust.ranked(organization.id)], **asdict(effect)}


def _soon(task: Callable[..., object], *values: Any) -> None:
    """Leave it to the worker. Where the queue is away the sources' next runs bring the datasets in line.

    And ``reconcile`` the index.
    """
    try:
        tk.enqueue_job(task, list(values), title="The order of trust")
    except RedisError as error:
        log.warning("The queue is away: %s", type(error).__name__)


def _organization(context: Any, data_dict: dict[str, Any], action: str) -> model.Group:
    organization = organizations.existing(data_dict["organization_id"])
    tk.check_access(action, context, {"organization_id": organization.id})
    return organization
