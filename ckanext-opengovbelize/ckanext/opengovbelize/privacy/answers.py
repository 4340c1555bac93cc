"""Pairing the chat's written answers with its questions, and saying how certain a pairing is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property

from .folding import fold, tokens, words
from .patterns import urls
from .questions import content_words, says_only_yes_or_no, says_yes_or_no, wants_yes_or_no
from .vocabulary import matches, table, word_set

# An answer fits a question from this score on; the next best question must score less than half of it.
_FITS = 2.0
_COMMON_WEIGHT = 0.5
_SHORT_QUOTE = 8
# A question of somebody else so many messages before a bare yes or no may be meant too.
_NEAR = 4


@dataclass
class Asked:
    """A question in the chat, in the order of messages; also one about logistics: it may be answered too."""

    number: int
    author: str
    text: str
    substantive: bool
    answers: list[Said] = field(default_factory=list)
    certain: bool = True
    by_voice: bool = False

    @property
    def open(self) -> bool:
        """Return whether nobody has answered yet."""
        return not self.answers and not self.by_voice

    @cached_property
    def wants_yes_or_no(self) -> bool:
        """Return whether yes or no would answer it."""
        return wants_yes_or_no(self.text)

    @cached_property
    def content(self) -> _Content:
        """Return its words, as they are compared with those of answers."""
        return _Content.of(self.text)


@dataclass(frozen=True)
class _Content:
    """The words of a text: those that carry meaning, all of them, and each two neighbours joined."""

    meaning: frozenset[str]
    words: frozenset[str]
    joined: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Content:
        said = tuple(words(text))
        pairs = zip(said, said[1:], strict=False)
        return cls(
            frozenset(content_words(_without_urls(text))),
            frozenset(said),
            tuple("".join(pair) for pair in pairs if len("".join(pair)) > 5),
        )


@dataclass
class Said:
    """A message of somebody in a public role that may be an answer; ``addressed`` are those whom it names."""

    number: int
    author: str
    text: str
    institution: str
    reply_to: str = ""
    addressed: list[str] = field(default_factory=list)


def pair(asked: list[Asked], said: list[Said]) -> set[int]:
    """Give each question its answers.

    A pairing is certain where the answer replies to the question, names its asker, or fits this one question
    only. Where it may fit and nothing says so for sure, the question gets it as a doubtful one.

    Returns:
        The numbers of the messages that were used as answers.
    """
    used: set[int] = set()
    for message in said:
        before = [question for question in asked if question.number < message.number]
        question, certain = _best(message, before)
        if question is None:
            continue
        if matches("answered_by_voice", message.text):
            question.by_voice = certain
        else:
            question.answers.append(message)
            question.certain = question.certain and certain
        used.add(message.number)
    return used


def _best(message: Said, before: list[Asked]) -> tuple[Asked | None, bool]:
    if message.reply_to:
        return _replied(message.reply_to, before), True
    still_open = [question for question in before if question.open]
    if message.addressed:
        named = [question for question in still_open if question.author in message.addressed]
        if not named:
            return None, False
        return named[-1], len(named) == 1
    if says_only_yes_or_no(message.text):
        return _right_before(message, still_open)
    return _fitting(message, still_open)


def _replied(quote: str, before: list[Asked]) -> Asked | None:
    """Return the question whose beginning a reply quotes."""
    start = fold(quote.strip().rstrip(".…"))
    found = [question for question in before if start and fold(question.text).startswith(start)]
    return found[-1] if len(found) == 1 or len(start) >= _SHORT_QUOTE and found else None


def _right_before(message: Said, still_open: list[Asked]) -> tuple[Asked | None, bool]:
    """Return the question that stands right before a bare yes or no, and whether it may answer no other."""
    wanting = [question for question in still_open if question.wants_yes_or_no]
    if not wanting or message.number - wanting[-1].number != 1:
        return None, False
    asked = wanting[-1]
    others = [
        question
        for question in wanting[:-1]
        if question.author != asked.author and message.number - question.number <= _NEAR
    ]
    return asked, not others


def _fitting(message: Said, still_open: list[Asked]) -> tuple[Asked | None, bool]:
    """Return the open question that a message fits by its words, and whether it fits no other."""
    answer, says_yes = _Content.of(message.text), says_yes_or_no(message.text)
    scored = [(_score(answer, says_yes, question), question.number, question) for question in still_open]
    scored.sort(key=lambda row: row[:2], reverse=True)
    if not scored:
        return None, False
    best, _, question = scored[0]
    second = scored[1][0] if len(scored) > 1 else 0.0
    if best >= _FITS:
        return question, second <= best / 2
    if says_yes:
        wanting = [row[2] for row in scored if row[2].wants_yes_or_no]
        if wanting:
            latest = max(wanting, key=lambda asked: asked.number)
            return latest, len(wanting) == 1 and message.number - latest.number <= 2
    follows = message.number - question.number == 1
    if best >= 1 or (follows and len(still_open) == 1 and not urls(message.text)):
        return question, False
    return None, False


def _score(answer: _Content, says_yes: bool, question: Asked) -> float:
    """Return how much of what an answer says the question has asked."""
    asked = question.content
    score = sum(
        _COMMON_WEIGHT if word in _common_topics() else 1.0 for word in answer.meaning & asked.meaning
    )
    score += _compounds(answer, asked) + _compounds(asked, answer)
    if says_yes and score and question.wants_yes_or_no:
        score += 1.0
    return score


def _compounds(joined: _Content, apart: _Content) -> float:
    """Return what is due for words joined in one text and apart in the other: opensource, open source."""
    return sum(2.0 for pair in apart.joined if pair in joined.words)


def _without_urls(text: str) -> str:
    for link in reversed(urls(text)):
        text = text[: link.start] + " " + text[link.end :]
    return text


@cache
def _common_topics() -> frozenset[str]:
    return frozenset(str(table("common_topics")).split())


def without_vocative(text: str, names: tuple[str, ...]) -> str:
    """Return an answer without its address, in front or at the end: "Hi Ana, yes, Ana." is "yes"."""
    called = {name for name in names if len(name) > 1}
    units = tokens(text)
    greets = bool(units) and units[0].folded in word_set("address_greetings")
    first = 1 if greets else 0
    last = first
    while last < len(units) and (units[last].folded in called or units[last].folded in word_set("courtesy")):
        last += 1
    if any(unit.folded in called for unit in units[first:last]):
        rest = text[units[last - 1].end :]
        # "Ana" without greeting, sign or mark may as well be whom the sentence is about.
        if greets or "@" in text[: units[first].start] or re.match(r"\s*[,:;!.–-]", rest):
            text = rest.lstrip(" \t\n,:;!.–-")
    tail = re.search(r",\s*([\w'’ .-]{2,60}?)\s*[.!]*\s*$", text)
    if (
        tail
        and words(tail[1])
        and all(word in called or word in word_set("courtesy") for word in words(tail[1]))
    ):
        text = text[: tail.start()]
    return text
