"""A table of sessions within a document for people: the programme of a series on a page or in a letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from .. import dates, facts
from ..document import Block, Document
from ..links import web_address
from ..names import key
from ..problems import Problem
from ..session import SessionRecord
from ..tables.sheet import Line, Sheet
from ..words import fold
from . import headers
from .columns import LINKS, PEOPLE, SESSIONS, TIES
from .headers import Table
from .joining import Joining

_FEWEST_SESSIONS = 2
# What a document says beside its table holds for all sessions in it.
_OF_ALL = (
    "series", "program", "project", "introduction", "audience", "objective", "rationale", "certificate_rule",
    "organisers", "funders", "mode", "topics", "languages", "invented",
)  # fmt: skip
_BESIDE = (
    "A chat, questions or materials stand beside this table of sessions, and nothing tells whose they are, so they were"
    " left out. Put them into a document about their session, or materials into the table's columns."
)
_LINKED = frozenset(("video", "presentation", "links", "address"))
_OF_PLACE = ("venue_name", "locality", "district")
# What is missing beside a table is in it.
_IN_TABLE = frozenset(("title-missing", "date-missing", "time-missing", "record-empty"))


@dataclass(frozen=True)
class Programme:
    """The ``tables`` of sessions in a document, the ``rest`` of it, and the links on titles, by the row's place."""

    tables: list[Table]
    rest: Document
    pages: dict[str, str]

    def sessions(self, file: str, said: SessionRecord) -> list[SessionRecord]:
        """Return the sessions of the tables, with what the rest of the document says of all.

        Args:
            file: how reports call the document.
            said: the rest, read as a record.
        """
        for table in self.tables:
            table.series = table.series or said.series
        joining = Joining(file)
        joining.take(self.tables)
        found = joining.sessions()
        for record in found:
            facts.link(record, self.pages.get(record.place, ""), record.title, record.place)
            _complete(record, said)
        found[0].problems += [problem for problem in said.problems if problem.code not in _IN_TABLE]
        if said.messages or said.exchanges or said.materials:
            found[0].problems.append(Problem("beside-table", _BESIDE, place=self.tables[0].sheet.label))
        return found


def programme(document: Document) -> Programme | None:
    """Return the tables of sessions in a document, or None where it holds none with several sessions."""
    tables: list[Table] = []
    taken: set[int] = set()
    pages: dict[str, str] = {}
    rows_of: dict[int, list[Block]] = defaultdict(list)
    for block in document.blocks:
        if block.kind == "row":
            rows_of[block.table].append(block)
    for number, rows in sorted(rows_of.items()):
        table = _table(rows)
        if table is not None and _lists_sessions(table):
            tables.append(table)
            taken.add(number)
            pages |= dict(_pages(table, rows))
    if not tables:
        return None
    for number, rows in sorted(rows_of.items()):
        if number not in taken and (table := _table(rows)) is not None and _belongs(table, tables):
            tables.append(table)
            taken.add(number)
    rest = [block for block in document.blocks if block.kind != "row" or block.table not in taken]
    return Programme(tables, replace(document, blocks=rest), pages)


def _table(rows: Sequence[Block]) -> Table | None:
    """Return the rows as a table that is known, with addresses in the columns of links."""
    table = headers.recognise(_sheet(rows, frozenset()))
    if table is None:
        return None
    linked = frozenset(title for field, title in table.columns.items() if field in _LINKED)
    return headers.recognise(_sheet(rows, linked)) if linked else table


def _sheet(rows: Sequence[Block], linked: frozenset[str]) -> Sheet:
    """Return rows as a sheet; below the headers ``linked`` each link is where it leads, not what it is called."""
    label = rows[0].place.partition(", row")[0]
    columns: set[int] = set()
    lines: list[Line] = []
    for number, row in enumerate(rows, 1):
        cells = [_address(cell) if at in columns else _text(cell) for at, cell in enumerate(row.cells)]
        if not columns and linked <= set(cells):
            columns = {at for at, text in enumerate(cells) if text in linked}
        if any(cells):
            lines.append(Line(number, cells))
    return Sheet("", lines, label)


def _text(cell: Sequence[Block]) -> str:
    return "\n".join(block.text for block in cell).strip()


def _address(cell: Sequence[Block]) -> str:
    found = [address for block in cell for _, url in block.links if (address := web_address(url))]
    return "\n".join(found) or _text(cell)


def _pages(table: Table, rows: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Yield where the titles of sessions lead, by the row's place."""
    title = table.columns.get("title")
    at = None
    for number, row in enumerate(rows, 1):
        texts = [_text(cell) for cell in row.cells]
        if at is None and title in texts:
            at = texts.index(title)
        elif at is not None and at < len(row.cells):
            for block in row.cells[at]:
                yield from ((table.sheet.place(number), url) for _, url in block.links[:1])


def _lists_sessions(table: Table) -> bool:
    """Tell a list of sessions from an agenda: several rows, each of a day of its own."""
    if table.kind != SESSIONS:
        return False
    said = [table.values(row) for row in table.rows]
    days = [text for row in said if (text := row.get("date") or row.get("start") or "") and _is_day(text)]
    return len(days) >= _FEWEST_SESSIONS and len(set(days)) == len(days)


def _belongs(table: Table, sessions: Sequence[Table]) -> bool:
    """Tell a table of the speakers or links of the sessions in other tables, each named by its number or title."""
    known = {fold(text) for one in sessions for row in one.rows for text in _ties(one.values(row))}
    stated = [_ties(table.values(row)) for row in table.rows]
    if not stated or not all(ties and {fold(text) for text in ties} <= known for ties in stated):
        return False
    return table.kind == LINKS or (table.kind == PEOPLE and bool(table.role or "role" in table.columns))


def _ties(said: dict[str, str]) -> list[str]:
    return [said[name] for name in TIES if name in said]


def _is_day(text: str) -> bool:
    return dates.has_full_date(text) or dates.has_no_year(text)


def _complete(record: SessionRecord, said: SessionRecord) -> None:
    for name in _OF_ALL:
        if not getattr(record, name):
            setattr(record, name, deepcopy(getattr(said, name)))
    if not any(getattr(record, name) for name in _OF_PLACE):
        for name in _OF_PLACE:
            setattr(record, name, getattr(said, name))
    known = {(person.role, key(person.name)) for person in record.people}
    record.people += [
        replace(person) for person in said.people if (person.role, key(person.name)) not in known
    ]
    urls = {link.url for link in record.links}
    record.links += [replace(link) for link in said.links if link.url not in urls]
    record.others += [name for name in said.others if name not in record.others]
