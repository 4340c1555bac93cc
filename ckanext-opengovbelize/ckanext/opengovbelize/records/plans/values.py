"""What one cell says of its field: a value as the schema has it, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .. import addresses
from ..words import fold
from . import days, schema
from .schema import Field

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")

_LONGEST_LINE = 1_000
_LONGEST_TEXT = 50_000
_LIST = re.compile(r"\s*[;|\n]\s*")
_WORDS = re.compile(r"\s*[;,|\n]\s*")
# "Commitment 3", "No. 3": words before a number; a name such as draft-list is no number.
_NUMBER_WORD = re.compile(
    r"^(?:(?:draft|final|commitment|compromiso|milestone|hito|indicator|indicador|number|n[uú]mero|no|n)\b\.?|[#º°№])"
    r"[\s.:#º°-]*(?=(?:[A-Za-z]{1,3}[\s.-]?)?\d|(?:no|n)\b|[#º°№])",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?:(?P<stage>draft|final|borrador|definitivo|final)\s+)?(?:(?:commitment|compromiso|no\.?|n[º°]|#)\s*)?"
    r"(?P<number>[A-Za-z]?\d[\w.]{0,18})",
    re.IGNORECASE,
)
# "1: Open timetable", "1.2 Train boards": the number, and what it is the number of.
_TITLED = re.compile(
    r"(?P<number>[A-Za-z]{0,3}\d{1,4}(?:\.\d{1,4})*[a-z]?)(?:\s*[:)|–—]|\.?\s+-|\.(?=\s))\s*[^\W\d_].*"
    r"|(?P<dotted>\d{1,4}(?:\.\d{1,4})+[a-z]?)\s+[^\W\d_].*"
)
# Between a code and its words.
_PARTED = re.compile(r"[:()=–—]|\s-\s")
_YES = frozenset(["true", "yes", "1", "on", "si", "verdadero", "x", "invented", "inventado"])
_NO = frozenset(["false", "no", "0", "off", "falso"])


@dataclass(frozen=True)
class Value:
    """A value, or the code of what is wrong; both where something was assumed."""

    value: Any = None
    fault: str = ""


def read(field: Field, text: str, *, order: str = "") -> Value:
    """Return what a cell says of a field.

    Args:
        field: the field.
        text: the cell, which says something.
        order: how the column writes its days, see ``days.order_of``.
    """
    if field.kind == "day":
        return _day(field, text, order)
    if field.kind == "choice":
        return choice(field.vocabulary, text) if field.vocabulary else _choice(field.choices, text)
    return _READERS.get(field.kind, _line)(text)


def choice(vocabulary: str, text: str) -> Value:
    """Return the code that a word stands for, or several words for the same: "LP: Limited progress", "S.P."."""
    return _choice(schema.codes(vocabulary), text)


def _choice(codes: Mapping[str, str], text: str) -> Value:
    whole = fold(text)
    code = codes.get(whole) or (codes.get(whole.replace(" ", "")) if len(whole) < 8 else None)
    if not code:
        pieces = {codes.get(plain) for piece in _PARTED.split(text) if (plain := fold(piece))}
        code = pieces.pop() if len(pieces) == 1 else None
    return Value(code) if code else Value(fault="choice-unknown")


def split(text: str) -> list[str]:
    """Return the entries of a list: lines where there are several, else what semicolons or bars part."""
    pieces = text.split("\n") if "\n" in text else _LIST.split(text)
    return list(dict.fromkeys(" ".join(piece.split()) for piece in pieces if piece.strip()))


def _day(field: Field, text: str, order: str) -> Value:
    stated = days.read(text, order)
    if stated.fault:
        return Value(fault=stated.fault)
    day = stated.first if field.name == "start" else stated.last
    assert day is not None
    return Value(day.isoformat(), "" if stated.is_exact else "day-assumed")


def _line(text: str) -> Value:
    line = " ".join(text.split())
    return Value(line) if len(line) <= _LONGEST_LINE else Value(fault="text-too-long")


def _text(text: str) -> Value:
    return Value(text) if len(text) <= _LONGEST_TEXT else Value(fault="text-too-long")


def _lines(text: str) -> Value:
    return Value(split(text))


def _words(text: str) -> Value:
    return Value(list(dict.fromkeys(word for word in _WORDS.split(text.strip()) if word)))


def _number(text: str) -> Value:
    found = _NUMBER_WORD.sub("", text.strip())
    return (
        Value(int(found)) if re.fullmatch(r"0*[1-9][0-9]{0,5}", found) else Value(fault="number-unreadable")
    )


def _number_text(text: str) -> Value:
    """Read the number of a commitment: "3", "3.", "No. 3", "Commitment 3", "Commitment 3: Open boards"."""
    line = " ".join(text.split())
    while (shorter := _NUMBER_WORD.sub("", line)) != line and shorter:
        line = shorter
    if titled := _TITLED.fullmatch(line):
        line = titled["number"] or titled["dotted"]
    line = line.rstrip(".:)")
    return Value(line) if 0 < len(line) <= 20 else Value(fault="number-unreadable")


def _code(text: str) -> Value:
    found = _number_text(text).value or " ".join(text.split())
    found = re.sub(r"[^A-Za-z0-9_.-]+", "-", found).strip("-._")
    return Value(found) if CODE.fullmatch(found) else Value(fault="code-unreadable")


def _period(text: str) -> Value:
    found = days.period(text)
    return Value(found.code) if found else _code(text)


def _periods(text: str) -> Value:
    """Read "2020-H2; 2021-H1"."""
    rows, fault = [], ""
    for piece in _WORDS.split(text.strip()):
        if not piece:
            continue
        if found := days.period(piece):
            rows.append(period_row(found))
        else:
            fault = "period-unreadable"
    return Value(rows or None, fault)


def period_row(period: days.Period) -> dict[str, str]:
    """Return the row of a period that only its short name tells."""
    return {
        "code": period.code,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "due": period.due.isoformat(),
    }


def _link(text: str) -> Value:
    address = addresses.whole(text.strip())
    try:
        parts = urlsplit(address)
    except ValueError:
        return Value(fault="link-unreadable")
    whole = parts.scheme.lower() in ("http", "https") and parts.hostname and not re.search(r"\s", address)
    return Value(address) if whole and len(address) <= 2_000 else Value(fault="link-unreadable")


def _links(text: str) -> Value:
    """Read one address or several, one after the other; those that are none are left out."""
    found = [_link(address) for address in addresses.several(text)]
    kept = [one.value for one in found if one.value]
    return Value(" ".join(kept) or None, next((one.fault for one in found if one.fault), ""))


def _flag(text: str) -> Value:
    plain = fold(text)
    if plain in _YES:
        return Value(True)
    return Value(False) if plain in _NO else Value(fault="flag-unreadable")


def _references(text: str) -> Value:
    """Read "draft 2; draft 3" or "2, 3"; what a bare number refers to is a draft."""
    found, fault = [], ""
    for piece in _WORDS.split(text.strip()):
        match = _REFERENCE.fullmatch(piece)
        if match:
            stage = schema.codes("commitment_stages").get(fold(match["stage"] or "draft"), "draft")
            found.append(f"{stage} {match['number']}")
        elif re.fullmatch(r"[a-z0-9_-]{2,100}", piece):
            found.append(piece)
        elif piece:
            fault = "reference-unreadable"
    return Value(list(dict.fromkeys(found)) or None, fault)


_READERS: dict[str, Callable[[str], Value]] = {
    "line": _line,
    "text": _text,
    "lines": _lines,
    "words": _words,
    "number": _number,
    "number_text": _number_text,
    "code": _code,
    "period": _period,
    "periods": _periods,
    "link": _link,
    "links": _links,
    "flag": _flag,
    "references": _references,
}
