"""Marks on the sheet of a room: the sign for "as above", and those under the days on which somebody came."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....folding import fold
from ..columns import Cells
from ..grid import Line
from ..model import DIMENSIONS

TICKS = frozenset({"x", "✓", "✔", "√", "☑", "☒", "1", "yes", "y", "si", "s", "*", "/"})
# What people copy from the line above rather than write again; a name, an address or a number they do not.
_COPIED = (*DIMENSIONS, "institution", "position", "last_name")
_SIGNS = re.compile(r"""["'“”„″〃´`,.\-–—\s]*["'“”„″〃´`]["'“”„″〃´`,.\-–—\s]*|,,""")
_WORDS = frozenset(
    ("same", "ditto", "do", "idem", "id", "same as above", "as above", "lo mismo", "el mismo", "la misma", "mismo")
)  # fmt: skip
_DAY = re.compile(
    r"(?:day|dia|session|sesion|jornada)\s*(?:\d{1,2}|[iv]{1,3})\b.{0,30}|\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?"
)
_PRESENT = frozenset(("present", "presente", "attendance", "asistencia"))
_ABSENT = frozenset(("no", "n", "a", "0", "absent", "ausente", "false", "falso"))


def says_as_above(text: str) -> bool:
    """Tell whether a cell holds no more than a sign or word for what stands above it."""
    return len(text) <= 20 and (_SIGNS.fullmatch(text) is not None or fold(text).strip(" .-–—") in _WORDS)


def copied(cells: Cells, above: Cells) -> Cells:
    """Return the cells of a line with what its signs for "as above" stand for; nothing where nothing stands there."""
    for name in _COPIED:
        if (text := cells[name]) and says_as_above(text):
            cells[name] = above[name]
    return cells


def of_days(header: Sequence[str], body: Sequence[Line]) -> list[int]:
    """Return the columns that say who came: headed by a day, or by "present".

    None where nobody has a mark: the sheet was printed with them, and signed elsewhere.
    """
    found = [place for place, text in enumerate(header) if is_roll_call(text) or is_day(text)]
    return found if any(_is_marked(line, found) for line in body) else []


def is_day(header: str) -> bool:
    """Tell whether a column is headed by a day, or by its number."""
    return _DAY.fullmatch(fold(header)) is not None


def is_roll_call(header: str) -> bool:
    """Tell whether a column says of everybody on a list whether they were there."""
    return fold(header).strip(" ?.:") in _PRESENT


def came(line: Line, days: Sequence[int]) -> bool:
    """Tell whether a line has the mark of somebody who came under one of the days, or there are no such columns."""
    return not days or _is_marked(line, days)


def _is_marked(line: Line, days: Sequence[int]) -> bool:
    cells = (line.cells[place] for place in days if place < len(line.cells))
    return any(cell and fold(cell).strip(" .") not in _ABSENT for cell in cells)
