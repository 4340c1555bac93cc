"""Tables of people, and registers of those who came, which nobody reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .. import labels
from ..document import Block, Run
from ..vocabulary import load
from ..words import fold
from . import cells

_ROLE_COLUMNS = frozenset(["role", "rol", "function", "funcion", "papel", "participation", "participacion"])
_ROLE_LABELS = {
    "speaker": "Speakers", "facilitator": "Facilitators", "coordinator": "Coordinators", "host": "Hosts",
    "biographies": "Biographies",
}  # fmt: skip
# Columns that a register of those who came has, and a list of speakers has not.
_REGISTER_COLUMNS = frozenset(load("people")["register_columns"])
_COUNTS = frozenset(("", "no", "n", "n o", "nr", "nro", "num", "number", "numero"))
# Columns of a table of what somebody has to do.
_TASK_COLUMNS = frozenset(load("people")["task_columns"])
_PRIVATE_COLUMNS = _REGISTER_COLUMNS | frozenset(load("people")["private_columns"])
# A longer table of people without a role is more likely one of participants.
_MOST_SPEAKERS = 12
_TOOK_PART = frozenset(load("people")["took_part"])
# Labels that stand for another field over a column of a table of people.
_PERSON_LABELS = {
    "speaker": "name", "title": "name", "facilitator": "name", "biographies": "biography", "organisers": "affiliation",
}  # fmt: skip
# The fields that such a table has, and the label under which each line of a person goes on.
_COLUMN_TERMS = {
    "name": "Name", "position": "Position", "affiliation": "Affiliation", "biography": "Biography",
    "email": "E-mail", "country": "Country",
}  # fmt: skip


def read(header: Sequence[str], rows: Sequence[Block], before: Block | None) -> list[Block] | None:
    """Return the lines of a table of people; None where it is a table of something else.

    Args:
        header: the names of its columns, folded.
        rows: its rows, the first of which is the header.
        before: the line above the table, which may say what they are.
    """
    header, rows = _without_count(header, rows)
    if not _TASK_COLUMNS.isdisjoint(header):
        return _unread(rows[0].place, rows[1:])
    if columns := _person_columns(header):
        return _people(rows[1:], header, columns, before)
    if _lists_attendees(header, before):
        return _unread(rows[0].place, rows[1:])
    if _role_above(before) in labels.PEOPLE and (columns := _name_beside_private(header)):
        kept = [number for number, name in enumerate(header) if name not in _PRIVATE_COLUMNS]
        named = [
            replace(row, cells=tuple(row.cells[one] for one in kept if one < len(row.cells)))
            for row in rows[1:]
        ]
        return _people(
            named, [header[one] for one in kept], {kept.index(one): "name" for one in columns}, before
        )
    return None


def _without_count(header: Sequence[str], rows: Sequence[Block]) -> tuple[Sequence[str], Sequence[Block]]:
    """Return a table without a column "No." or "#" that only counts its rows."""
    counting = [
        number
        for number, name in enumerate(header)
        if name in _COUNTS and all(_counts(row, number) for row in rows[1:])
    ]
    if not counting or len(rows) < 2:
        return header, rows
    kept = [number for number in range(max(len(row.cells) for row in rows)) if number not in counting]
    return [header[number] for number in kept if number < len(header)], [
        replace(row, cells=tuple(row.cells[number] for number in kept if number < len(row.cells)))
        for row in rows
    ]


def _counts(row: Block, number: int) -> bool:
    return number < len(row.cells) and cells.text(row.cells[number]).strip(" .)").isdecimal()


def _unread(place: str, rows: Sequence[Block]) -> list[Block]:
    """Return the lines of a list that is told by its place, and published by nobody."""
    return [Block("list", place=place), *(line for row in rows for line in cells.lines(row, row.cells))]


def _person_columns(header: Sequence[str]) -> dict[int, str]:
    """Return the field of each column, where the columns are those of a list of people."""
    columns: dict[int, str] = {}
    for number, name in enumerate(header):
        found = labels.lookup(name)
        if not found:
            continue
        field = _PERSON_LABELS.get(found[0], found[0])
        if name in ("title", "titulo"):
            field = "position"
        if field in _COLUMN_TERMS:
            columns[number] = field
    if len(set(columns.values())) < len(columns):
        # Beside a column of positions, "Role" is what each did in the session.
        columns = {number: field for number, field in columns.items() if header[number] not in _ROLE_COLUMNS}
    fields = set(columns.values())
    return columns if "name" in fields and len(fields) > 1 and len(columns) == len(fields) else {}


def _lists_attendees(header: Sequence[str], before: Block | None) -> bool:
    """Tell a register of those who came: beside their names it has what is nobody's business.

    Under the label of a role, where they are from or how to reach them makes nobody an attendee.
    """
    private = _PRIVATE_COLUMNS if _role_above(before) not in labels.PEOPLE else _REGISTER_COLUMNS
    return not private.isdisjoint(header) and any(_is_name_column(name) for name in header)


def _name_beside_private(header: Sequence[str]) -> list[int]:
    """Return the column of names of a table whose others include some that are nobody's business."""
    if _PRIVATE_COLUMNS.isdisjoint(header):
        return []
    return [number for number, name in enumerate(header) if _is_name_column(name)][:1]


def _is_name_column(name: str) -> bool:
    found = labels.lookup(name)
    return found is not None and found[0] in ("title", "name")


def _role_above(before: Block | None) -> str:
    """Return the part that the line above a table opens, where it says no more."""
    label = labels.match(before) if before is not None and before.kind != "row" else None
    return label.name if label and not label.rest.text else ""


def _people(
    rows: Sequence[Block], header: Sequence[str], columns: dict[int, str], before: Block | None
) -> list[Block]:
    """Return the lines of a table of people.

    They have the role that a column or the label above the table gives. Without either, a short table with
    positions presents speakers; any other may be a list of participants, and is read by nobody.
    """
    above = _role_above(before)
    # "Speaker" over the column of names says what they are.
    named = next(
        (labels.lookup(header[number]) for number, field in columns.items() if field == "name"), None
    )
    if above not in labels.PEOPLE and above != "biographies" and named and named[0] in labels.PEOPLE:
        return _with_roles(rows, [_role(row, header) or named[0] for row in rows], columns)
    roles = [_role(row, header) for row in rows]
    if any(roles) and (others := [row for row in rows if _took_part(row, header, above)]):
        acting = [row for row in rows if row not in others]
        return [*_people(acting, header, columns, before), *_unread(others[0].place, others)]
    if above not in labels.PEOPLE and above != "biographies":
        presents = "position" in columns.values() and len(columns) == len(header) <= len(_COLUMN_TERMS)
        if not any(roles) and (above or not presents or len(rows) > _MOST_SPEAKERS or _is_heading(before)):
            return _unread(rows[0].place, rows)
        above = "speaker"
        roles = [role or above for role in roles]
    elif any(roles):
        roles = [role or above for role in roles]
    return _with_roles(rows, roles, columns)


def _with_roles(rows: Sequence[Block], roles: Sequence[str], columns: dict[int, str]) -> list[Block]:
    """Return the lines of people, under a label wherever their role changes; an empty role is that of the part."""
    found: list[Block] = []
    role = ""
    for row, own in zip(rows, roles, strict=True):
        if own and own != role:
            role = own
            found.append(Block("line", (Run(f"{_ROLE_LABELS[own]}:"),), row.place))
        found += _person(
            row, {number: field for number, field in columns.items() if not _is_role(row, number)}
        )
    return found


def _is_heading(block: Block | None) -> bool:
    """Tell whether a line announces the table below it, as something that nobody knows."""
    if block is None or block.term or block.place.startswith("table") or labels.match(block):
        return False
    return block.kind == "heading" or block.bold or block.text.endswith(":")


def _is_role(row: Block, number: int) -> bool:
    found = labels.lookup(cells.text(row.cells[number])) if number < len(row.cells) else None
    return bool(found) and found[0] in labels.PEOPLE


def _took_part(row: Block, header: Sequence[str], above: str) -> bool:
    """Tell a row whose role is none of those that are published, in a table that says who has one of these."""
    stated = [
        fold(cells.text(cell)) for name, cell in zip(header, row.cells, strict=False) if name in _ROLE_COLUMNS
    ]
    told = any(stated) and not _role(row, header)
    return told and (above not in labels.PEOPLE or not _TOOK_PART.isdisjoint(stated))


def _role(row: Block, header: Sequence[str]) -> str:
    """Return the role that a cell of the row names: "Speaker", "Moderadora"."""
    for number, cell in enumerate(row.cells[: len(header)]):
        if (
            header[number] in _ROLE_COLUMNS
            and (found := labels.lookup(cells.text(cell)))
            and found[0] in labels.PEOPLE
        ):
            return found[0]
    return ""


def _person(row: Block, columns: dict[int, str]) -> list[Block]:
    named_first = sorted(enumerate(row.cells), key=lambda cell: columns.get(cell[0]) != "name")
    lines = []
    for number, cell in named_first:
        if not cells.text(cell).strip():
            continue
        if number in columns:
            lines.append(Block("line", cells.as_line(cell), row.place, term=_COLUMN_TERMS[columns[number]]))
        elif not _is_role(row, number):
            lines += [replace(block, place=row.place) for block in cell]
    return lines
