"""The agenda of one session: what is done when, which is no part of a record, and who speaks, which is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from .. import presenting
from ..document import Block, Run
from ..names import split_line
from ..sessions.columns import PEOPLE, role_of, words_of
from ..vocabulary import any_of, load
from ..words import fold
from . import cells, chat

_TIME_OF_DAY = re.compile(r"\s*\d{1,2}\s*[:.h]\s*\d\d|\s*\d{1,2}\s*[ap]\.?m", re.IGNORECASE)
_WORDS = load("agenda")
_ACTIVITY = frozenset(_WORDS["activity"])
# What stands in a column of speakers and is nobody: "Coffee Break", "All Participants".
_NOBODY = re.compile(rf"\b{any_of(_WORDS['nobody'])}\b")
# Who helps is none of those in whose column they stand, whatever stands with the name: "Tulio Bay (interpreter)".
_HELPERS = re.compile(rf"\b{any_of(_WORDS['helpers'])}\b")
# What stands beside a speaker, and in this order behind the name.
_OFFICE = ("position", "affiliation")
_FEWEST_ROWS = 3


def is_agenda(header: Sequence[str], rows: Sequence[Block]) -> bool:
    """Tell a table of what is done when, or of what is done and who does it, from labels with their values.

    Args:
        header: the names of its columns, folded.
        rows: its rows, the first of which is the header.
    """
    if len(header) < 2 or len(rows) < _FEWEST_ROWS:
        return False
    if header[0] in chat.TIME and _is_entry(rows[1]):
        return True
    return not _ACTIVITY.isdisjoint(header) and any(map(role_of, header))


def lines(header: Sequence[str], rows: Sequence[Block]) -> list[Block]:
    """Return the lines of an agenda: that it is one, and each person whom a column of a public role names."""
    found = [Block("list", place=rows[0].place)]
    fields = [words_of(PEOPLE).get(fold(title)) for title in header]
    office = [fields.index(field) for field in _OFFICE if field in fields]
    for column, role in enumerate(map(role_of, header)):
        people = [person for row in rows[1:] if role for person in _people(row, column, office)]
        if people:
            label = Block("line", (Run(f"{role.capitalize()}s:"),), people[0].place)
            found += [label, *people]
    return found


def _is_entry(row: Block) -> bool:
    """Tell an entry of an agenda from a row of labels and values, such as "Venue | Reef Hall"."""
    return bool(row.cells) and _TIME_OF_DAY.match(cells.text(row.cells[0])) is not None


def _people(row: Block, column: int, office: Sequence[int]) -> Iterator[Block]:
    """Yield a line for each person in a cell; of a single one with what the columns ``office`` say."""
    cell = row.cells[column] if column < len(row.cells) else ()
    named = [at for at, block in enumerate(cell) if _names_somebody(block.text)]
    for at, end in pairwise([*named, len(cell)]):
        runs = [run for block in cell[at:end] for run in (*block.runs, Run(", "))][:-1]
        beside = [cells.text(row.cells[one]) for one in office if len(named) == 1 and one < len(row.cells)]
        runs += [Run(f", {text}") for text in beside if text.strip()]
        yield replace(cell[at], runs=tuple(runs), kind="item", starts=True, place=row.place)


def _names_somebody(text: str) -> bool:
    name = split_line(text)[0]
    if not (name or presenting.several(text) or presenting.turned(text)[0]):
        return False
    # "Orla Reef, Team Leader" is somebody.
    return not (_NOBODY.search(fold(name or text)) or _HELPERS.search(fold(text)))
