"""What people do, and for whom: position and affiliation told apart."""

from __future__ import annotations

import re

from .names import is_body
from .vocabulary import any_of, load
from .words import fold, trim

_WORDS = load("people")
_CAPITAL = "[A-ZÁÉÍÓÚÑ]"
_OFFICE = re.compile(
    rf"\b(?:{any_of([f'(?i:{word[0]}){word[1:]}' for word in _WORDS['office']])}"
    rf"|{_CAPITAL}{{2,}}(?:[/&-][A-Z]+)*)\b"
)
_JOB = re.compile(rf"\b{any_of(_WORDS['job'])}\b", re.IGNORECASE)
_OF = re.compile(
    rf"\s*,?\s+(?P<word>of|at|from|with|in|de|del|en)\s+(?:(?:the|la|el|los|las)\s+)?(?={_CAPITAL})"
)
_PARTS = re.compile(r"\s*[,;|]\s+|\s+[–—-]+\s+|\s*[–—|]\s*|\t+")
_AT_SIGN = re.compile(r"\s+@\s+(?=[A-ZÁÉÍÓÚÑ])")
_OFFICE_IN_BRACKETS = re.compile(r"([^()]{3,120}?)\s*\(([^()]{6,150})\)")
_COUNTRIES: dict[str, str] = _WORDS["countries"]


def says_position(text: str) -> bool:
    """Tell whether a short text names a job or an office."""
    return bool(_JOB.search(text) or _OFFICE.search(text))


def split_position(text: str) -> tuple[str, str]:
    """Return position and affiliation of "Specialist of the Department of X of the Organization of Y"."""
    text = _AT_SIGN.sub(" at ", trim(text))
    bracket = _OFFICE_IN_BRACKETS.fullmatch(text)
    if bracket and not country_code(bracket[2]) and not (_OFFICE.search(bracket[1]) or is_body(bracket[1])):
        return trim(bracket[1]), trim(bracket[2])
    parts = [part for part in map(trim, _PARTS.split(text)) if part]
    if len(parts) > 1:
        last = None if _OFFICE.search(parts[-1]) else _split_of(parts[-1])
        if last:
            return ", ".join([*parts[:-1], last[0]]), last[1]
        return ", ".join(parts[:-1]), parts[-1]
    if found := _split_of(text):
        return found
    office = _OFFICE.search(text)
    if office is None and not _JOB.search(text) and is_body(text):
        return "", text
    only_office = office is not None and (office.start() == 0 or not _JOB.search(text))
    return ("", text) if only_office else (text, "")


def _split_of(text: str) -> tuple[str, str] | None:
    """Split before the last office that is named, unless that leaves no position."""
    found = list(_OF.finditer(text))
    for match in reversed(found):
        before, after = text[: match.start()].strip(), text[match.end() :].strip()
        if before and (_OFFICE.match(after) or match["word"] in ("at", "en")):
            return before, after
    for match in found:
        # "Analyst of Invented Research Institute": the name of the office begins with another word.
        before, after = text[: match.start()].strip(), text[match.end() :].strip()
        if _JOB.search(before) and _OFFICE.search(after) and not _JOB.search(after):
            return before, after
    return None


def country_code(text: str) -> str:
    """Return the ISO code of a country by its name or code, or nothing."""
    code = text.strip().upper()
    return _COUNTRIES.get(fold(text)) or (code if re.fullmatch(r"[A-Z]{2}", code) else "")
