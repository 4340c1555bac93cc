"""Organizations by what a caller names them."""

from __future__ import annotations

import ckan.model as model
import ckan.plugins.toolkit as tk


def existing(reference: str) -> model.Group:
    """Return an organization by its id or name.

    Raises:
        ObjectNotFound: there is none, or it has been deleted.
    """
    group = model.Group.get(reference)
    if group is None or not group.is_organization or group.state != "active":
        raise tk.ObjectNotFound(tk._("There is no such organization."))
    return group
