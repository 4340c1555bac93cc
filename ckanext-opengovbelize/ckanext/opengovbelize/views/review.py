"""Where editors decide about the questions that wait for them."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from ckan.types import Response
from flask import Blueprint

review = Blueprint("opengovbelize_review", __name__, url_prefix="/opengovbelize/review")

CORRECTABLE = ("question", "answer", "answered_by", "answered")


@review.get("")
def overview() -> str:
    """Show everything that waits in the organizations that the reader edits."""
    try:
        waiting = tk.get_action("opengovbelize_review_list")({}, {})
        doubts = tk.get_action("opengovbelize_doubt_list")({}, {})
    except tk.NotAuthorized:
        return tk.abort(403, _("Log in as an editor of an organization to review questions."))
    return tk.render("opengovbelize/review.html", {"waiting": waiting, "doubts": doubts})


@review.post("/<review_id>")
def decide(review_id: str) -> Response:
    """Take an editor's decision about one question and go back to where it was made."""
    form = tk.request.form
    decision = {"id": review_id, "decision": form.get("decision", "")}
    if decision["decision"] == "corrected":
        decision["correction"] = {field: form.get(field, "").strip() for field in CORRECTABLE}
    try:
        tk.get_action("opengovbelize_review_decide")({}, decision)
    except tk.NotAuthorized:
        return tk.abort(403, _("Only editors of the organization may decide about its questions."))
    except tk.ObjectNotFound:
        return tk.abort(404, _("This question does not wait any more."))
    except tk.ValidationError as error:
        tk.h.flash_error("; ".join(error.error_summary.values()))
    else:
        tk.h.flash_success(_done(decision["decision"]))
    return tk.redirect_to(_back())


def _done(decision: str) -> str:
    return {
        "accepted": _("The question is published."),
        "corrected": _("The corrected question is published."),
        "rejected": _("The question was rejected. It will not be published."),
    }.get(decision, "")


def _back() -> str:
    """Return the page that the decision came from, if it is one of this site."""
    came_from = tk.request.form.get("came_from", "")
    overview_page = tk.url_for("opengovbelize_review.overview")
    return came_from if came_from and tk.h.url_is_local(came_from) else overview_page
