"""``ckan opengovbelize attendance``: what would be published of attendance files. Nothing is written anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from .. import config
from ..records.attendance import counts, doubts, people, reading
from ..records.attendance.grid import MOST_BYTES
from ..records.attendance.kinds.chosen import COLUMNS
from ..records.attendance.model import AttendanceFile
from ..records.attendance.people import Correction
from ..records.problems import Problem
from ..statistics import categories
from ..statistics.cells import ALL, IN_PERSON, MODES, ONLINE
from ..statistics.model import Proposal, Request, Session
from ..statistics.proposal import propose
from ..statistics.rows import CANNOT_OCCUR, NOT_COLLECTED, SHOWN, WITHHELD, Row
from .output import keep_logs_off_output

_MODES = {"in-person": (IN_PERSON,), "online": (ONLINE,), "hybrid": MODES}
_STATUSES = {WITHHELD: "withheld", CANNOT_OCCUR: "cannot occur", NOT_COLLECTED: "not collected"}
_REFUSALS = {
    "too-narrow": "would give single people away, so it is left out",
    "infeasible": "does not add up, so it is left out",
    "out-of-time": "could not be checked in time, so it is left out",
    "circle": "crosses breakdowns in a circle, which cannot be checked",
}


@dataclass(repr=False)
class Given:
    """A file of the command, read.

    Attributes:
        path: as it was typed.
        found: what was read.
        session: which session it belongs to; empty where nobody knows.
    """

    path: str
    found: AttendanceFile
    session: str = ""

    @property
    def is_read(self) -> bool:
        """Tell whether the file could be read at all."""
        return not any(problem.rejects for problem in self.found.problems)


@dataclass(repr=False)
class Answer:
    """What the command prints."""

    given: list[Given]
    corrections: list[Correction]
    doubts: dict[str, list[doubts.Doubt]] = field(default_factory=dict)
    proposal: Proposal = field(default_factory=Proposal)


@click.command("attendance", short_help="Preview the figures of attendance files; nothing is written.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
@click.option(
    "--session",
    "sessions",
    multiple=True,
    metavar="NUMBER=FILE",
    help="Which session a file belongs to. Files that tell one day are one session without it.",
)
@click.option(
    "--names", "with_names", is_flag=True, help="Show doubtful rows with their names, not by number alone."
)
@click.option("--same", multiple=True, metavar="FILE:4+19", help="These rows are one person.")
@click.option("--people", "several", multiple=True, metavar="FILE:7=2", help="This row is so many people.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="OURS=HEADER",
    help=f"Which header stands for which of our columns: {', '.join(COLUMNS)}.",
)
@click.option("--threshold", default=10, metavar="N", help="The smallest count to publish, 5 or more.")
@click.option(
    "--mode", default="hybrid", type=click.Choice([*_MODES]), help="How the sessions could be attended."
)
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    as_json: bool,
    sessions: tuple[str, ...],
    with_names: bool,
    same: tuple[str, ...],
    several: tuple[str, ...],
    columns: tuple[str, ...],
    threshold: int,
    mode: str,
) -> None:
    """Tell what attendance exports and sign-in sheets hold, and what would be published of them.

    What is doubtful is told by file and row, since answers of commands end up in files and logs. The exit status is 0
    where every file was read and belongs to a session, 1 where one was not.
    """
    if as_json:
        keep_logs_off_output()
    if threshold < config.LEAST_THRESHOLD:
        raise click.BadParameter(f"never below {config.LEAST_THRESHOLD}.", param_hint="--threshold")
    labels = _labels(files)
    corrections = [
        *_corrections("same", "--same", same, labels),
        *_corrections("people", "--people", several, labels),
    ]
    mapping = _mapping(columns)
    placed = _placed(sessions, labels)
    given = [Given(path, _read(path, label, mapping)) for path, label in labels.items()]
    _place(given, placed)
    answer = Answer(given, corrections)
    _propose(answer, threshold, _MODES[mode])
    if not with_names:
        answer.doubts = {
            file: [_without_names(doubt) for doubt in found] for file, found in answer.doubts.items()
        }
    _print_json(answer) if as_json else _print_text(answer)
    ctx.exit(int(not all(one.is_read and one.session for one in given)))


def _labels(paths: Iterable[str]) -> dict[str, str]:
    """Return how each file is called: by its name alone where no other has that name."""
    paths = list(dict.fromkeys(paths))
    names = [Path(path).name for path in paths]
    return {path: name if names.count(name) == 1 else path for path, name in zip(paths, names, strict=True)}


def _label(text: str, labels: Mapping[str, str], option: str) -> str:
    """Return the file that an option means, by its path or its name."""
    label = labels.get(text, text)
    if label not in labels.values():
        raise click.BadParameter("it names a file that was not given.", param_hint=option)
    return label


def _corrections(
    kind: str, option: str, texts: Iterable[str], labels: Mapping[str, str]
) -> Iterator[Correction]:
    for text in texts:
        try:
            one = Correction.parse(kind, text)
        except ValueError:
            example = "list.csv:4+19" if kind == "same" else "list.csv:7=2"
            raise click.BadParameter(f"write it like {example}.", param_hint=option) from None
        rows = tuple((_label(file, labels, option), number) for file, number in one.rows)
        yield Correction(one.kind, rows, one.count)


def _mapping(texts: Iterable[str]) -> dict[str, str]:
    mapping: dict[str, str] = {}
    for text in texts:
        ours, _equals, header = (part.strip() for part in text.partition("="))
        if ours not in COLUMNS or not header:
            known = ", ".join(COLUMNS)
            raise click.BadParameter(
                f"write it like name=Attendee. Known are {known}.", param_hint="--column"
            )
        mapping[ours] = header
    return mapping


def _placed(texts: Iterable[str], labels: Mapping[str, str]) -> dict[str, str]:
    """Return the session of each file that ``--session`` names."""
    placed: dict[str, str] = {}
    for text in texts:
        session, _equals, file = text.partition("=")
        if not session.strip() or not file:
            raise click.BadParameter("write it like 3=list.csv.", param_hint="--session")
        placed[_label(file, labels, "--session")] = session.strip()
    return placed


def _read(path: str, label: str, mapping: Mapping[str, str]) -> AttendanceFile:
    try:
        with Path(path).open("rb") as stream:
            # One byte more than is taken: the reader says that it is too much.
            data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError):
        message = "There is no such file, or it may not be read. Check its name."
        return AttendanceFile(label, problems=[Problem("file-unreadable", message, file=label, rejects=True)])
    return reading.read(data, file=label, mapping=mapping, zone=config.timezone())


def _place(given: Sequence[Given], placed: Mapping[str, str]) -> None:
    """Say which session each file belongs to: the one it was given, else that of its day, else the only one."""
    zone = ZoneInfo(config.timezone())
    days = {id(one): one.found.start.astimezone(zone).date().isoformat() for one in given if one.found.start}
    by_day = {
        days[id(one)]: placed[one.found.file] for one in given if one.found.file in placed and id(one) in days
    }
    for one in given:
        day = days.get(id(one), "")
        one.session = placed.get(one.found.file) or by_day.get(day, day)
    known = list(dict.fromkeys(one.session for one in given if one.session and one.is_read))
    undated = [one for one in given if one.is_read and not one.session]
    only = known[0] if len(known) == 1 else "1" if not known and len(undated) == 1 else ""
    for one in undated:
        one.session = only
        if not only:
            message = "The file tells no day, so nobody knows its session. Say it with --session NUMBER=FILE."
            one.found.problems.append(Problem("session-unknown", message, file=one.found.file))


def _propose(answer: Answer, threshold: int, modes: tuple[str, ...]) -> None:
    sessions: dict[str, list[AttendanceFile]] = {}
    for one in answer.given:
        if one.session and one.is_read:
            sessions.setdefault(one.session, []).append(one.found)
    sessions = dict(sorted(sessions.items(), key=lambda item: _number(item[0])))
    merged = people.merge(sessions, corrections=answer.corrections)
    answer.doubts = _by_file(doubts.of_people(merged, answer.corrections))
    for one in answer.given:
        if one.is_read and not one.session:
            answer.doubts |= _by_file(doubts.of_people(people.merge({"": [one.found]})))
    if not sessions:
        return
    answer.proposal = propose(
        Request(
            people=merged,
            sessions=tuple(
                Session(
                    name=name,
                    modes=modes,
                    threshold=threshold,
                    registrations=any(file.lists_registrations for file in files),
                    times=any(file.has_times for file in files),
                )
                for name, files in sessions.items()
            ),
            # Of a series only where no file is left over: its figures are those of all its sessions.
            whole=len(sessions) > 1 and all(one.is_read and one.session for one in answer.given),
        )
    )


def _number(session: str) -> tuple[int, str]:
    return (int(session) if session.isdecimal() else 0), session


def _by_file(found: Iterable[doubts.Doubt]) -> dict[str, list[doubts.Doubt]]:
    by_file: dict[str, list[doubts.Doubt]] = {}
    for doubt in found:
        by_file.setdefault(str(doubt.rows[0]["file"]), []).append(doubt)
    return by_file


def _without_names(doubt: doubts.Doubt) -> doubts.Doubt:
    return replace(doubt, names=())


def _print_json(answer: Answer) -> None:
    report = {
        "files": [
            {
                "file": one.found.file,
                "session": one.session,
                "kind": one.found.kind.label,
                "code": one.found.kind.code,
                "counts": counts.counts(one.found, answer.corrections) if one.is_read else {},
                "problems": [problem.as_dict() for problem in one.found.problems],
                "columns": list(one.found.columns),
                "doubts": [asdict(doubt) for doubt in answer.doubts.get(one.found.file, ())],
            }
            for one in answer.given
        ],
        "tables": [asdict(row) for row in answer.proposal.rows],
        "refusals": [asdict(refusal) for refusal in answer.proposal.refusals],
    }
    click.echo(json.dumps(report, indent=2, ensure_ascii=False))


def _print_text(answer: Answer) -> None:
    for one in answer.given:
        click.echo(
            f"{one.found.file}: {one.found.kind.label}" + (f", session {one.session}" if one.session else "")
        )
        if one.is_read:
            _print_aligned(_counted(counts.counts(one.found, answer.corrections)))
        for problem in one.found.problems:
            where = ", ".join(filter(None, (problem.place, problem.field)))
            click.echo(f"    ! {where}: {problem.message}" if where else f"    ! {problem.message}")
        if one.found.columns:
            click.echo(f"    Its columns: {', '.join(one.found.columns)}")
        for doubt in answer.doubts.get(one.found.file, ()):
            click.echo(f"    ? {_who(doubt)}: {doubt.message}")
        click.echo()
    for session in dict.fromkeys(row.session for row in answer.proposal.rows):
        title = "The series as a whole" if session == ALL else f"Session {session}"
        click.echo(f"{title}, as it would be published:")
        _print_aligned(_figures([row for row in answer.proposal.rows if row.session == session]))
        click.echo()
    for refusal in answer.proposal.refusals:
        whose = "The series" if refusal.session == ALL else f"Session {refusal.session}"
        click.echo(
            f"! {whose}, {refusal.breakdown or 'all figures'}: {_REFUSALS.get(refusal.code, refusal.code)}."
        )
    click.echo("This was a preview: nothing was written.")


def _who(doubt: doubts.Doubt) -> str:
    places = [f"{row['file']}:{row['row']}" for row in doubt.rows]
    if not doubt.names:
        return ", ".join(places)
    return "; ".join(
        f"{name or 'no name'} ({place})" for name, place in zip(doubt.names, places, strict=True)
    )


def _counted(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in found.items():
        words = name.replace("_", " ")
        if isinstance(value, Mapping):
            for part, inner in value.items():
                if isinstance(inner, Mapping):
                    yield from ((f"{part}: {category}", str(count)) for category, count in inner.items())
                else:
                    yield f"{words}: {part.replace('_', ' ')}", _known(inner)
        elif not isinstance(value, list):
            yield words, _known(value)


def _known(value: object) -> str:
    return "not known" if value is None else str(value)


def _figures(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """Yield a line for each figure, and a single one for a breakdown of which nothing is shown."""
    for (measure, *dimensions), group in groupby(
        rows, key=lambda row: (row.measure, row.dimension_1, row.dimension_2)
    ):
        figures = list(group)
        by = " and ".join(filter(None, dimensions))
        statuses = {row.status for row in figures if row.status != CANNOT_OCCUR}
        if by and len(statuses) == 1 and SHOWN not in statuses:
            yield f"{measure.replace('_', ' ')} by {by}", _STATUSES[statuses.pop()]
            continue
        for row in figures:
            value = str(row.value) if row.value is not None else _STATUSES.get(row.status, row.status)
            yield _figure(row), value


def _figure(row: Row) -> str:
    parts = [row.measure.replace("_", " ")]
    parts += [row.mode] if row.mode != ALL else []
    for dimension, category in ((row.dimension_1, row.category_1), (row.dimension_2, row.category_2)):
        if dimension:
            label = categories.labels(dimension).get(category, category)
            parts.append(f"{dimension}: {label['en'] if isinstance(label, Mapping) else label}")
    return ", ".join(parts)


def _print_aligned(rows: Iterable[tuple[str, str]]) -> None:
    rows = list(rows)
    width = max((len(name) for name, _value in rows), default=0)
    for name, value in rows:
        click.echo(f"    {name:<{width}}  {value}")
