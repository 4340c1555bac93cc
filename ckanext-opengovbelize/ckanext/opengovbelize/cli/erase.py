"""``ckan opengovbelize erase``: takes a text out of the whole portal."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from ..logic.erase import databases, erasing
from ..logic.erase.phrase import TooVague
from ..logic.erase.report import Report


@click.command("erase", short_help="Take a text out of the whole portal.")
@click.option("--dry-run", is_flag=True, help="Tell where the text is, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--logs",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of log files to look into as well. May be given more than once.",
)
def command(dry_run: bool, as_json: bool, logs: tuple[Path, ...]) -> None:
    """Take a text out of datasets, activity, search, tables, uploads, harvests and queues, and keep it out.

    The text is read from standard input, since arguments end up in the shell's history and in lists of
    processes. It is found in any case, accents and spacing, and neither logged nor printed. The status is 0
    when all was taken out, 1 when something is left for you, 2 when the text cannot be erased.

    For example: printf '%s' "the text" | bin/portal ckan opengovbelize erase --dry-run
    """
    if sys.stdin.isatty():
        click.echo("Type the text to erase, then Enter and Ctrl-D.", err=True)
    try:
        report = erasing.erase(sys.stdin.read(), dry_run=dry_run, log_folders=logs)
    except (TooVague, databases.ErasingFailed) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    click.echo(json.dumps(report.as_dict(), indent=2) if as_json else _in_words(report))
    sys.exit(1 if report.left else 0)


def _in_words(report: Report) -> str:
    lines = [
        f"{finding.place}: {finding.where}"
        + (f", {finding.record}" if finding.record else "")
        + f": {finding.count} {'would be ' if report.dry_run else ''}{finding.done}"
        + (f". {finding.note}" if finding.note else "")
        for finding in report.findings
    ]
    total = sum(finding.count for finding in report.findings)
    if report.unchecked:
        lines.append(
            "These files cannot be searched, look into them yourself: " + ", ".join(report.unchecked)
        )
    if report.dry_run:
        lines.append(f"Found {total} times. Nothing was changed.")
    else:
        lines.append(f"Found {total} times. The portal will refuse the text from now on.")
    if report.left:
        lines.append(f"{len(report.left)} places are left for you, see above.")
    return "\n".join(lines)
