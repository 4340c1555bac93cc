"""Which words are ordinary words of English or Spanish, and which are proper names or unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from ..folding import fold
from .vocabulary import word_set

LANGUAGES = ("en", "es")

# Quicker than ``fold`` for the quarter of a million accented words of Spanish.
_ACCENTS = str.maketrans("áéíóúüñ", "aeiouun")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_OWN_LISTS = ("institutions", "capitals", "bodies", "display_noise", "chat_words")
_SHORTEST_SWAPPED, _SHORTEST_SLIP, _SHORTEST_PART, _LONGEST_WORD = 5, 8, 4, 30
# What is known of so many words is remembered: a file of letters by chance must not fill the memory.
MOST_REMEMBERED = 100_000
# A text is in one language only if so many more of its words are of that one than of the other.
_CLEARLY = 2


@cache
def _lemmas(language: str) -> Mapping[str, str]:
    return DefaultDictionaryFactory().get_dictionary(language)


@cache
def _without_accents() -> Mapping[str, str]:
    """Return the base forms of the accented words of Spanish by the word folded: many write without accents."""
    accented = _lemmas("es")
    return {
        form.translate(_ACCENTS): accented[form]
        for form in accented
        if not form.isascii() and form[:1].islower()
    }


@cache
def _own_words() -> frozenset[str]:
    return frozenset().union(*map(word_set, _OWN_LISTS))


@lru_cache(MOST_REMEMBERED)
def is_ordinary(word: str, languages: tuple[str, ...] = LANGUAGES) -> bool:
    """Return whether ``word``, in any case, is a common word of the languages or of our own lists."""
    folded = fold(word)
    if folded.isdigit() or len(folded) == 1:
        return True
    return _is_listed(folded, languages) or _is_form(word.lower(), languages)


def _is_listed(folded: str, languages: tuple[str, ...]) -> bool:
    """Return the same of a folded word; quick, since it is asked of all that a word may have been meant to be."""
    listed = folded in _own_words() or _is_form(folded, languages)
    return listed or ("es" in languages and folded in _without_accents())


def _is_form(form: str, languages: tuple[str, ...]) -> bool:
    for language in languages:
        found = _lemmas(language).get(form)
        if found is not None and not found[:1].isupper():
            return True
    return False


def languages_of(words: Iterable[str]) -> tuple[str, ...]:
    """Return the language that a text's words are in, or both where that is not clear.

    A name is often an ordinary word of the other language: Rosa, Paz, Flores.
    """
    known = list(map(_languages_of_word, words))
    counts = {language: known.count((language,)) for language in LANGUAGES}
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        if counts[language] >= _CLEARLY and counts[language] > _CLEARLY * counts[other]:
            return (language,)
    return LANGUAGES


@lru_cache(MOST_REMEMBERED)
def _languages_of_word(word: str) -> tuple[str, ...]:
    return tuple(language for language in LANGUAGES if is_ordinary(word, (language,)))


@lru_cache(MOST_REMEMBERED)
def is_proper(word: str) -> bool:
    """Return whether ``word``, in any case, is known as a name only: no ordinary word is spelled like it."""
    if is_ordinary(word):
        return False
    forms = {word, word.capitalize(), fold(word), fold(word).capitalize()}
    found = [_lemmas(language).get(form) for language in LANGUAGES for form in forms]
    return any(lemma is not None and lemma[:1].isupper() for lemma in found)


@lru_cache(MOST_REMEMBERED)
def lemma(word: str) -> str:
    """Return the folded base form of a word, such as ``serve`` of ``serves``."""
    for language in LANGUAGES:
        found = _lemmas(language).get(word.lower())
        if found:
            return fold(found)
    return fold(word)


@lru_cache(MOST_REMEMBERED)
def bases(word: str) -> frozenset[str]:
    """Return the folded base forms of a word, in whichever of the languages it is one."""
    found = [_lemmas(language).get(word.lower()) for language in LANGUAGES]
    return frozenset(fold(lemma) for lemma in (*found, _without_accents().get(fold(word))) if lemma)


def meant(word: str) -> frozenset[str]:
    """Return what a word may have been meant to be if the fingers slipped once, folded."""
    return frozenset(_slips(fold(word)))


@lru_cache(MOST_REMEMBERED)
def looks_mistyped(word: str, languages: tuple[str, ...] = LANGUAGES) -> bool:
    """Return whether an unknown word is two words run together, or a slip of the fingers.

    ``opensource`` and ``presenttions`` are; a rare family name seldom is. Kept narrow for that reason.
    """
    folded = fold(word)
    if not _SHORTEST_SWAPPED <= len(folded) <= _LONGEST_WORD or not folded.isascii():
        return False
    cuts = range(_SHORTEST_PART, len(folded) - _SHORTEST_PART + 1)
    if any(_is_listed(folded[:cut], languages) and _is_listed(folded[cut:], languages) for cut in cuts):
        return True
    if not word.isalpha() or not (word.islower() or word[1:].islower() or word.isupper()):
        # Nobody's fingers slip so.
        return False
    return any(_is_listed(form, languages) for form in _slips(folded))


def _slips(word: str) -> set[str]:
    """Return what may have been meant: two letters swapped; in a long word also one too many or too few."""
    halves = [(word[:cut], word[cut:]) for cut in range(1, len(word) + 1)]
    slips = {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    if len(word) >= _SHORTEST_SLIP:
        slips |= {left + right[1:] for left, right in halves}
        slips |= {left + letter + right for left, right in halves for letter in _LETTERS}
    return slips - {word}
