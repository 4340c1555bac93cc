"""What waits beside webinars for a decision of their editors: who may see it, and who may decide."""

from __future__ import annotations

from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk

from ...model import Doubt, Review

Waiting = type[Doubt] | type[Review]


def rows(kind: Waiting, action: str, context: Any, data_dict: dict[str, Any]) -> Any:
    """Return what waits beside one webinar, or beside all whose organization the user edits, the oldest first.

    Args:
        kind: of what.
        action: whose authorization function is asked.
        context: CKAN's.
        data_dict: ``state``; ``package_id``, id or name of one webinar (optional).

    Returns:
        Pairs of row and package.
    """
    query = (
        model.Session.query(kind, model.Package)
        .join(model.Package, model.Package.id == kind.package_id)
        .filter(kind.state == data_dict["state"], model.Package.state == "active")
        .order_by(kind.created_at, kind.id)
    )
    if data_dict.get("package_id"):
        package = model.Package.get(data_dict["package_id"])
        organization = {"organization_id": package.owner_org if package else None}
        tk.check_access(action, context, organization)
        return query.filter(kind.package_id == (package.id if package else None))
    tk.check_access(action, context, {})
    edited = tk.get_action("organization_list_for_user")(
        {"user": context["user"]}, {"permission": "update_dataset"}
    )
    return query.filter(model.Package.owner_org.in_([row["id"] for row in edited]))


def row(kind: Waiting, action: str, context: Any, id_: str) -> tuple[Any, model.Package | None]:
    """Return one that waits and its webinar, for somebody who may decide; None for each that is there no more."""
    found: Any = model.Session.get(kind, id_)
    package = model.Session.get(model.Package, found.package_id) if found else None
    tk.check_access(action, context, {"organization_id": package.owner_org if package else None})
    return found, package


def shown(waiting: Doubt | Review, package: model.Package) -> dict[str, Any]:
    """Return what the API tells of anything that waits."""
    return {
        "id": waiting.id,
        "package_id": package.id,
        "package_name": package.name,
        "package_title": package.title,
        "organization_id": package.owner_org,
        "reasons": waiting.reasons,
        "state": waiting.state,
        "created_at": waiting.created_at.isoformat(),
    }
