"""Looking at a source before it is one."""

from __future__ import annotations

from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.logic import validate

from ...runs import preview
from ...sources import SourceConfig, SourceConfigError, SourceError, secret_addresses
from ..access import organizations
from . import schema

__all__ = ["opengovbelize_source_preview"]


@validate(schema.source_preview)
def opengovbelize_source_preview(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Read the first records of an address as a run of a source would, and change nothing.

    Args:
        context: CKAN's.
        data_dict: ``url`` and ``config`` as in the form of a source; ``owner_org``, id or name of the organization.

    Returns:
        ``found``, how many records there are; ``records``, the first of them, each with ``type``, ``label``,
        ``outcome``, ``name``, ``fields`` (as they would be published), ``reasons`` and ``problems``; ``problems`` of
        the source as a whole.

    Raises:
        ObjectNotFound: a system administrator names an organization that is not there.
    """
    organization = model.Group.get(data_dict["owner_org"])
    tk.check_access(
        "opengovbelize_source_preview",
        context,
        {"organization_id": organization.id if organization else None},
    )
    # A system administrator may do everything, also for an organization that is not there.
    organization = organizations.existing(data_dict["owner_org"])
    try:
        config = SourceConfig.from_json(data_dict.get("config"))
        secret_addresses.check(data_dict["url"], config)
        found, gathered = preview.preview(data_dict["url"], config, organization.id)
    except SourceConfigError as error:
        raise tk.ValidationError({"config": list(error.args)}) from None
    except SourceError as error:
        raise tk.ValidationError({"url": [error.problem.message]}) from None
    return {
        "found": found,
        "records": [outcome.as_dict() for outcome in gathered.outcomes[: preview.MOST]],
        "problems": [problem.as_dict() for problem in gathered.problems],
    }
