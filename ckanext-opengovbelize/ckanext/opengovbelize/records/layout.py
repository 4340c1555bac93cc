"""The layout of a document, turned into lines: tables, soft line ends, missing paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from . import chat_authors, labels, people
from .document import Block, Run
from .titles import NUMERAL
from .vocabulary import load
from .words import fold

# Where there are more lines to a paragraph than this, empty lines do not tell paragraphs apart.
_LINES_OF_A_PARAGRAPH = 15

# As people type or paste it where their program knows no lists.
_BULLET = re.compile(r"(?:[•·▪◦‣●○■]|\uf0b7)\s{0,20}(?=[^\s•·])")
# A sign of the kind that flyers set before each label; some lines with one are chance.
_PICTURE = re.compile(
    r"(?:[\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?\u200d?){1,5}\s{0,20}(?=[^\W_]|[¿¡\"“])"
)
_FEWEST_PICTURES = 3
# A text of lines of this width is broken by hand or by a program; fewer such lines are chance.
_NARROWEST, _WIDEST, _FEWEST_WRAPPED = 50, 100, 3
# Of a line that holds several values with their labels, and what stands between these.
_LONGEST_LABELLED = 400
_NEXT_LABEL = re.compile(r"\s*[|;•·]\s*(?=\w)|[.,]\s+(?=[^\W\d_])|\s{2,}(?=[^\W\d_])|\s+[–—-]\s+(?=[^\W\d_])")
# What the columns of a table of labels and values are called.
_LABEL_COLUMN = frozenset(
    ["field", "item", "label", "campo", "concepto", "dato", "rubro", "elemento", "aspecto"]
)
_VALUE_COLUMN = frozenset(
    ["value", "detail", "details", "description", "information", "content", "valor", "detalle", "detalles",
     "descripcion", "informacion", "contenido"]
)  # fmt: skip
# What columns of a chat are called.
_AUTHOR = frozenset(
    [
        "name",
        "author",
        "from",
        "participant",
        "user",
        "sender",
        "who",
        "nombre",
        "autor",
        "participante",
        "usuario",
        "remitente",
        "de",
        "quien",
    ]
)
_MESSAGE = frozenset(
    [
        "message",
        "text",
        "comment",
        "chat",
        "comments",
        "mensaje",
        "texto",
        "comentario",
        "messages",
        "mensajes",
        "comentarios",
    ]
)
_EXCHANGE_COLUMNS = {
    word: kind
    for kind in ("counting", "asker", "answerer", "answer", "question")
    for word in load("exchanges")[f"{kind}_columns"]
}
_TIME = frozenset(["time", "hour", "at", "timestamp", "hora", "date", "fecha", "tiempo"])
_ROLE_COLUMNS = frozenset(["role", "rol", "function", "funcion", "papel", "participation", "participacion"])
_ROLE_LABELS = {
    "speaker": "Speakers", "facilitator": "Facilitators", "coordinator": "Coordinators", "host": "Hosts",
    "biographies": "Biographies",
}  # fmt: skip
# Columns that a register of those who came has, and a list of speakers has not.
_REGISTER_COLUMNS = frozenset(load("people")["register_columns"])
_PRIVATE_COLUMNS = _REGISTER_COLUMNS | frozenset(load("people")["private_columns"])
# A longer table of people without a role is more likely one of participants.
_MOST_SPEAKERS = 12
# Labels that stand for another field over a column of a table of people.
_PERSON_LABELS = {
    "speaker": "name", "title": "name", "facilitator": "name", "biographies": "biography", "organisers": "affiliation",
}  # fmt: skip
_PERSON_COLUMNS = {"name", "position", "affiliation", "biography", "email", "country"}


def lines(blocks: Iterable[Block]) -> list[Block]:
    """Return the lines of a document, whatever its layout."""
    found = [
        line
        for block in _unwrapped(_without_pictures([_item(_apart(block)) for block in expand(blocks)]))
        for soft in _soft_lines(block)
        for line in _labelled(soft)
    ]
    if len(found) > _LINES_OF_A_PARAGRAPH * sum(block.starts for block in found):
        # A text without empty lines: every line is a paragraph.
        found = [replace(block, starts=True) for block in found]
    return found


def _soft_lines(block: Block) -> list[Block]:
    """Split a paragraph at the line ends of its source, where these mean something.

    To a browser they are blanks; but pages made from Markdown or text keep the lines of a chat, of a person's
    name, position and office, or of labels and values only so.
    """
    if "\n" not in block.text:
        return [block]
    pieces = _split_runs(block)
    texts = [piece.text for piece in pieces]
    entries = sum(chat_authors.looks_like_entry(text) != "" for text in texts)
    labelled = sum(
        (found := labels.match(piece)) is not None and found.sign and found.known for piece in pieces
    )
    if max(entries, labelled) * 3 >= len(texts) * 2 or people.is_block(pieces):
        return pieces
    return [replace(block, runs=tuple(replace(run, text=run.text.replace("\n", " ")) for run in block.runs))]


def _apart(block: Block) -> Block:
    """Return a line whose label and value a page's style sets apart, and nothing in the text: "DateThursday"."""
    if block.term or block.kind in ("heading", "message") or len(block.runs) < 2:
        return block
    label, value = block.runs[0].text, block.runs[1]
    glued = label == label.strip() and value.text[:1].isalnum() and value.href is None
    if glued and labels.lookup(label):
        return replace(block, term=label, runs=block.runs[1:])
    return block


def _item(block: Block) -> Block:
    """Return a line that begins with a bullet as the item of a list that it is."""
    bullet = _BULLET.match(block.text) if block.kind in ("line", "paragraph") and not block.term else None
    return replace(block.after(bullet.end()), kind="item", starts=True) if bullet else block


def _without_pictures(blocks: Sequence[Block]) -> list[Block]:
    """Return the lines of a flyer without the pictures before its labels; in a chat they are what somebody says."""
    pictures = [
        _PICTURE.match(block.text)
        if block.kind in ("line", "paragraph", "heading") and not block.term
        else None
        for block in blocks
    ]
    if sum(
        labels.match(block.after(one.end())) is not None
        for block, one in zip(blocks, pictures, strict=True)
        if one
    ) < (_FEWEST_PICTURES):
        return list(blocks)
    return [
        replace(block.after(one.end()), starts=True) if one else block
        for block, one in zip(blocks, pictures, strict=True)
    ]


def _unwrapped(blocks: Sequence[Block]) -> list[Block]:
    """Join the lines that only the width of a page parts: of those that go on, the next word had no room.

    Mail programs and printers write so. Whether a text is one of that kind, its own lines tell.
    """
    lengths = sorted(len(block.text) for block in blocks if block.kind in ("line", "item"))
    width = lengths[-1] if lengths else 0
    if not _NARROWEST <= width <= _WIDEST:
        return list(blocks)
    found: list[Block] = []
    joined = 0
    last = 0
    for block in blocks:
        full = found and last + 1 + len(block.text.split(" ")[0]) > width
        if full and block.kind == "line" and not (block.starts or block.term) and _goes_on(block):
            found[-1] = replace(found[-1], runs=(*found[-1].runs, Run(" "), *block.runs))
            joined += 1
        else:
            found.append(block)
        last = len(block.text)
    return found if joined >= _FEWEST_WRAPPED else list(blocks)


def _goes_on(block: Block) -> bool:
    label = labels.match(block)
    return not (label and label.sign and label.known) and not chat_authors.looks_like_entry(block.text)


def _labelled(block: Block) -> list[Block]:
    """Split a line that holds several short values with their labels: "Date: 7 May 2020 | Venue: Reef Hall"."""
    text = block.text
    if len(text) > _LONGEST_LABELLED or block.kind in ("heading", "message") or not _is_value(block):
        return [block]
    for sign in _NEXT_LABEL.finditer(text):
        first, rest = block.until(sign.start()), replace(block.after(sign.end()), starts=False, term="")
        if _is_value(first) and _is_value(rest):
            return [first, *_labelled(rest)]
    return [block]


def _is_value(block: Block) -> bool:
    """Tell whether a line is a known label with a short value behind it."""
    found = labels.match(block)
    return bool(
        found and found.sign and found.known and found.rest.text and found.name in labels.SINGLE
    ) and bool(block.term or ":" in block.text[:_LONGEST_LABELLED])


def _split_runs(block: Block) -> list[Block]:
    rows: list[list[Run]] = [[]]
    for run in block.runs:
        for number, piece in enumerate(run.text.split("\n")):
            if number:
                rows.append([])
            if piece:
                rows[-1].append(replace(run, text=piece))
    found = [replace(block, runs=tuple(runs)) for runs in rows if any(run.text.strip() for run in runs)]
    return [replace(piece, starts=False, term="") if number else piece for number, piece in enumerate(found)]


def expand(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks with each row of a table replaced by lines.

    A row of two cells is a label with its value; a table whose first row names the columns gives a line for
    each cell, under the column's name; a chat in a table gives a message for each row. Other cells are lines.
    """
    found: list[Block] = []
    for table, group in groupby(blocks, key=lambda block: block.table if block.kind == "row" else 0):
        rows = list(group)
        found += _table(rows, found[-1] if found else None) if table else rows
    return found


def _table(rows: Sequence[Block], before: Block | None) -> list[Block]:
    header = [fold(_text(cell)) for cell in rows[0].cells]
    if len(rows) > 1 and (chat := _chat(header, rows[1:])):
        return chat
    if len(rows) > 1 and (columns := _person_columns(header)):
        return _people(rows[1:], header, columns, before)
    if len(rows) > 1 and _lists_attendees(header, before):
        return [
            Block("list", place=rows[0].place),
            *(one for row in rows[1:] for one in _lines(row, row.cells)),
        ]
    if len(rows) > 1 and _role_above(before) in labels.PEOPLE and (columns := _name_beside_private(header)):
        kept = [number for number, name in enumerate(header) if name not in _PRIVATE_COLUMNS]
        named = [
            replace(row, cells=tuple(row.cells[one] for one in kept if one < len(row.cells)))
            for row in rows[1:]
        ]
        return _people(
            named, [header[one] for one in kept], {kept.index(one): "name" for one in columns}, before
        )
    if columns := _exchange_columns(header):
        return [line for row in rows[1:] for line in _exchange(row, columns)]
    if len(rows) == 2 and len(header) > 1 and _are_labels(rows[0]) and not _are_labels(rows[1]):
        # Labels side by side, and their values below them.
        pairs = zip(rows[0].cells, rows[1].cells, strict=False)
        return [line for term, value in pairs if _text(value).strip() for line in _pair(rows[1], term, value)]
    if len(rows) > 2 and len(header) > 1 and header[0] in _TIME and not _is_value_of_time(rows[1]):
        # An agenda: what is done when, which is no part of a record.
        return [Block("list", place=rows[0].place)]
    if len(header) == 2 and header[0] in _LABEL_COLUMN and header[1] in _VALUE_COLUMN:
        rows = rows[1:]
    return [line for row in rows for line in _row(row)]


def _exchange_columns(header: Sequence[str]) -> dict[str, int]:
    """Return which column is which, where they are those of a table of questions and answers and no others."""
    kinds = [_EXCHANGE_COLUMNS.get(name, "") for name in header]
    named = [kind for kind in kinds if kind != "counting"]
    complete = {"question", "answer"} <= set(named) and len(set(named)) == len(named) and "" not in named
    return {kind: number for number, kind in enumerate(kinds)} if complete else {}


def _exchange(row: Block, columns: dict[str, int]) -> list[Block]:
    """Return the lines of a question and its answer, each under what it is and who is named for it."""
    found: list[Block] = []
    for term, kind, who in (("Question", "question", "asker"), ("Answer", "answer", "answerer")):
        cell, by = (
            row.cells[columns[name]] if name in columns and columns[name] < len(row.cells) else ()
            for name in (kind, who)
        )
        named = re.sub(r"[()]", " ", _text(by)).strip()
        said = f"{term} ({named})" if named else term
        found += [
            replace(block, place=row.place, term=said if number == 0 else "", starts=number == 0, kind="line")
            for number, block in enumerate(cell)
        ]
    return found


def _is_value_of_time(row: Block) -> bool:
    """Tell a row of labels and values, such as "Venue | Reef Hall", from an entry of an agenda."""
    return not row.cells or not re.match(
        r"\s*\d{1,2}\s*[:.h]\s*\d\d|\s*\d{1,2}\s*[ap]\.?m", _text(row.cells[0]), re.I
    )


def _are_labels(row: Block) -> bool:
    return all(_is_term(cell) for cell in row.cells)


def _text(cell: Sequence[Block]) -> str:
    return " ".join(block.text for block in cell)


def _runs(cell: Sequence[Block]) -> tuple[Run, ...]:
    """Return what stands in a cell as one line."""
    return tuple(
        run for number, block in enumerate(cell) for run in ((Run(" "),) if number else ()) + block.runs
    )


def _chat(header: Sequence[str], rows: Sequence[Block]) -> list[Block]:
    author = next((column for column, name in enumerate(header) if name in _AUTHOR), None)
    message = next((column for column, name in enumerate(header) if name in _MESSAGE), None)
    at = next((column for column, name in enumerate(header) if name in _TIME), None)
    if author is None or message is None or author == message:
        return []
    lines = []
    for row in rows:
        name = _text(row.cells[author]) if author < len(row.cells) else ""
        texts = row.cells[message] if message < len(row.cells) else ()
        stamp = _text(row.cells[at]) if at is not None and at < len(row.cells) else ""
        for number, block in enumerate(texts):
            first = number == 0 and bool(name)
            lines.append(
                replace(
                    block,
                    kind="message" if first else "line",
                    term=name if first else "",
                    at=stamp,
                    place=row.place,
                )
            )
    return lines


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
        if field in _PERSON_COLUMNS:
            columns[number] = field
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


_COLUMN_TERMS = {
    "name": "Name", "position": "Position", "affiliation": "Affiliation", "biography": "Biography",
    "email": "E-mail", "country": "Country",
}  # fmt: skip


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
    if above not in labels.PEOPLE and above != "biographies":
        presents = "position" in columns.values() and len(columns) == len(header) <= len(_COLUMN_TERMS)
        if not any(roles) and (above or not presents or len(rows) > _MOST_SPEAKERS or _is_heading(before)):
            return [
                Block("list", place=rows[0].place),
                *(line for row in rows for line in _lines(row, row.cells)),
            ]
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
    found = labels.lookup(_text(row.cells[number])) if number < len(row.cells) else None
    return bool(found) and found[0] in labels.PEOPLE


def _role(row: Block, header: Sequence[str]) -> str:
    """Return the role that a cell of the row names: "Speaker", "Moderadora"."""
    for number, cell in enumerate(row.cells[: len(header)]):
        if (
            header[number] in _ROLE_COLUMNS
            and (found := labels.lookup(_text(cell)))
            and found[0] in labels.PEOPLE
        ):
            return found[0]
    return ""


def _person(row: Block, columns: dict[int, str]) -> list[Block]:
    cells = sorted(enumerate(row.cells), key=lambda cell: columns.get(cell[0]) != "name")
    lines = []
    for number, cell in cells:
        if not _text(cell).strip():
            continue
        if number in columns:
            lines.append(Block("line", _runs(cell), row.place, term=_COLUMN_TERMS[columns[number]]))
        else:
            lines += [replace(block, place=row.place) for block in cell]
    return lines


def _row(row: Block) -> list[Block]:
    cells = [cell for cell in row.cells if _text(cell).strip()]
    if len(cells) >= 2 and len(cells) % 2 == 0 and all(_is_term(cell) for cell in cells[::2]):
        # Labels and values in turn.
        return [
            line
            for term, value in zip(cells[::2], cells[1::2], strict=True)
            for line in _pair(row, term, value)
        ]
    if len(cells) == 3 and _is_term(cells[0]) and re.fullmatch(NUMERAL, _text(cells[1]).strip()):
        # "Webinar | 2 | Title": number and title in cells of their own.
        return _pair(
            row,
            cells[0],
            [replace(cells[2][0], runs=(Run(f"{_text(cells[1]).strip()}: {_text(cells[2])}"),))],
        )
    if len(cells) == 2:
        return _pair(row, cells[0], cells[1]) if len(_text(cells[0])) <= 90 else _lines(row, cells)
    return _lines(row, cells)


def _is_term(cell: Sequence[Block]) -> bool:
    text = _text(cell)
    return len(text) <= 70 and labels.lookup(text.rstrip(" :.?")) is not None


def _pair(row: Block, term: Sequence[Block], value: Sequence[Block]) -> list[Block]:
    name = _text(term).strip(" :")
    return [
        replace(block, place=row.place, term=name if number == 0 else "")
        for number, block in enumerate(value)
    ]


def _lines(row: Block, cells: Sequence[Sequence[Block]]) -> list[Block]:
    return [replace(block, place=row.place) for cell in cells for block in cell]
