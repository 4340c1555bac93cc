"""All the tables of a file together: rows to sessions, with their people and links, each session once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from .. import day_order, facts
from ..naming import name_each, number_once
from ..positions import says_position
from ..problems import Problem
from ..session import ROLES, SessionRecord
from ..tables.sheet import Row
from ..words import fold
from . import notes, rows
from .columns import LINKS, PEOPLE, SESSIONS, TIES, role_of
from .headers import Table
from .owners import Details, Owners, Repeats, are_same

# What a list of sessions may say once for all of them.
_INHERITED = frozenset(("series", "language", "timezone", "organisers", "funders", "audience", "invented"))
_ROLES = frozenset(ROLES)
_ONE_NUMBER = (
    "Several rows of one series bear this number, so they were left without. Correct the numbers, or name the series of"
    " each row in a column Series."
)
_Said = tuple[tuple[str, str], ...]


class Joining:
    """Takes the tables of a file one after the other."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.records: list[SessionRecord] = []
        self.said: list[dict[str, str]] = []
        self.around: list[dict[str, str]] = []
        self.starts: list[str] = []
        self.problems: list[Problem] = []
        self.owners = Owners([], [], [])
        # The last row that was taken, and its table.
        self.above: tuple[Table, int] | None = None

    def take(self, tables: Iterable[Table]) -> None:
        """Take all tables: sessions first, then what belongs to them."""
        tables = list(tables)
        details = Details(tables)
        for table in (table for table in tables if table.kind == SESSIONS):
            starts: list[Row] = []
            for row in table.rows:
                said = table.values(row)
                if notes.is_sum(row.cells.values()):
                    self.problems.append(_sum(row.place))
                    continue
                if notes.is_note(row.cells.values(), "title" in said):
                    self.problems.append(_note(row.place))
                    continue
                if said.keys() <= _INHERITED:
                    # Nothing, or what holds for all.
                    continue
                if rows.is_private(said):
                    self.problems.append(_private(row.place))
                    continue
                around = table.owner(row)
                said = {name: text for name, text in around.items() if name in _INHERITED} | said
                said = details.of(said) | said
                if table.series:
                    said.setdefault("series", table.series)
                goes_on = self._goes_on(table, row, said, around)
                self.above = table, row.number
                if goes_on:
                    self._add_people(said)
                    continue
                self.said.append(said)
                self.around.append(around)
                starts.append(row)
            # Once all of their people are known: many rows may name more of one session.
            for said, row in zip(self.said[len(self.records) :], starts, strict=True):
                self.records.append(rows.session(said, self.file, row.place))
                if row.surplus:
                    self.records[-1].problems.append(_surplus(row.place))
            self.problems += [_unknown(table, number) for number in table.unknown]
        self._times()
        self.owners = Owners(self.records, self.said, self.around)
        for table in (table for table in tables if table.kind in (PEOPLE, LINKS) and not table.detail):
            if table.kind == PEOPLE and not (table.role or "role" in table.columns):
                self._without_role(table)
                continue
            for row in table.rows:
                self._belonging(table, table.values(row), table.owner(row), row.place)

    def sessions(self) -> list[SessionRecord]:
        """Return the sessions, a row that repeats another one joined with it."""
        found: list[SessionRecord] = []
        repeats = Repeats()
        for position, record in enumerate(self.records):
            if (earlier := repeats.find(record)) is not None:
                self._update(earlier, position)
                repeats.add(earlier, self.records[earlier])
                continue
            record.key = self.said[position].get("key", "")
            repeats.add(position, record)
            found.append(record)
        number_once(found, _ONE_NUMBER)
        name_each(found)
        for record in found:
            facts.complete(record)
        if found:
            found[0].problems[:0] = self.problems
        return found

    def _goes_on(self, table: Table, row: Row, said: dict[str, str], around: dict[str, str]) -> bool:
        """Tell a row that only names more people of the session above: the other cells are merged, or left empty.

        Right above it stands that session, and none that is hidden or private.
        """
        if (
            table.sheet.is_nested
            or self.above is None
            or _ROLES.isdisjoint(said)
            or around != self.around[-1]
        ):
            return False
        above, number = self.above
        if above is not table or number + 1 != row.number:
            return False
        of_above = {name: text for name, text in self.said[-1].items() if name not in _ROLES}
        here = {name: text for name, text in said.items() if name not in _ROLES}
        return here == of_above or here.keys() <= _INHERITED

    def _add_people(self, said: dict[str, str]) -> None:
        """Give the session above the people of a further row."""
        above = self.said[-1]
        for role in _ROLES & said.keys():
            listed = (above.get(role, ""), said[role])
            above[role] = "\n".join(dict.fromkeys(filter(None, listed)))

    def _times(self) -> None:
        """Set the times of all sessions: what is clear first, then what only the others make clear."""
        self.starts = [rows.started(said) for said in self.said]
        day_order.settle(
            self.records,
            self.starts,
            lambda position, start: rows.when(self.records[position], self.said[position], start),
            ends=[said.get("end", "") for said in self.said],
        )

    def _update(self, earlier: int, later: int) -> None:
        """Let a row that repeats a session change what it states of it."""
        record, repeated = self.records[earlier], self.records[later]
        said = {**self.said[earlier], **self.said[later]}
        start = self.starts[later] or self.starts[earlier]
        updated = rows.session(said, self.file, record.place)
        if not any(problem.rejects for problem in repeated.problems):
            rows.when(updated, said, start)
        message = "This row repeats a session of an earlier row, and was taken as its update."
        problems = [Problem("row-repeated", message, place=repeated.place)]
        problems += [problem for problem in repeated.problems if problem.field == "start"]
        updated.people += [
            one
            for one in record.people + repeated.people
            if one not in updated.people and one.place not in (record.place, repeated.place)
        ]
        updated.links += [
            one
            for one in record.links + repeated.links
            if one not in updated.links and one.place not in (record.place, repeated.place)
        ]
        for name, value in vars(updated).items():
            if name not in ("key", "problems"):
                setattr(record, name, value)
        known = {(problem.code, problem.field) for problem in problems}
        record.problems = [
            *(problem for problem in updated.problems if (problem.code, problem.field) not in known),
            *problems,
        ]
        self.said[earlier], self.starts[earlier] = said, start

    def _belonging(self, table: Table, said: dict[str, str], owner: dict[str, str], place: str) -> None:
        owners = self.owners.of(said, owner, table.kind)
        if len({id(record) for record in owners}) != 1 and not _all_same(owners):
            message = (
                "The row belongs to no session, or to more than one. Give the session's number or address."
            )
            self.problems.append(Problem("row-without-session", message, place=place, field=table.kind))
            return
        record = owners[-1]
        if table.kind == LINKS:
            facts.link(record, said.get("url", ""), said.get("title", ""), place)
            if (
                record.links
                and record.links[-1].place == place
                and fold(said.get("kind", "")) == "social media"
            ):
                record.links[-1].kind = "social_media"
            return
        role = role_of(said["role"]) if "role" in said else table.role
        if not role and table.role and says_position(said["role"]):
            # "Role" beside speakers is what each does.
            role = table.role
            said.setdefault("position", said["role"])
        details = {
            name: said[name]
            for name in ("position", "affiliation", "country", "biography", "email")
            if name in said
        }
        if not role or not facts.person(record, role, said.get("name", ""), place, **details):
            message = (
                "The row names nobody in a public role. Write speaker, facilitator, coordinator or host, and given"
                " name and surname."
            )
            self.problems.append(Problem("person-unreadable", message, place=place, field="people"))

    def _without_role(self, table: Table) -> None:
        """Leave out people of whom nothing says what they are: who is registered, may be contacted, wrote it down."""
        names: dict[tuple[_Said, _Said], list[str]] = defaultdict(list)
        for row in table.rows:
            said = table.values(row)
            tie = tuple((name, said[name]) for name in TIES if name in said)
            names[tie, tuple(table.owner(row).items())].append(said.get("name", ""))
        anywhere: list[str] = []
        for (tie, owner), stated in names.items():
            owners = self.owners.of(dict(tie), dict(owner), PEOPLE)
            found = facts.names_of_others(stated)
            anywhere += [] if owners else found
            for record in owners:
                facts.others(record, found)
        # Where nobody can tell whose they are, no session may tell of them.
        for record in self.records if anywhere else ():
            facts.others(record, anywhere)
        message = (
            "The people listed here have no role, and were left out. Those with a public one need a column Role, or a"
            " list of their own that is called Speakers, Facilitators, Coordinators or Hosts."
        )
        self.problems.append(Problem("people-without-role", message, place=table.sheet.label, field="people"))


def _all_same(records: Sequence[SessionRecord]) -> bool:
    return bool(records) and all(
        are_same(records[0], record) and record.address == records[0].address for record in records
    )


def _sum(place: str) -> Problem:
    message = "The row is a sum under the table and no session, so it was left out."
    return Problem("row-left-out", message, place=place)


def _private(place: str) -> Problem:
    message = "A row that its calendar keeps private was left out."
    return Problem("event-private", message, place=place)


def _note(place: str) -> Problem:
    message = "The row is a note under the table, such as who made it, and no session, so it was left out."
    return Problem("row-left-out", message, place=place)


def _surplus(place: str) -> Problem:
    message = "The row has more cells than the table has columns: a quotation mark may be missing."
    return Problem("row-ragged", message, place=place)


def _unknown(table: Table, number: int) -> Problem:
    message = "The header of this column is not known, and the column was left out. docs/records.md lists the headers."
    place = ", ".join(part for part in (table.sheet.label, f"column {number}") if part)
    return Problem("column-unknown", message, place=place)
