"""The report of a run, for editors. A harvest job has it on its own page, the command line has this one."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from flask import Blueprint

runs = Blueprint("opengovbelize_runs", __name__, url_prefix="/opengovbelize/run")


@runs.get("/<run_id>")
def read(run_id: str) -> str:
    """Show the report of one run."""
    try:
        run = tk.get_action("opengovbelize_run_show")({}, {"id": run_id})
    except tk.NotAuthorized:
        return tk.abort(403, _("Log in as an editor of the organization to read its harvest reports."))
    except tk.ObjectNotFound:
        return tk.abort(404, _("There is no such run."))
    return tk.render("harvest/run.html", {"run": run})


def run_of_job(job_id: str) -> dict[str, Any] | None:
    """Return the report of a harvest job, or nothing where it is of another kind or the reader no editor."""
    try:
        return tk.get_action("opengovbelize_run_show")({}, {"job_id": job_id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return None


def outcome_label(outcome: str) -> str:
    """Return an outcome in the reader's language."""
    return {
        "added": _("added"),
        "updated": _("updated"),
        "unchanged": _("unchanged"),
        "withdrawn": _("withdrawn"),
        "rejected": _("rejected"),
        "waiting": _("waiting"),
    }.get(outcome, outcome)


def change_label(change: dict[str, str]) -> str:
    """Return which field changed, and why it did not where an editor or a more trusted source holds it."""
    states = {"locked": _("kept: edited by hand"), "less-trusted": _("kept: from a more trusted source")}
    kept = states.get(change["state"])
    return f"{change['field']} ({kept})" if kept else change["field"]
