"""Which words are ordinary words of English or Spanish, and which are proper names or unknown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from .folding import fold
from .vocabulary import word_set

_LANGUAGES = ("en", "es")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Quicker than ``fold`` for the quarter of a million accented words of Spanish.
_ACCENTS = str.maketrans("áéíóúüñ", "aeiouun")
_SHORTEST_TYPO = 5
_SUFFIXES = (
    "s",
    "es",
    "ed",
    "ing",
    "ly",
    "er",
    "al",
    "ity",
    "able",
    "ment",
    "ness",
    "mente",
    "cion",
    "ciones",
    "dad",
)


@cache
def _lemmas(language: str) -> Mapping[str, str]:
    # One factory for each language: its default cache keeps eight.
    return DefaultDictionaryFactory().get_dictionary(language)


@cache
def _without_accents() -> frozenset[str]:
    """Return the accented words of Spanish, folded: many people write without accents."""
    return frozenset(
        form.translate(_ACCENTS) for form in _lemmas("es") if not form.isascii() and form[:1].islower()
    )


@cache
def is_ordinary(word: str) -> bool:
    """Return whether ``word``, in any case, is a common word of either language or of the program's own."""
    folded = fold(word)
    if folded in word_set("institutions") or folded in word_set("capitals") or folded in word_set("bodies"):
        return True
    if folded.isdigit() or (len(folded) == 1):
        return True
    for language in _LANGUAGES:
        for form in {folded, word.lower()}:
            lemma = _lemmas(language).get(form)
            if lemma is not None and not lemma[:1].isupper():
                return True
    return folded in _without_accents()


@cache
def is_proper(word: str) -> bool:
    """Return whether ``word``, in any case, is known as a name only: no ordinary word is spelled like it."""
    if is_ordinary(word):
        return False
    forms = {word, word.capitalize(), fold(word), fold(word).capitalize()}
    found = [_lemmas(language).get(form) for language in _LANGUAGES for form in forms]
    return any(lemma is not None and lemma[:1].isupper() for lemma in found)


@cache
def lemma(word: str) -> str:
    """Return the folded base form of a word, such as ``serve`` of ``serves``."""
    for language in _LANGUAGES:
        found = _lemmas(language).get(word.lower())
        if found:
            return fold(found)
    return fold(word)


@cache
def looks_mistyped(word: str) -> bool:
    """Return whether an unknown word is two words run together, or one slip away from a word.

    ``opensource`` and ``presenttions`` are; a rare family name seldom is.
    """
    folded = fold(word)
    if len(folded) < _SHORTEST_TYPO or not folded.isascii():
        return False
    if any(
        len(folded) - len(suffix) > 3 and is_ordinary(folded.removesuffix(suffix))
        for suffix in _suffixes(folded)
    ):
        return True
    if any(is_ordinary(folded[:cut]) and is_ordinary(folded[cut:]) for cut in range(3, len(folded) - 2)):
        return True
    return any(is_ordinary(form) for form in _one_slip_away(folded))


def _suffixes(word: str) -> list[str]:
    return [suffix for suffix in _SUFFIXES if word.endswith(suffix)]


def _one_slip_away(word: str) -> set[str]:
    """Return the words with one letter left out, doubled, swapped with its neighbour or mistaken for another."""
    halves = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
    deleted = {left + right[1:] for left, right in halves if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    # The first letter is hardly ever mistyped; keeping it lets fewer names through.
    replaced = {left + letter + right[1:] for left, right in halves[1:] if right for letter in _LETTERS}
    inserted = {left + letter + right for left, right in halves[1:] for letter in _LETTERS}
    return deleted | swapped | replaced | inserted
