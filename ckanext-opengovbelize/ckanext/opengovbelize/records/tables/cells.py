"""What one cell says: text, or nothing."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_MISSING = frozenset(
    [
        *(
            "",
            "-",
            "--",
            "---",
            "–",
            "—",
            "na",
            "n/a",
            "n.a.",
            "n.a",
            "#n/a",
            "nd",
            "n/d",
            "n.d.",
            "n.d",
            "s/d",
        ),
        *("nan", "null", "~", "no data", "not available", "not applicable", "not stated"),
        *("sin datos", "sin dato", "no disponible", "no aplica", "no consta"),
    ]
)
# What programs would take for a formula is written with an apostrophe in front (see ``exports/``).
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")


def is_missing(text: str) -> bool:
    """Tell whether a source writes "nothing known" with this text: NA, ND, a dash and the like."""
    return len(text) < 20 and text.casefold() in _MISSING


def clean(text: str) -> str:
    """Return what a cell says, or nothing where it says that nothing is known."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").strip()
    return "" if is_missing(text) else text


def escape(text: str) -> str:
    """Return a text so that no spreadsheet program runs it as a formula; ``unescape`` gives it back."""
    return f"'{text}" if _FORMULA.match(text) else text


def unescape(text: str) -> str:
    """Return what ``escape`` was given."""
    return text[1:] if _ESCAPED.match(text) else text


def text_of(value: object) -> str:
    """Return the text of a typed value: days in ISO form, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return clean(str(value))
