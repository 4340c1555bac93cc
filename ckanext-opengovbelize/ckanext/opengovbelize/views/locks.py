"""The button by which an editor lets sources decide again about a field."""

from __future__ import annotations

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from ckan.types import Response
from flask import Blueprint

locks = Blueprint("opengovbelize_locks", __name__, url_prefix="/opengovbelize/lock")


@locks.post("/<package_id>")
def lift(package_id: str) -> Response:
    """Lift the lock of one field or row, and go back to the dataset."""
    unit = {
        "id": package_id,
        "field": tk.request.form.get("field", ""),
        "row": tk.request.form.get("row", ""),
    }
    try:
        tk.get_action("opengovbelize_lock_lift")({}, unit)
    except tk.NotAuthorized:
        return tk.abort(403, _("Only editors of the organization may do this."))
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error))
    except tk.ValidationError as error:
        tk.h.flash_error("; ".join(error.error_summary.values()))
    else:
        tk.h.flash_success(_("The field follows its sources again."))
    package = model.Package.get(package_id)
    return tk.redirect_to(
        f"{package.type if package else 'dataset'}.read", id=package.name if package else package_id
    )
