"""Questions and answers as minutes hold them: "Q: ... A: ...", "Pregunta: ... Respuesta: ...".

Only the marks tell who speaks. A single letter is a mark where both kinds stand near each other: "A:" alone may be
anything, and so may "P:".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .document import Block
from .session import Exchange
from .vocabulary import any_of, load
from .words import fold, squeeze, trim

_WORDS = load("exchanges")
_LONGEST_MARK = 250
# Who asked or answered may stand in brackets, or behind "from".
_BY = r"(?:\s*\((?P<within>[^()]{1,120})\)|\s+(?:from|by|de|por)\s+(?P<by>[^:]{1,80}?))?"
_NUMBER = r"(?P<number>\s*(?:no\.?\s*|n[º°.]\s*|#\s*)?\d{1,3})?"
_SIGN = r"\s*(?P<sign>[:：.)]|(?<=\s)[–—-](?=\s))\s*"
_IN_WRITING = re.compile(r"\b(?:written|in writing|por escrito|escritas)\b")
# A letter counts where its answer begins within so many lines.
_NEAR = 12


def _pattern(kind: str) -> re.Pattern[str]:
    letters, words = any_of(_WORDS[kind]["letters"]), any_of(_WORDS[kind]["words"])
    return re.compile(rf"(?:(?P<letter>{letters})|{words}){_NUMBER}{_BY}{_SIGN}", re.IGNORECASE)


_PATTERNS = {kind: _pattern(kind) for kind in ("question", "answer")}


@dataclass(frozen=True)
class Mark:
    """What a line begins with: its kind, who is named there, whether it is one letter, and how long it is."""

    kind: str
    by: str
    is_letter: bool
    length: int


def mark_of(block: Block) -> Mark | None:
    """Return the mark of a question or an answer with which a line begins, or None."""
    if block.kind in ("heading", "message"):
        return None
    said = f"{block.term.rstrip(' :')}:" if block.term else block.text[:_LONGEST_MARK]
    for kind, pattern in _PATTERNS.items():
        # A colon always will do; a dash behind a word; what else ends a number, behind a number.
        if (found := pattern.match(said)) and (
            found["sign"] in ":："
            or (found["number"] and found["sign"] in ".)")
            or (not found["letter"] and found["sign"] in "–—-")
        ):
            by = squeeze(found["within"] or found["by"] or "")
            return Mark(kind, by, found["letter"] is not None, 0 if block.term else found.end())
    return None


def starts(lines: Sequence[Block]) -> set[int]:
    """Return which lines begin a question: those with a question's mark, and an answer's within some lines."""
    marks = [mark_of(block) for block in lines]
    answers = [position for position, mark in enumerate(marks) if mark and mark.kind == "answer"]
    found: set[int] = set()
    following = iter([*answers, len(lines) + _NEAR + 1])
    answer = next(following)
    for position, mark in enumerate(marks):
        while answer < position:
            answer = next(following)
        if mark and mark.kind == "question" and (not mark.is_letter or answer - position <= _NEAR):
            found.add(position)
    return found


def read(lines: Iterable[Block], label: str = "") -> tuple[list[Exchange], list[Block]]:
    """Read questions with their answers; return also the lines that belong to none.

    Args:
        lines: the lines of the part.
        label: what the part is called; it may say that the answers were given in writing.
    """
    in_writing = bool(_IN_WRITING.search(fold(label)))
    found: list[Exchange] = []
    stray: list[Block] = []
    said: list[str] | None = None
    texts: list[tuple[list[str], list[str]]] = []
    for block in lines:
        mark = mark_of(block)
        rest = trim_mark(block, mark) if mark else squeeze(block.text)
        if mark and mark.kind == "question":
            found.append(Exchange(asked_by=mark.by, in_writing=in_writing, place=block.place))
            texts.append(([rest], []))
            said = texts[-1][0]
        elif mark and found:
            found[-1].answered_by = found[-1].answered_by or mark.by
            texts[-1][1].append(rest)
            said = texts[-1][1]
        elif mark is None and said is not None and (not block.starts or block.kind == "item"):
            said.append(rest)
        else:
            # A paragraph without a mark may be anybody's words.
            said = None
            stray.append(block)
    for exchange, (question, answer) in zip(found, texts, strict=True):
        exchange.question = " ".join(filter(None, question))
        exchange.answer = "\n".join(filter(None, answer))
    stray += [Block("line", place=exchange.place) for exchange in found if not exchange.question]
    return [exchange for exchange in found if exchange.question], stray


def trim_mark(block: Block, mark: Mark) -> str:
    """Return a line without its mark."""
    return trim(block.after(mark.length).text) if mark.length else squeeze(block.text)
