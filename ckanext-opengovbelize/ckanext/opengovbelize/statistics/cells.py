"""The cells of a publication: what each figure counts, in the terms of the published table's columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

# A whole: every session of the series, every mode. SDMX calls it so.
ALL = "_T"
IN_PERSON, ONLINE = "in-person", "online"
MODES = (IN_PERSON, ONLINE)

ATTENDED, REGISTERED, NO_SHOWS, MEDIAN = "attended", "registered", "no_shows", "median_minutes"
MESSAGES, QUESTIONS, ANSWERED, CHATTERS = "messages", "questions", "answered_in_writing", "chatters"
ATTENDANCES, PARTICIPANTS, CERTIFICATES = "attendances", "participants", "certificates"
# What nobody publishes and anybody could work out from what is published.
REGISTERED_ATTENDED, WALK_INS = "registered_attended", "attended_unregistered"
OTHER_MESSAGES, NOT_ANSWERED, NO_CERTIFICATE = (
    "other_messages",
    "not_answered_in_writing",
    "without_certificate",
)
NEVER_PUBLISHED = frozenset({REGISTERED_ATTENDED, WALK_INS, OTHER_MESSAGES, NOT_ANSWERED, NO_CERTIFICATE})

MODE, MINUTES = "mode", "minutes"
# What can be asked of a participant, in the order of columns.
ASKED = ("sector", "district", "gender", "country")
DIMENSIONS = (MODE, *ASKED, MINUTES)

# The dimensions of one table: none for the total, at most two. In the order of ``DIMENSIONS``.
Table = tuple[str, ...]


@dataclass(frozen=True, order=True)
class Cell:
    """One figure.

    Attributes:
        session: address of the webinar, or ``_T`` for the series.
        mode: ``in-person``, ``online`` or ``_T``.
        dimension_1: first dimension besides mode, or empty.
        category_1: its category.
        dimension_2: second one, or empty.
        category_2: its category.
        measure: what is counted.
    """

    session: str
    mode: str = ALL
    dimension_1: str = ""
    category_1: str = ""
    dimension_2: str = ""
    category_2: str = ""
    measure: str = ATTENDED

    @property
    def table(self) -> Table:
        """Return the dimensions by which this figure is broken down."""
        mode = (MODE,) if self.mode != ALL else ()
        return (*mode, *(name for name in (self.dimension_1, self.dimension_2) if name))

    @property
    def breakdown(self) -> str:
        """Return the group of figures that is released together: by its dimensions, mode left aside.

        Totals of people are a group of their own (empty), as are registrations, minutes and the chat.
        """
        asked = "-".join(name for name in (self.dimension_1, self.dimension_2) if name)
        if asked:
            return asked
        if self.mode != ALL:
            return MODE
        return _GROUPS.get(self.measure, "")

    def of(self, measure: str, session: str | None = None) -> Cell:
        """Return the same figure of another measure, or of another session."""
        return replace(self, measure=measure, session=self.session if session is None else session)


_GROUPS = {
    REGISTERED: "registration",
    NO_SHOWS: "registration",
    REGISTERED_ATTENDED: "registration",
    WALK_INS: "registration",
    MEDIAN: MINUTES,
    MESSAGES: "chat",
    QUESTIONS: "chat",
    ANSWERED: "chat",
    CHATTERS: "chat",
    OTHER_MESSAGES: "chat",
    NOT_ANSWERED: "chat",
    CERTIFICATES: "certificates",
    NO_CERTIFICATE: "certificates",
}


def cell(session: str, values: Mapping[str, str], measure: str = ATTENDED) -> Cell:
    """Return the figure of a session for these values by dimension."""
    named = [name for name in DIMENSIONS if name in values and name != MODE]
    first, second = (*named, "", "")[:2]
    return Cell(
        session,
        values.get(MODE, ALL),
        first,
        values.get(first, ""),
        second,
        values.get(second, ""),
        measure,
    )


def closed(tables: Iterable[Table]) -> list[Table]:
    """Return the tables with all their margins, the total first."""
    found = {()}
    for table in tables:
        for size in range(1, len(table) + 1):
            found |= {tuple(part) for part in combinations(table, size)}
    return sorted(found, key=lambda table: (len(table), [DIMENSIONS.index(name) for name in table]))


def ordered(names: Iterable[str]) -> Table:
    """Return the dimensions of a table in the order of columns."""
    return tuple(sorted(set(names), key=DIMENSIONS.index))


def circle(tables: Iterable[Table]) -> bool:
    """Tell whether the crossings of tables form a circle, such as A by B, B by C and C by A.

    Tables without a circle can be made of any margins that agree; in a circle, that people with all values at once
    must exist says more than the margins do, and nobody checks that here.
    """
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        while parents.get(name, name) != name:
            name = parents[name]
        return name

    for table in {table for table in tables if len(table) > 1}:
        first, *others = (root(name) for name in table)
        if any(other == first for other in others):
            return True
        for other in others:
            parents[other] = first
    return False


def cells_of(
    table: Table, session: str, measure: str, categories: Mapping[str, tuple[str, ...]]
) -> Iterator[Cell]:
    """Yield a cell for every combination of categories, whether somebody is in it or not."""
    combos: list[dict[str, str]] = [{}]
    for name in table:
        combos = [{**values, name: code} for values in combos for code in categories[name]]
    return (cell(session, values, measure) for values in combos)
