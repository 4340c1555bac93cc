"""What an editor is told after saving a form: nothing was refused, but something is worth a look."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from flask import has_request_context

from ..schemas import plan_rules
from ..schemas.types import COMMITMENT
from . import labels, listing


def after_saving(package: dict[str, Any]) -> None:
    """Tell whoever saved a commitment in its form of deadlines outside the plan's span.

    Args:
        package: the dataset, as the plugin interface gives it after an action.
    """
    if package.get("type") != COMMITMENT or not has_request_context() or tk.request.blueprint != COMMITMENT:
        return
    saved = listing.dataset(package["id"])
    plan = listing.dataset(saved["in_plan"]) if saved else None
    if saved is None or plan is None:
        return
    for fault in plan_rules.warnings(saved, plan):
        row = f" {saved[fault.field][fault.row]['code']}" if fault.row is not None else ""
        tk.h.flash_notice(f"{labels.field_label(COMMITMENT, fault.field)}{row}: {fault.message}")
