"""The report of a run, for editors. A harvest job has it on its own page, the command line has this one."""

from __future__ import annotations

from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from flask import Blueprint, Response

from ..catalogue.watch import STAGES
from ..exports import runs as exports
from .labels import field_label

runs = Blueprint("opengovbelize_runs", __name__, url_prefix="/opengovbelize/run")

# Seconds between two looks of a page that follows a run.
FOLLOW_SECONDS = 5
# How many records a page shows; the downloads have all of them.
MOST_ROWS = 500
_OF_INTEREST = ("rejected", "waiting", "withdrawn", "updated", "added", "unchanged")


@runs.get("/<run_id>")
def read(run_id: str) -> str:
    """Show the report of one run."""
    run = _run(run_id)
    # What was imported by hand has no source of that id.
    return tk.render("harvest/run.html", {"run": run, "source": model.Package.get(run["source_id"])})


@runs.get("/<run_id>/report.csv")
def csv(run_id: str) -> Response:
    """Send the report as a table."""
    return _download(exports.csv(_run(run_id)), "text/csv; charset=utf-8", f"harvest-{run_id}.csv")


@runs.get("/<run_id>/report.json")
def json(run_id: str) -> Response:
    """Send the report for programs."""
    return _download(exports.json(_run(run_id)), "application/json", f"harvest-{run_id}.json")


def _run(run_id: str) -> dict[str, Any]:
    try:
        return tk.get_action("opengovbelize_run_show")({}, {"id": run_id})
    except tk.NotAuthorized:
        return tk.abort(403, _("Log in as an editor of the organization to read its harvest reports."))
    except tk.ObjectNotFound:
        return tk.abort(404, _("There is no such run."))


def _download(content: bytes, media_type: str, name: str) -> Response:
    response = Response(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def run_of_job(job_id: str) -> dict[str, Any] | None:
    """Return the report of a harvest job, or nothing where it is of another kind or the reader no editor."""
    try:
        return tk.get_action("opengovbelize_run_show")({}, {"job_id": job_id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return None


def follow_seconds(run: dict[str, Any] | None) -> int:
    """Return after how many seconds the page loads itself again: where its reader asked for it, and the run goes on."""
    asked = "follow" in tk.request.args
    return FOLLOW_SECONDS if run and asked and not run["finished_at"] else 0


def rows(run: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the records that a page shows, those first that most want a look; the first ones of a large run."""
    return sorted(run["records"], key=lambda row: _OF_INTEREST.index(row["outcome"]))[:MOST_ROWS]


def stages(run: dict[str, Any]) -> list[tuple[str, float]]:
    """Return each stage in the reader's language, with its seconds."""
    labels = {
        "gather": _("fetching"),
        "read": _("reading"),
        "screen": _("privacy screen"),
        "compare": _("comparing"),
        "publish": _("publishing"),
        "index": _("search index"),
    }
    return [(labels[stage], run["seconds"][stage]) for stage in STAGES if stage in run["seconds"]]


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


def outcome_count(outcome: str, number: int) -> str:
    """Return how many records have an outcome, in the reader's language."""
    sentences = {
        "added": tk.ungettext("{number} added", "{number} added", number),
        "updated": tk.ungettext("{number} updated", "{number} updated", number),
        "unchanged": tk.ungettext("{number} unchanged", "{number} unchanged", number),
        "withdrawn": tk.ungettext("{number} withdrawn", "{number} withdrawn", number),
        "rejected": tk.ungettext("{number} rejected", "{number} rejected", number),
        "waiting": tk.ungettext("{number} waiting", "{number} waiting", number),
        # What only the jobs of other harvesters tell.
        "deleted": tk.ungettext("{number} deleted", "{number} deleted", number),
        "errored": tk.ungettext("{number} error", "{number} errors", number),
    }
    return sentences.get(outcome, f"{{number}} {outcome}").format(number=number)


def change_label(change: dict[str, str], dataset_type: str) -> str:
    """Return which field changed, and why it did not where an editor or a more trusted source holds it."""
    states = {"locked": _("kept: edited by hand"), "less-trusted": _("kept: from a more trusted source")}
    kept = states.get(change["state"])
    field = field_label(dataset_type, change["field"])
    return f"{field} ({kept})" if kept else field
