"""Tables of questions with their answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..document import Block
from ..vocabulary import load
from . import cells

_COLUMNS = {
    word: kind
    for kind in ("counting", "asker", "answerer", "answer", "question")
    for word in load("exchanges")[f"{kind}_columns"]
}


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Return which column is which, where they are those of a table of questions and answers and no others."""
    kinds = [_COLUMNS.get(name, "") for name in header]
    named = [kind for kind in kinds if kind != "counting"]
    complete = {"question", "answer"} <= set(named) and len(set(named)) == len(named) and "" not in named
    return {kind: number for number, kind in enumerate(kinds)} if complete else {}


def lines(row: Block, columns: Mapping[str, int]) -> list[Block]:
    """Return the lines of a question and its answer, each under what it is and who is named for it."""
    found: list[Block] = []
    for term, kind, who in (("Question", "question", "asker"), ("Answer", "answer", "answerer")):
        cell, by = (
            row.cells[columns[name]] if name in columns and columns[name] < len(row.cells) else ()
            for name in (kind, who)
        )
        named = re.sub(r"[()]", " ", cells.text(by)).strip()
        said = f"{term} ({named})" if named else term
        found += [
            replace(block, place=row.place, term=said if number == 0 else "", starts=number == 0, kind="line")
            for number, block in enumerate(cell)
        ]
    return found
