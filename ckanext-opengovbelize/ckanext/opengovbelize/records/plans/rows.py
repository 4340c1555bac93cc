"""From a table's rows to values by field, with what was wrong in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..problems import Problem
from . import days, values
from .faults import problem
from .headers import COMMITMENT, Table, fields_of

# Of these a stated time that is no exact day is kept in words.
_KEPT_AS_STATED = ("plan", "commitments")


@dataclass
class Read:
    """One row.

    Attributes:
        place: where it stands.
        fields: values by field name.
        problems: what was wrong with its cells.
        rejects: whether the row as a whole cannot be used.
    """

    place: str
    fields: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def rejects(self) -> bool:
        """Return whether the row as a whole cannot be used."""
        return any(problem.rejects for problem in self.problems)


def read(table: Table) -> Iterator[Read]:
    """Yield what each row of a table says; rows that say nothing of the table's fields are left out."""
    orders = _orders(table)
    keeps = table.kind in _KEPT_AS_STATED
    noted = False
    for row in table.rows:
        found = Read(row.place)
        as_stated: list[str] = []
        for title, text in row.cells.items():
            entry = table.columns.get(title)
            if entry is None:
                continue
            value = values.read(entry, text, order=orders.get(title, ""))
            place = f"{row.place}, column {entry.column}"
            if keeps and entry.kind == "day" and value.fault:
                as_stated.append(text)
                if value.fault == "day-assumed":
                    continue
            elif keeps and entry.kind == "choice" and value.fault and entry.name != "stage":
                # The catalogue knows more words and reports those that it does not know.
                value = values.Value(" ".join(text.split()))
            stated = f"{entry.name}_as_stated"
            if entry.kind == "day" and value.fault and stated in fields_of(table.kind):
                found.fields.setdefault(stated, " ".join(text.split()))
                if value.fault == "day-unreadable":
                    value = values.Value(fault="day-in-words")
            if value.fault:
                found.problems.append(problem(_code(entry.name, value.fault), place, entry.name))
            if value.value is not None:
                found.fields[entry.name] = value.value
        if as_stated:
            found.fields.setdefault(
                "date_as_stated", " – ".join(" ".join(text.split()) for text in as_stated)
            )
        if row.surplus and table.is_delimited:
            found.problems.append(problem("row-surplus", row.place, rejects=True))
        elif (row.surplus or row.unheaded) and not noted:
            # In a workbook that is somebody's note beside the table; one report for all of them is enough.
            found.problems.append(problem("cells-outside", row.place))
            noted = True
        if set(found.fields) - {COMMITMENT, "stage", "plan"} or found.problems:
            yield found


def _code(name: str, fault: str) -> str:
    return f"{name}-unknown" if fault == "choice-unknown" and name in ("stage", "status") else fault


def _orders(table: Table) -> dict[str, str]:
    titles = [title for title, entry in table.columns.items() if entry.kind == "day"]
    orders = {
        title: days.order_of(row.cells[title] for row in table.rows if title in row.cells) for title in titles
    }
    # Who fills in a table writes days one way: a column that does not show it is read as the others are.
    shown = set(filter(None, orders.values()))
    usual = shown.pop() if len(shown) == 1 else ""
    return {title: order or usual for title, order in orders.items()}
