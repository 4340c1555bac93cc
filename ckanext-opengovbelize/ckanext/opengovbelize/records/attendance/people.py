"""Who is one person: the rules of docs/attendance.md, over all files of all sessions at once, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ...folding import fold
from . import stated
from .collector import paused
from .model import ATTENDEE, DIMENSIONS, IN_PERSON, ONLINE, AttendanceFile, Row
from .names import Reduced, address, reduced


@dataclass(frozen=True)
class Correction:
    """What somebody who knows the group says of rows.

    Attributes:
        kind: ``same``: the rows are one person. ``people``: the row is several people at one computer.
        rows: file and row number of each.
        count: how many people the row is.
    """

    kind: str
    rows: tuple[tuple[str, int], ...]
    count: int = 1

    @classmethod
    def parse(cls, kind: str, text: str) -> Correction:
        """Read ``FILE:4+19``, ``FILE:4+OTHER:9`` (same) or ``FILE:7=2`` (people).

        Raises:
            ValueError: the text is no such correction.
        """
        count = 1
        if kind == "people":
            text, _equals, number = text.rpartition("=")
            count = int(number)
        rows: list[tuple[str, int]] = []
        for part in _parts(text):
            file, _colon, number = part.rpartition(":")
            rows.append((file or (rows[-1][0] if rows else ""), int(number)))
        if kind not in ("same", "people") or (kind == "same" and len(rows) < 2) or not 1 <= count <= 50:
            raise ValueError("no correction")
        return cls(kind, tuple(rows), count)


@dataclass(slots=True)
class Presence:
    """How somebody was in one session.

    Attributes:
        mode: in person where both.
        registered: whether the person had registered.
        joined: whether the person came.
        seconds: how long, two devices at once counted once; None where it is not known.
        has_times: whether a file says anything of times.
        overlaps: whether the person was there on two devices at once.
    """

    mode: str
    registered: bool
    joined: bool
    seconds: float | None
    has_times: bool
    overlaps: bool = False


@dataclass(slots=True, repr=False)
class Person:
    """One person. Lives as long as the answer to a request.

    Attributes:
        names: as written, in the order of the rows, each once.
        emails: as compared.
        known: by dimension the category that the person stated first, or ``unknown``.
        country: code of the country stated, of all countries.
        presence: by session; sessions in which the person was host, panelist or speaker are left out.
        rows: session, file and number of each of the person's rows; none of somebody who shared another's computer.
    """

    names: tuple[str, ...]
    emails: tuple[str, ...]
    known: dict[str, str]
    country: str
    presence: dict[str, Presence]
    rows: tuple[tuple[str, str, int], ...] = ()


@dataclass(repr=False)
class People:
    """Everybody of one session or of several.

    Attributes:
        people: who attended or registered.
        collected: dimensions that some file has a column for, or that the coordinator's institutions give.
        excluded: by session how many hosts, panelists and speakers were left out.
    """

    people: list[Person] = field(default_factory=list)
    collected: frozenset[str] = frozenset()
    excluded: dict[str, int] = field(default_factory=dict)


_NOTHING_STATED = dict.fromkeys(DIMENSIONS, stated.UNKNOWN)


class _Line(NamedTuple):
    session: str
    file: AttendanceFile
    row: Row


@paused()
def merge(
    sessions: Mapping[str, Sequence[AttendanceFile]],
    *,
    corrections: Iterable[Correction] = (),
    sectors: Mapping[str, str] | None = None,
    speakers: Mapping[str, Collection[str]] | None = None,
) -> People:
    """Tell who is one person.

    Rows with one address are one person; so are rows without an address and with one name (see ``names.reduced``);
    a row without an address belongs to the only person with an address who has its name. Nothing else is joined,
    but what the corrections say.

    Args:
        sessions: the files of each session.
        corrections: what the coordinator knows.
        sectors: sector by institution, as folded, for people who stated no sector.
        speakers: by session the names of people in a public role, who are no participants of it.
    """
    lines = [
        _Line(session, file, row)
        for session, files in sessions.items()
        for file in files
        for row in file.rows
    ]
    corrections = list(corrections)
    groups = _corrected(_grouped(lines), [one for one in corrections if one.kind == "same"])
    several = {row: one.count for one in corrections if one.kind == "people" for row in one.rows}
    public = {session: {reduced(name) for name in names} for session, names in (speakers or {}).items()}
    result = People(collected=_collected(sessions, sectors))
    for group in groups:
        person, left_out = _person(group, sectors or {}, public)
        for session in left_out:
            result.excluded[session] = result.excluded.get(session, 0) + 1
        if person.presence:
            result.people.append(person)
            if several:
                result.people += _others(person, group, several)
    return result


def _parts(text: str) -> Iterator[str]:
    """Yield the rows of a correction; a file's name may hold a plus sign, a row number holds digits only."""
    part = ""
    for piece in text.split("+"):
        part = f"{part}+{piece}" if part else piece
        if part.rpartition(":")[2].strip().isdecimal():
            yield part
            part = ""
    if part:
        raise ValueError("no row")


def _grouped(lines: Sequence[_Line]) -> list[list[_Line]]:
    reduce = Reduced().__getitem__
    by_email: dict[str, list[_Line]] = {}
    # The address of the one who has a name; empty where several have it.
    owners: dict[str, str] = {}
    without: list[_Line] = []
    for line in lines:
        row = line.row
        email = address(row.email) if row.email else ""
        if not email:
            without.append(line)
            continue
        if (group := by_email.get(email)) is None:
            by_email[email] = group = []
        is_new = not group or row.name != group[-1].row.name
        if is_new and (name := reduce(row.name)) and owners.setdefault(name, email) != email:
            owners[name] = ""
        group.append(line)
    by_name: dict[str, list[_Line]] = {}
    nameless: list[list[_Line]] = []
    for line in without:
        name = reduce(line.row.name)
        if not name:
            nameless.append([line])
        elif owner := owners.get(name):
            by_email[owner].append(line)
        else:
            by_name.setdefault(name, []).append(line)
    return [*by_email.values(), *by_name.values(), *nameless]


def _corrected(groups: list[list[_Line]], corrections: Sequence[Correction]) -> list[list[_Line]]:
    if not corrections:
        return groups
    place = {(line.file.file, line.row.number): at for at, group in enumerate(groups) for line in group}
    root = list(range(len(groups)))

    def find(at: int) -> int:
        while root[at] != at:
            at = root[at]
        return at

    for correction in corrections:
        found = [find(place[row]) for row in correction.rows if row in place]
        for other in found[1:]:
            root[find(other)] = find(found[0])
    joined: dict[int, list[_Line]] = {}
    for at, group in enumerate(groups):
        joined.setdefault(find(at), []).extend(group)
    return list(joined.values())


def _person(
    group: Sequence[_Line], sectors: Mapping[str, str], public: Mapping[str, set[str]]
) -> tuple[Person, list[str]]:
    if len(group) == 1:
        # Most people join once: the same as below, without its lists.
        return _alone(group[0], sectors, public)
    by_session: dict[str, list[_Line]] = {}
    for line in group:
        if (there := by_session.get(line.session)) is None:
            by_session[line.session] = there = []
        there.append(line)
    left_out = [
        session for session, lines in by_session.items() if _is_public(lines, public.get(session, ()))
    ]
    presence = {session: _presence(lines) for session, lines in by_session.items() if session not in left_out}
    known, country = _stated(group, sectors)
    names = dict.fromkeys([line.row.name for line in group if line.row.name])
    emails = dict.fromkeys([address(line.row.email) for line in group if "@" in line.row.email])
    rows = tuple([(session, file.file, row.number) for session, file, row in group])
    return Person(tuple(names), tuple(emails), known, country, presence, rows), left_out


def _alone(
    line: _Line, sectors: Mapping[str, str], public: Mapping[str, set[str]]
) -> tuple[Person, list[str]]:
    session, file, row = line
    names = public.get(session)
    is_public = row.role != ATTENDEE or bool(names and reduced(row.name) in names)
    known, country = (
        _stated((line,), sectors) if row.stated or sectors else (_NOTHING_STATED.copy(), stated.UNKNOWN)
    )
    person = Person(
        (row.name,) if row.name else (),
        (address(row.email),) if "@" in row.email else (),
        known,
        country,
        {} if is_public else {session: _presence((line,))},
        ((session, file.file, row.number),),
    )
    return person, [session] if is_public else []


def _is_public(lines: Iterable[_Line], names: Collection[str]) -> bool:
    if names and any(reduced(line.row.name) in names for line in lines):
        return True
    return any(line.row.role != ATTENDEE for line in lines)


def _stated(group: Sequence[_Line], sectors: Mapping[str, str]) -> tuple[dict[str, str], str]:
    known = _NOTHING_STATED.copy()
    country = stated.UNKNOWN
    for line in group:
        if not line.row.stated:
            continue
        for dimension, text in line.row.stated.items():
            if known[dimension] == stated.UNKNOWN:
                known[dimension] = stated.code(dimension, text)
            if dimension == "country" and country == stated.UNKNOWN:
                country = stated.country_code(text)
    if sectors and known["sector"] == stated.UNKNOWN:
        given = (sectors.get(fold(line.row.institution), "") for line in group if line.row.institution)
        known["sector"] = next(filter(None, given), stated.UNKNOWN)
    return known, country


def _presence(lines: Sequence[_Line]) -> Presence:
    if len(lines) == 1:
        # Most people join once: the same as below, without its lists.
        _session, file, row = lines[0]
        seconds, overlaps = _time(lines) if row.joined else (None, False)
        return Presence(
            row.mode, row.registered, row.joined, seconds, row.joined and file.has_times, overlaps
        )
    joined = [line for line in lines if line.row.joined]
    modes = [line.row.mode for line in joined or lines]
    seconds, overlaps = _time(joined)
    return Presence(
        mode=IN_PERSON if IN_PERSON in modes else ONLINE,
        registered=True in [line.row.registered for line in lines],
        joined=bool(joined),
        seconds=seconds,
        has_times=True in [line.file.has_times for line in joined],
        overlaps=overlaps,
    )


def _time(lines: Sequence[_Line]) -> tuple[float | None, bool]:
    """Return how long somebody was there, and whether on two devices at once."""
    if len(lines) == 1:
        row = lines[0].row
        if row.start is not None and row.end is not None:
            return (row.end - row.start).total_seconds(), False
        return row.seconds, False
    spans = sorted((line.row.start, line.row.end) for line in lines if line.row.start and line.row.end)
    total, overlaps, end = 0.0, False, None
    for begins, ends in spans:
        if end is None or begins >= end:
            total += (ends - begins).total_seconds()
            end = ends
        elif ends > begins:
            overlaps = True
            if ends > end:
                total += (ends - end).total_seconds()
                end = ends
    for line in lines:
        if not (line.row.start and line.row.end):
            if line.row.seconds is None:
                return None, overlaps
            total += line.row.seconds
    return (total if lines else None), overlaps


def _others(
    person: Person, group: Sequence[_Line], several: Mapping[tuple[str, int], int]
) -> Iterator[Person]:
    """Yield the people who shared a computer with somebody: there as long, and otherwise unknown."""
    more = max((several.get((line.file.file, line.row.number), 1) for line in group), default=1) - 1
    for _ in range(more):
        yield Person(
            (),
            (),
            dict.fromkeys(DIMENSIONS, stated.UNKNOWN),
            stated.UNKNOWN,
            dict(person.presence),
        )


def _collected(
    sessions: Mapping[str, Sequence[AttendanceFile]], sectors: Mapping[str, str] | None
) -> frozenset[str]:
    found = {name for files in sessions.values() for file in files for name in file.collected}
    return frozenset(found | ({"sector"} if sectors else set()))
