"""Tables of what was written in a session: a chat with a row for each message, and Zoom's report of questions.

They belong to a session, as other chats do. Whoever stands beside a question or a message is known to the screen only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from . import chat, chat_addressees, reports
from .attendance import columns as attendance
from .attendance.kinds.context import YES
from .names import is_name
from .rows import chat as chat_rows
from .session import Exchange, Message, SessionRecord
from .tables.sheet import Line, Sheet
from .vocabulary import any_of, load
from .words import fold, squeeze

_WORDS = load("exchanges")
_QUESTION, _ANSWER, _ASKER, _ANSWERER = (
    frozenset(_WORDS[f"{kind}_columns"]) for kind in ("question", "answer", "asker", "answerer")
)
_ANSWERED_ALOUD = re.compile(rf"\W*{any_of(_WORDS['answered_aloud'])}\W*", re.IGNORECASE)
_TO = frozenset(load("chat_addressees")["columns"])
_PRIVATE = frozenset(load("chat_addressees")["private_columns"])
# What people write in forms and registers, not to each other.
_REMARKS = frozenset(load("exchanges")["remark_columns"])
_OF_PEOPLE = frozenset(
    ("institution", "sector", "district", "gender", "phone", "signature", "country", "position", "email")
    + ("registered", "approval", "first_name", "last_name", "joined", "left", "minutes", "attended")
)
_TITLE_LINES = 40
_MOST_ROWS = 20_000


def read(sheets: Iterable[Sheet], file: str) -> SessionRecord | None:
    """Return what was written, of the first sheet that is such a table; None where none is."""
    for sheet in sheets:
        for position, line in enumerate(sheet.lines[:_TITLE_LINES]):
            header = [fold(cell) for cell in line.cells]
            rows = sheet.lines[position + 1 :][:_MOST_ROWS]
            if found := _questions(header, rows, sheet, file) or _chat(header, rows, sheet, file):
                return found
    return None


def _questions(header: Sequence[str], rows: Sequence[Line], sheet: Sheet, file: str) -> SessionRecord | None:
    question, answer = _column(header, _QUESTION), _column(header, _ANSWER)
    if question is None or answer is None or _lists_people(header, but=("email",)):
        return None
    asker, answerer = _column(header, _ASKER), _column(header, _ANSWERER)
    record = SessionRecord(file, belongs="chat")
    for line in rows:
        said = _cell(line, answer)
        aloud = _ANSWERED_ALOUD.fullmatch(said) is not None
        if asked := _cell(line, question):
            record.exchanges.append(
                Exchange(
                    asked,
                    "" if aloud else said,
                    _cell(line, asker),
                    _cell(line, answerer),
                    in_writing=not aloud,
                    # Nobody says who wrote an answer without a name.
                    certain=bool(_cell(line, answerer)),
                    aloud=aloud,
                    place=sheet.place(line.number),
                )
            )
        beside = (cell for place, cell in enumerate(line.cells) if place not in (question, answer))
        record.others += [name for cell in beside if is_name(name := squeeze(cell))]
    return record if record.exchanges else None


def _chat(header: Sequence[str], rows: Sequence[Line], sheet: Sheet, file: str) -> SessionRecord | None:
    columns = chat_rows.columns_of(header)
    if columns is None or header[columns.message] in _REMARKS or _lists_people(header, but=()):
        return None
    to, says = _column(header, _TO), _column(header, _PRIVATE)
    record = SessionRecord(file, belongs="chat")
    private: list[str] = []
    for line in rows:
        name, text = _cell(line, columns.author), _cell(line, columns.message)
        target = _cell(line, to)
        addressed = chat_addressees.of_name(name)
        beside = [cell for place, cell in enumerate(line.cells) if place not in columns]
        if (
            addressed.private
            or (target and not chat_addressees.is_everyone(target))
            or any(map(chat_addressees.says_private, beside))
            or fold(_cell(line, says)) in YES
        ):
            private.append(sheet.place(line.number))
        elif name and text and not chat.is_notice(addressed.author, text):
            at = _cell(line, columns.at)
            number = len(record.messages) + 1
            record.messages.append(Message(number, addressed.author, text, sheet.place(line.number), at))
    record.problems += reports.private_messages(private)
    return record if record.messages else None


def _lists_people(header: Sequence[str], but: Sequence[str]) -> bool:
    """Tell a table of registrations, of a form or of those who came: what they wrote there was for the organisers."""
    return not attendance.mapped(header).keys().isdisjoint(_OF_PEOPLE.difference(but))


def _column(header: Sequence[str], words: frozenset[str]) -> int | None:
    return next((place for place, name in enumerate(header) if name and name in words), None)


def _cell(line: Line, place: int | None) -> str:
    return line.cells[place].strip() if place is not None and place < len(line.cells) else ""
