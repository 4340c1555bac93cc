"""``ckan opengovbelize sweep``: puts right what crashes left behind in harvesting."""

from __future__ import annotations

import json

import click

from ..runs import sweeper
from .output import keep_logs_off_output


@click.command("sweep", short_help="Put right what crashes left behind in harvesting.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(as_json: bool) -> None:
    """Take up harvest work that no living consumer has, and settle what has ended.

    The scheduler does this every minute; by hand it is never needed, and never harmful.
    """
    if as_json:
        keep_logs_off_output()
    swept = sweeper.sweep().as_dict()
    if as_json:
        click.echo(json.dumps(swept))
        return
    for name, count in swept.items():
        click.echo(f"{name.replace('_', ' ')}: {count}")
