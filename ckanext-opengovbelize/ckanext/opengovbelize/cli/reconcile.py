"""``ckan opengovbelize reconcile``: makes database, search index and our own tables agree."""

from __future__ import annotations

import json
import sys

import click

from ..catalogue import reconcile
from .output import keep_logs_off_output

TITLES = {
    "ghosts": "documents in the index of datasets that are no more",
    "missing": "datasets that are not in the index",
    "stale": "datasets whose document in the index is out of date",
    "unkeyed": "datasets that later records would not find",
    "unpublished": "datasets of which it is not known what import published",
    "orphans": "rows about datasets that are no more",
}


@click.command("reconcile", short_help="Make database, index and our tables agree.")
@click.option("--dry-run", is_flag=True, help="Tell what does not agree, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(dry_run: bool, as_json: bool) -> None:
    """Find what does not agree between the database, the search index and our tables, and mend it.

    The scheduler does this once a day. The status is 0 where all agrees now, 1 where a dry run found something.
    """
    if as_json:
        keep_logs_off_output()
    drift = reconcile.reconcile(dry_run=dry_run)
    if as_json:
        click.echo(json.dumps(drift.as_dict()))
    else:
        for name, title in TITLES.items():
            ids = getattr(drift, name)
            click.echo(f"{title}: {len(ids)}" + (f" ({', '.join(ids[:10])})" if ids else ""))
        click.echo("Nothing was changed." if dry_run else "All agrees now.")
    sys.exit(1 if dry_run and drift.found else 0)
