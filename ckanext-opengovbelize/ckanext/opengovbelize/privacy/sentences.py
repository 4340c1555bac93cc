"""Where sentences begin: there, any word has a capital."""

from __future__ import annotations

from ..folding import Token

# How many quotes, brackets and blanks may stand between the end of a sentence and the next.
_MARKS_BEFORE = 20


def starts_sentence(text: str, unit: Token) -> bool:
    """Return whether a word of ``text`` is the first of its sentence."""
    before = text[max(0, unit.start - _MARKS_BEFORE) : unit.start].rstrip("\"'“”‘’«»¿¡([ \t*_-")
    return not before or before[-1] in ".?!:;\n…"
