"""Telling substantive questions from greetings, sound checks, introductions and how a session is run."""

from __future__ import annotations

import re

from ..folding import words
from .chatter import introduces, is_all_chatter, is_aside, speaks_of_something, stopwords
from .dictionary import lemma
from .vocabulary import matches

_SENTENCE_ENDS = re.compile(
    r"(?<=[?!…])\s*(?=[^\s?!…\"'”’)\]])"  # also where the space was forgotten: "platforms?Are there"
    r"|(?<=[.])(?<!\b[A-Z]\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSr\.)(?<!\bMrs\.)(?<!e\.g\.)(?<!i\.e\.)(?<!p\.ej\.)\s+(?=\S)"
    r"|\n+|(?<=\S)\s*(?=¿)"
)
_LEADING_TIME = re.compile(r"^\s*\d{1,2}:\d{2}(?::\d{2})?\s*[:-]?\s*")
_ENDS = "\"'”’)] \t"
_GREETS = (
    r"(?:hi|hello|hey|hola|greetings|saludos|good (?:morning|afternoon|evening|day)|buen[oa]s? "
    r"(?:d[ií]as?|tardes?|noches?)|(?:many |much[ao]s |mil )?(?:thanks?(?: you)?|gracias))\b"
)
_GREETING = re.compile(rf"^\W*{_GREETS}\s*", re.IGNORECASE)
_GREETING_AND_POINT = re.compile(
    rf"^\W*(?:{_GREETS}(?:\s+[\w'’]+\.?){{0,3}}?\s*[,.!:;-]+\s*)+", re.IGNORECASE
)
_MOST_GREETED = 3


def sentences(text: str) -> list[str]:
    """Return the sentences of a chat message, which is loosely punctuated."""
    return [part.strip() for part in _SENTENCE_ENDS.split(text) if part and part.strip()]


def asks(sentence: str) -> bool:
    """Return whether a sentence is a question, with or without a question mark."""
    plain = _LEADING_TIME.sub("", sentence)
    if plain.rstrip(_ENDS).endswith("?") or "¿" in plain or re.search(r"\?[\"'”’)\s]*$", plain):
        return True
    return _begins_to_ask(plain) or _begins_to_ask(without_greeting(plain))


def _begins_to_ask(sentence: str) -> bool:
    return any(matches("asks", part) for part in re.split(r"[,;:]\s+", sentence))


def content_words(text: str) -> set[str]:
    """Return the base forms of the words of a text that carry meaning."""
    return {lemma(word) for word in words(text) if word not in stopwords()} - stopwords()


def is_chatter(sentence: str) -> bool:
    """Return whether a sentence greets, introduces or is about how the session runs."""
    return introduces(sentence) or _is_aside(sentence)


def asks_anything(text: str) -> bool:
    """Return whether a message asks something, be it only about how the session runs."""
    return any(asks(sentence) for sentence in sentences(text))


def speaks_of_asker(text: str) -> bool:
    """Return whether a question speaks of the person who asks it."""
    return matches("speaks_of_asker", text)


def wants_yes_or_no(text: str) -> bool:
    """Return whether the last question of a message can be answered by yes or no."""
    questions = [sentence for sentence in sentences(text) if asks(sentence)]
    return bool(questions) and matches("wants_yes_or_no", questions[-1].lstrip("¿ \"'“(-"))


def says_yes_or_no(text: str) -> bool:
    """Return whether a message begins with yes or no."""
    return matches("says_yes_or_no", text.lstrip("¡ \"'“(-"))


def says_only_yes_or_no(text: str) -> bool:
    """Return whether a message is nothing but yes or no: an answer only to what stands right before it."""
    return matches("only_yes_or_no", text.lstrip("¡ \"'“(-"))


def says_it_was_answered(text: str) -> bool:
    """Return whether a message says that a question was answered by voice."""
    return matches("answered_by_voice", text)


def substance(text: str) -> str:
    """Return the substantive question of a message with its context, or nothing where there is none.

    Greetings, introductions and logistics around it are left out; what introduces the asker makes the whole
    message speak of its asker, which ``speaks_of_asker`` tells from the message itself.
    """
    kept = [sentence for sentence in sentences(text) if not _is_aside(sentence)]
    if not any(_is_substantive(sentence) for sentence in kept):
        return ""
    return " ".join(kept)


def substance_in_minutes(text: str) -> str:
    """Return the question that minutes hold: what a secretary wrote down is one, unless it only runs the session."""
    kept = substance(text) if asks_anything(text) else text
    return kept or ("" if all(map(is_chatter, sentences(text))) else text)


def _is_substantive(sentence: str) -> bool:
    return asks(sentence) and speaks_of_something(sentence)


def _is_aside(sentence: str) -> bool:
    return is_all_chatter(sentence) if asks(sentence) else is_aside(sentence)


def without_greeting(sentence: str) -> str:
    """Return a sentence without the greeting in front of it: "Good morning, what is …", "Hi all how do …"."""
    rest = _GREETING_AND_POINT.sub("", sentence)
    if rest != sentence:
        return rest
    greeting = _GREETING.match(sentence)
    if not greeting:
        return sentence
    rest = sentence[greeting.end() :]
    # Whom it greets may be a word or some before the question begins.
    for _ in range(_MOST_GREETED + 1):
        if matches("asks", rest) or rest.startswith("¿"):
            return rest
        rest = re.sub(r"^[\w'’.]+\s*", "", rest)
    return sentence
