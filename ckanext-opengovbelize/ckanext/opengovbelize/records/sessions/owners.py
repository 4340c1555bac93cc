"""Which sessions a row of people or links is about, and which rows are of one session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from ..series_names import key as series_key
from ..session import SessionRecord
from ..titles import heading_of
from ..words import fold
from .columns import PEOPLE
from .headers import Table

_Said = Mapping[str, str]
_Names = _Values = tuple[str, ...]


class Details:
    """What lists within sessions tell of one of their fields: a venue's name, and the town it is in."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._by_values: dict[_Names, dict[_Values, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        for table in (table for table in tables if table.detail):
            for row in table.rows:
                if owner := table.owner(row):
                    names = tuple(sorted(owner))
                    told = self._by_values[names][tuple(owner[name] for name in names)]
                    said = table.values(row)
                    if name := said.get("name"):
                        told[table.detail] = _with(told.get(table.detail, ""), name)
                    told |= table.of_session(row)

    def of(self, said: _Said) -> dict[str, str]:
        """Return what is told of the session of which a row says this, by field."""
        found: dict[str, str] = {}
        for names, told in self._by_values.items():
            found |= told.get(tuple(said.get(name, "") for name in names), {})
        return found


class Owners:
    """The sessions of a file, found by what rows of other tables say of them."""

    def __init__(
        self, records: Sequence[SessionRecord], said: Sequence[_Said], around: Sequence[_Said]
    ) -> None:
        """Take the sessions, what the row of each says, and what is said of all of the list in which it stands."""
        self._rows = [
            (record, {**of_all, **of}) for record, of, of_all in zip(records, said, around, strict=True)
        ]
        self._by_reference: dict[str, list[SessionRecord]] = defaultdict(list)
        self._by_number: dict[str, list[SessionRecord]] = defaultdict(list)
        self._by_title: dict[str, list[SessionRecord]] = defaultdict(list)
        self._by_values: dict[_Names, dict[_Values, list[SessionRecord]]] = {}
        for record, of in zip(records, said, strict=True):
            number = str(record.number) if record.number is not None else ""
            title = of.get("title", "")
            for reference in _folded(of.get("key", ""), of.get("address", ""), number, title, record.title):
                self._by_reference[reference].append(record)
            for folded in _folded(title, record.title):
                self._by_title[folded].append(record)
            if number:
                self._by_number[number].append(record)

    def of(self, said: _Said, owner: _Said, kind: str) -> list[SessionRecord]:
        """Return the sessions that a row is about.

        Args:
            said: what the row says, by field.
            owner: what is said of the session in which it stands, by field.
            kind: whether it is a row of people or of links.
        """
        if owner:
            return self._with_values(owner)
        if reference := said.get("key"):
            return self._by_reference.get(fold(reference), []) or self._called(reference)
        if number := said.get("number"):
            return self._by_number.get(number.strip(), []) or self._called(number)
        return self._by_title.get(fold(said.get("title", "")), []) if kind == PEOPLE else []

    def titles(self) -> frozenset[str]:
        """Return the folded titles of all sessions."""
        return frozenset(self._by_title)

    def _called(self, reference: str) -> list[SessionRecord]:
        """Return the sessions that are called by their number and perhaps a title: "Webinar 2"."""
        heading = heading_of(reference)
        if heading is None or heading.number is None:
            return []
        found = self._by_number.get(str(heading.number), [])
        return [one for one in found if not heading.title or fold(heading.title) == fold(one.title)]

    def _with_values(self, owner: _Said) -> list[SessionRecord]:
        names = tuple(sorted(owner))
        if names not in self._by_values:
            found = self._by_values[names] = defaultdict(list)
            for record, of in self._rows:
                found[tuple(of.get(name, "") for name in names)].append(record)
        return self._by_values[names].get(tuple(owner[name] for name in names), [])


class Repeats:
    """Sessions of rows, found by another row with the same address that is of the same session."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[int, SessionRecord]] = {}

    def add(self, position: int, record: SessionRecord) -> None:
        """Take the session of the row at ``position``, or what another row has changed of it."""
        for key in _marks(record, record.number is not None):
            self._known.setdefault(key, (position, record))

    def find(self, record: SessionRecord) -> int | None:
        """Return the position of the first row that is of the same session."""
        if not record.address:
            return None
        keys = {key for numbered in (True, False) for key in _marks(record, numbered)}
        found = [self._known[key] for key in keys if key in self._known]
        return min((position for position, one in found if are_same(one, record)), default=None)


def are_same(one: SessionRecord, other: SessionRecord) -> bool:
    """Tell whether two rows with one address are of one session."""
    if one.number is not None and other.number is not None:
        return one.number == other.number and series_key(one.series) == series_key(other.series)
    return (bool(one.title) and fold(one.title) == fold(other.title)) or (
        one.start is not None and one.start == other.start
    )


def _marks(record: SessionRecord, numbered: bool) -> Iterator[Hashable]:
    """Yield by what a session with or without a number is known as the same."""
    if record.number is not None:
        yield record.address, "number", record.number, series_key(record.series)
    if record.title:
        yield record.address, "title", fold(record.title), numbered
    if record.start is not None:
        yield record.address, "start", record.start, numbered


def _with(listed: str, name: str) -> str:
    """Return a list of names with one more, each once."""
    return "; ".join(dict.fromkeys((*filter(None, listed.split("; ")), name)))


def _folded(*texts: str) -> set[str]:
    return {folded for text in texts if text and (folded := fold(text))}
