"""``ckan opengovbelize import``: the road of the harvester, without its queue."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import ckan.model as model
import click

from ..catalogue.foreseen import Foreseen
from ..catalogue.outcomes import RecordOutcome, counts
from ..catalogue.watch import Watch
from ..records.problems import Problem
from ..runs import batches, labels, pipeline, reports, settings
from ..sources import SourceConfig, SourceError, open_source, secret_addresses
from ..sources.config import FORMATS, PROTOCOLS
from ..sources.files import path_of
from .output import keep_logs_off_output

log = logging.getLogger(__name__)

ALL_IN_ORDER, SOME_REJECTED, SOURCE_UNREADABLE = 0, 1, 2
LONGEST_VALUE = 100


@dataclass
class Result:
    """What became of one source."""

    outcomes: list[RecordOutcome] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unreadable: bool = False


@click.command("import", short_help="Import session records and tables of action plans.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--organization", required=True, metavar="NAME", help="The program that the webinars belong to."
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
@click.option("--series", default="", help="Name of the series of all these records.")
@click.option(
    "--session", type=click.IntRange(1), help="Number of the session that a chat or captions belong to."
)
@click.option("--plan", default="", help="Title or address of the action plan of all these tables.")
@click.option("--trust", default=50, type=click.FloatRange(0, 100), help="Weight against other sources.")
@click.option("--public-page", is_flag=True, help="Publish the web address of the source.")
@click.option(
    "--format",
    "format_",
    default=None,
    type=click.Choice([*FORMATS, *PROTOCOLS]),
    help="What the files are, or the whole source is.",
)
@click.option("--reviewed", is_flag=True, help="Another portal's editors have reviewed what it publishes.")
@click.option("--listing", default="", metavar="PATTERN", help="Links of a page that lead to records.")
@click.option("--include", default="", metavar="PATTERN", help="File names that are records.")
@click.option(
    "--shrink-percent", type=click.IntRange(0, 100), help="Share of records that may vanish at once."
)
@click.option("--user", metavar="NAME", help="In whose name to publish; else the site's own user.")
@click.pass_context
def command(
    ctx: click.Context,
    sources: tuple[str, ...],
    organization: str,
    dry_run: bool,
    as_json: bool,
    user: str | None,
    format_: str | None,
    **options: Any,
) -> None:
    """Import the records of each SOURCE: a file, a folder, a zip, or a web address.

    The exit status is 0 where nothing was rejected, 1 where something was, 2 where a source was unreadable.
    """
    if as_json:
        keep_logs_off_output()
    config = SourceConfig(format=format_ or "", **options)
    with ctx.meta["flask_app"].test_request_context():
        group = _organization(organization)
        name = _user(user)
        foreseen = Foreseen() if dry_run else None
        results = [_import_one(source, group, config, name, foreseen) for source in sources]
    if len(sources) > 1:
        _tell_which(results)
    _print_json(results) if as_json else _print_text(results, dry_run)
    _repeat(sources, results)
    ctx.exit(_status(results))


def _organization(name: str) -> model.Group:
    group = model.Group.get(name)
    if group is None or not group.is_organization or group.state != "active":
        raise click.BadParameter(
            "there is no such organization. Make it, or mend its name.", param_hint="--organization"
        )
    return group


def _user(name: str | None) -> str:
    if name and model.User.get(name) is None:
        raise click.BadParameter("there is no such user.", param_hint="--user")
    return name or settings.harvest_user()


def _import_one(
    text: str, group: model.Group, config: SourceConfig, user: str, foreseen: Foreseen | None
) -> Result:
    """Import one source. Whatever goes wrong with it, the others have their turn.

    ``foreseen`` makes it a dry run, and tells what the sources before this one would publish.
    """
    # What else stands in an address may be a key.
    named = text.partition("?")[0].partition("#")[0] if settings.is_web(text) else text
    label = labels.screened(named.rstrip("/").rpartition("/")[2], settings.policy())
    try:
        return _import(text, group, config, user, foreseen)
    except SourceError as error:
        problem = error.problem
    except Exception as error:
        model.Session.rollback()
        log.error("Could not import a source: %s", type(error).__name__)
        problem = Problem("import-failed", "The import broke off. Look into the log, and run it again.")
    return Result(problems=[replace(problem, file=problem.file or label)], unreadable=True)


def _tell_which(results: list[Result]) -> None:
    """Say which source a problem is about: the screen may have taken its name away."""
    for number, result in enumerate(results, start=1):
        place = f"source {number} of {len(results)}"
        result.problems = [
            replace(problem, place=", ".join(filter(None, [place, problem.place])))
            for problem in result.problems
        ]


def _import(
    text: str, group: model.Group, config: SourceConfig, user: str, foreseen: Foreseen | None
) -> Result:
    address = _address(text)
    if config.public_page:
        # Else it is kept nowhere.
        secret_addresses.check(address, config)
    limits = settings.limits(anywhere=True, credentials=settings.credentials(config, group.id))
    source = settings.local_source(address, group, config)
    opened = open_source(address, config, limits)
    watch = Watch()
    with _progress(opened.count) as step:
        gathered = pipeline.gather(
            source, opened, config, read_all=True, foreseen=foreseen, progress=step, watch=watch
        )
    outcomes = {outcome.key: outcome for outcome in gathered.outcomes}
    if foreseen is None:
        run_id = reports.start(source.id, group.id).id
        reports.gathered(run_id, gathered, watch.take())
        model.Session.commit()
        for batch in batches.split(gathered):
            done = batches.publish(
                batch, source, user, note=lambda outcome: reports.note(run_id, outcome), watch=watch
            )
            reports.imported(run_id, done, watch.take())
            for outcome in done:
                foretold = outcomes[outcome.key]
                outcomes[outcome.key] = replace(
                    outcome,
                    fields=outcome.fields or foretold.fields,
                    proposed=foretold.proposed,
                    changes=outcome.changes or foretold.changes,
                )
    return Result(list(outcomes.values()), gathered.problems)


def _address(text: str) -> str:
    """Return the address of a source; the same for every way to write the same path."""
    if settings.is_web(text):
        return text
    if text.lower().startswith("file:"):
        return path_of(text, settings.limits(anywhere=True)).as_uri()
    try:
        return Path(text).expanduser().resolve().as_uri()
    except (OSError, RuntimeError, ValueError):
        raise SourceError(Problem("file-unreadable", "There is no such file or folder.")) from None


def _status(results: list[Result]) -> int:
    if any(result.unreadable for result in results):
        return SOURCE_UNREADABLE
    rejected = any(outcome.outcome == "rejected" for result in results for outcome in result.outcomes)
    return SOME_REJECTED if rejected else ALL_IN_ORDER


def _repeat(sources: Iterable[str], results: Iterable[Result]) -> None:
    """Repeat the paths that could not be read as the operator typed them: no report does."""
    for source, result in zip(sources, results, strict=True):
        if result.unreadable and not settings.is_web(source):
            click.echo(f"Not read: {source}", err=True)


def _print_json(results: list[Result]) -> None:
    outcomes = [outcome for result in results for outcome in result.outcomes]
    report = {
        "counts": counts(outcome.outcome for outcome in outcomes),
        "records": [
            {key: value for key, value in outcome.as_dict().items() if key != "key"} for outcome in outcomes
        ],
        "problems": [problem.as_dict() for result in results for problem in result.problems],
    }
    click.echo(json.dumps(report, indent=2, default=str))


def _print_text(results: list[Result], dry_run: bool) -> None:
    outcomes = [outcome for result in results for outcome in result.outcomes]
    for outcome in outcomes:
        click.echo(f"{outcome.outcome:<10} {outcome.name or '-'}  ({outcome.label})")
        if dry_run and outcome.outcome == "added":
            for name, value in outcome.fields.items():
                if value not in (None, "", [], {}):
                    click.echo(f"    {name}: {_short(value)}")
        elif outcome.outcome == "updated":
            for change in outcome.changes:
                kept = "" if change["state"] == "changed" else f" (kept: {change['state']})"
                click.echo(f"    {change['field']}: {_short(change['old'])} -> {_short(change['new'])}{kept}")
        for problem in outcome.problems:
            click.echo(f"    ! {_sentence(problem, outcome.label)}")
    for result in results:
        for problem in result.problems:
            click.echo(f"! {_sentence(problem, '')}")
    counted = counts(outcome.outcome for outcome in outcomes)
    click.echo(", ".join(f"{number} {name}" for name, number in counted.items() if number) or "No records.")
    if dry_run:
        click.echo("This was a dry run: nothing was written.")


def _sentence(problem: Problem, known_file: str) -> str:
    file = "" if problem.file == known_file else problem.file
    where = ", ".join(part for part in (file, problem.place, problem.field) if part)
    return f"{where}: {problem.message}" if where else problem.message


def _short(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return f"{len(value)} row{'s' if len(value) != 1 else ''}"
    text = " ".join((", ".join(map(str, value)) if isinstance(value, list) else str(value or "")).split())
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


@contextmanager
def _progress(count: int) -> Iterator[Callable[[], object]]:
    """Show a bar on standard error where somebody looks at it."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=count, label="Reading", file=sys.stderr) as bar:
        yield lambda: bar.update(1)
