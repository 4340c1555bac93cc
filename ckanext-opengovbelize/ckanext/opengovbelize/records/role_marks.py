"""Roles within a cell of people: "MODERATORS 1. Ana Sample, Clerk SPEAKERS 1. Ben Sample 2. Cleo Sample"."""

from __future__ import annotations

import re

from .sessions.columns import role_of

# What stands between a role and who has it.
_SIGN = re.compile(r"[^\S\n]*:\s*|[^\S\n]*\n\s*|\s+(?=1[.)]\s)")
_NUMBER = re.compile(r"(?:^|\s+)\d{1,2}[.)]\s+(?=\w)")
_MOST_WORDS = 3
# Of a label in capitals; what is shorter may stand for an office.
_SHORTEST = 5
_LONGEST = 5_000


def split(text: str) -> list[tuple[str, list[str]]]:
    """Return each role that a cell names and those whom it lists behind it; nothing where it does not begin with one.

    Within a line only capitals tell a role from the office of whoever stands before it. What else stands in capitals
    over people, such as PARTICIPANTS, is no role, and returned empty.
    """
    if len(text) > _LONGEST:
        return []
    marks = [mark for sign in _SIGN.finditer(text) if (mark := _mark(text, sign))]
    if not marks or text[: marks[0][0]].strip() or not any(role for _, _, role in marks):
        return []
    ends = [*(begin for begin, _, _ in marks[1:]), len(text)]
    return [(role, _listed(text[begin:end])) for (_, begin, role), end in zip(marks, ends, strict=True)]


def _mark(text: str, sign: re.Match[str]) -> tuple[int, int, str] | None:
    """Return where the role before a sign begins, where those who have it begin, and the role."""
    words = list(re.finditer(r"\S+", text[max(0, sign.start() - 100) : sign.start()]))
    offset = max(0, sign.start() - 100)
    for word in words[-_MOST_WORDS:]:
        begin = offset + word.start()
        label = text[begin : sign.start()]
        line_begins = not text[:begin].strip(" \t") or text[:begin].rstrip(" \t").endswith("\n")
        if (label.isupper() or line_begins) and (role := role_of(label)):
            return begin, sign.end(), role
    if words and "\n" not in sign[0] and (last := words[-1][0]).isupper() and len(last) >= _SHORTEST:
        return offset + words[-1].start(), sign.end(), ""
    return None


def _listed(text: str) -> list[str]:
    numbered = _NUMBER.match(text) is not None
    pieces = _NUMBER.split(text) if numbered else text.split("\n")
    return [piece.strip(" \n;,") for piece in pieces if piece.strip(" \n;,")]
