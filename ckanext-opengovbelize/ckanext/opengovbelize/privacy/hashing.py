"""Keyed hashes: codes that say "the same text again" without saying which text."""

from __future__ import annotations

import hmac
from collections.abc import Set

from ..folding import Token, fold, squeeze, tokens, words

# A phrase may come back joined (`AnaPech`) or in more parts than it was given in.
_EXTRA_WORDS = 2


def keyed_hash(key: bytes, text: str) -> str:
    """Return the HMAC-SHA256, in hexadecimal, of the normal form of ``text``."""
    return hmac.digest(key, fold(text).encode("utf-8", "surrogatepass"), "sha256").hex()


def phrase_hash(key: bytes, text: str) -> tuple[int, str]:
    """Return a phrase's number of words and its keyed hash, for which spaces and punctuation do not count."""
    return len(words(text)), keyed_hash(key, squeeze(text))


def erased_spans(text: str, erased: Set[tuple[int, str]], key: bytes) -> list[tuple[int, int]]:
    """Return where in ``text`` an erased phrase stands, whatever its case, accents, spacing or punctuation.

    Args:
        text: any text.
        erased: phrases as ``phrase_hash`` returned them.
        key: the key under which they were hashed.

    Returns:
        Spans of the original text, in order; they may overlap.
    """
    if not erased:
        return []
    hashes = {value for _, value in erased}
    longest = max(count for count, _ in erased) + _EXTRA_WORDS
    units = _join_single_letters(tokens(text))
    spans = []
    for first in range(len(units)):
        joined = ""
        for unit in units[first : first + longest]:
            joined += unit.folded
            if _hash_of_folded(key, joined) in hashes:
                spans.append((units[first].start, unit.end))
    return spans


def _hash_of_folded(key: bytes, joined: str) -> str:
    # Folding leaves folded ASCII as it is, and would cost ten times as much as hashing.
    return hmac.digest(key, joined.encode(), "sha256").hex() if joined.isascii() else keyed_hash(key, joined)


def contains_erased(text: str, erased: Set[tuple[int, str]], key: bytes) -> bool:
    """Return whether an erased phrase stands anywhere in ``text``."""
    return bool(erased_spans(text, erased, key))


def _join_single_letters(parts: list[Token]) -> list[Token]:
    """Return the words, with runs of single characters (``a n a``) joined to one."""
    joined: list[Token] = []
    run = False
    for part in parts:
        single = len(part.folded) == 1
        if single and run:
            last = joined[-1]
            joined[-1] = Token(last.folded + part.folded, last.original + part.original, last.start, part.end)
        else:
            joined.append(part)
        run = single
    return joined
