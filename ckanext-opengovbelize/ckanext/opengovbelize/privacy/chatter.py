"""Telling what is said to run a session, or to greet, from everything else.

A question is chatter only when nothing but greeting and the running of the session is left in it: a word of the
session (link, recording, certificate, hear) is no reason to drop it where any other word stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ..folding import fold, words
from .dictionary import bases, is_ordinary, meant
from .patterns import urls
from .vocabulary import expression, matches, phrases, table, word_set

# How many words of the session a phrase weighs with which organisers call for questions.
_WEIGHT_OF_MODERATION = 2
_LONGEST_ADDRESS = 3
_EMAIL = re.compile(r"\S+@\S+")


@cache
def stopwords() -> frozenset[str]:
    """Return the function words of English and Spanish, folded."""
    return frozenset(str(table("stopwords")).split())


@dataclass(frozen=True)
class _Talk:
    """What a sentence is made of.

    Attributes:
        session: how many words and turns of phrase are of the session itself, or greet.
        places: how many words are of places: those who take part say where they are.
        others: the words that speak of something else.
    """

    session: int
    places: int
    others: tuple[str, ...]

    @classmethod
    def of(cls, sentence: str) -> _Talk:
        plain = fold(_without_addresses(sentence))
        plain, registers = expression("registers").subn(" ", plain)
        uncut, turns = expression("session_turns").subn(" ", plain)
        said = _without_vocative(_meaningful(uncut), sentence)
        session = sum(_is_of_session(word) for word in said)
        rest = [word for word in said if not (_is_of_session(word) or _is_everyday(word))]
        others = tuple(word for word in rest if word not in phrases("places"))
        return cls(turns + session, len(rest) - len(others), (*others, *["register"] * registers))


def is_all_chatter(sentence: str) -> bool:
    """Return whether nothing but greeting and the running of the session is in a sentence that may ask."""
    talk = _Talk.of(sentence)
    return bool(talk.session) and not talk.others or matches("to_the_speaker", sentence)


def speaks_of_something(sentence: str) -> bool:
    """Return whether a sentence has a word that is neither of the session nor said of anything."""
    talk = _Talk.of(sentence)
    return bool(talk.others or talk.places)


def is_aside(statement: str) -> bool:
    """Return whether a sentence that asks nothing greets, introduces or is mostly about how the session runs."""
    if matches("greetings", statement) or introduces(statement):
        return True
    talk = _Talk.of(statement)
    others = [word for word in talk.others if not _may_address(word, statement)]
    running = talk.session + (_WEIGHT_OF_MODERATION if matches("moderation", statement) else 0)
    return len(others) < running


def introduces(sentence: str) -> bool:
    """Return whether a sentence says who is writing, or from where."""
    return matches("introductions", sentence)


def _without_addresses(sentence: str) -> str:
    for span in reversed(urls(sentence)):
        sentence = f"{sentence[: span.start]} {sentence[span.end :]}"
    return _EMAIL.sub(" ", sentence)


def _meaningful(text: str) -> list[str]:
    return [word for word in words(text) if not (word in stopwords() or word.isdigit() or len(word) == 1)]


def _without_vocative(said: list[str], sentence: str) -> list[str]:
    """Return the words without whom the first or the last of them address."""
    first = _named(said, sentence)
    last = _named(said[first:][::-1], sentence)
    return said[first : len(said) - last]


def _named(said: Iterable[str], sentence: str) -> int:
    """Return how many of the first words are names."""
    count = 0
    for word in said:
        if count == _LONGEST_ADDRESS or not _may_address(word, sentence):
            break
        count += 1
    return count


def _may_address(word: str, sentence: str) -> bool:
    if _is_of_session(word) or word in word_set("institutions"):
        return False
    written_so = re.search(rf"\b{word.capitalize()}\b", sentence) is not None
    return (
        word in word_set("titles")
        or word in word_set("given_names")
        or (word in word_set("names") and written_so)
        or not (is_ordinary(word) or word in phrases("places"))
    )


@cache
def _is_of_session(word: str) -> bool:
    forms = {word, *bases(word)}
    if not is_ordinary(word):
        forms |= meant(word)
    return not forms.isdisjoint(word_set("session_words"))


@cache
def _is_everyday(word: str) -> bool:
    return not {word, *bases(word)}.isdisjoint(word_set("session_fillers"))
