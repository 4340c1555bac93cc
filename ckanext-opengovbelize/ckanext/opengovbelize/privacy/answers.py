"""Pairing the chat's written answers with its questions, and saying how certain a pairing is."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict, deque
from dataclasses import dataclass, field
from functools import cache, cached_property
from heapq import nlargest
from itertools import islice, takewhile

from ..folding import fold, tokens, words
from .patterns import urls
from .questions import (
    content_words,
    says_it_was_answered,
    says_only_yes_or_no,
    says_yes_or_no,
    wants_yes_or_no,
)
from .vocabulary import table, word_set

# An answer fits a question from this score on; the next best question must score less than half of it.
_FITS = 2.0
_COMMON_WEIGHT = 0.5
_SHORT_QUOTE = 8
# A question of somebody else so many messages before a bare yes or no may be meant too.
_NEAR = 4
# Stands for the questions that share no word with an answer.
_NONE = [(0.0, -1), (0.0, -1)]


@dataclass
class Asked:
    """A question in the chat, in the order of messages; also one about logistics: it may be answered too.

    ``substance`` is what is left of the message without greeting and logistics, if anything. ``minuted`` says that
    the record's minutes hold it, with an answer that was given aloud.
    """

    number: int
    author: str
    text: str
    substance: str
    answers: list[Said] = field(default_factory=list)
    certain: bool = True
    by_voice: bool = False
    minuted: bool = False
    place: str = ""

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
    questions = _Questions()
    upcoming = deque(sorted(asked, key=lambda question: question.number))
    for message in said:
        while upcoming and upcoming[0].number < message.number:
            questions.add(upcoming.popleft())
        question, certain = questions.best(message)
        if question is None:
            continue
        if says_it_was_answered(message.text):
            question.by_voice = certain
        else:
            question.answers.append(message)
            question.certain = question.certain and certain
        questions.settle(question)
        used.add(message.number)
    return used


class _Questions:
    """The questions asked so far, found by author, words and beginning: a long chat is not searched as a whole."""

    def __init__(self) -> None:
        self._open: dict[int, Asked] = {}
        self._wanting: dict[int, Asked] = {}
        self._by_author: dict[str, dict[int, Asked]] = {}
        self._by_meaning: dict[str, list[Asked]] = {}
        self._by_word: dict[str, list[Asked]] = {}
        self._by_joined: dict[str, list[Asked]] = {}
        self._by_beginning: list[tuple[str, int, Asked]] = []

    def add(self, question: Asked) -> None:
        """Add a question; questions are added in the order in which they were asked."""
        self._open[question.number] = question
        self._by_author.setdefault(question.author, {})[question.number] = question
        if question.wants_yes_or_no:
            self._wanting[question.number] = question
        for index, keys in (
            (self._by_meaning, question.content.meaning),
            (self._by_word, question.content.words),
            (self._by_joined, question.content.joined),
        ):
            for key in keys:
                index.setdefault(key, []).append(question)
        insort(self._by_beginning, (fold(question.text), question.number, question))

    def settle(self, question: Asked) -> None:
        """Take a question out of those that wait for an answer, if it has one."""
        if not question.open:
            self._open.pop(question.number, None)
            self._wanting.pop(question.number, None)
            self._by_author[question.author].pop(question.number, None)

    def best(self, message: Said) -> tuple[Asked | None, bool]:
        """Return the question that a message answers, and whether that is certain."""
        if message.reply_to:
            return self._replied(message.reply_to), True
        if message.addressed:
            named = [
                question
                for author in dict.fromkeys(message.addressed)
                for question in self._by_author.get(author, {}).values()
            ]
            return self._of_addressed(message, named)
        if says_only_yes_or_no(message.text):
            return self._right_before(message)
        return self._fitting(message)

    def _replied(self, quote: str) -> Asked | None:
        """Return the question whose beginning a reply quotes."""
        start = fold(quote.strip().rstrip(".…"))
        if not start:
            return None
        first = bisect_left(self._by_beginning, (start,))
        found = [
            question
            for text, _, question in takewhile(
                lambda row: row[0].startswith(start), islice(self._by_beginning, first, None)
            )
        ]
        if len(found) == 1 or len(start) >= _SHORT_QUOTE:
            return max(found, key=lambda question: question.number, default=None)
        return None

    def _of_addressed(self, message: Said, named: list[Asked]) -> tuple[Asked | None, bool]:
        """Return which question of those whom a message names it answers: the one it fits, else the last.

        Where they have asked nothing, or were answered, a question that it fits may be meant: an editor decides.
        """
        if len(named) == 1:
            return named[0], True
        scores = self._scores(_Content.of(message.text), says_yes_or_no(message.text))
        if not named:
            (best, number), _ = nlargest(2, [(score, at) for at, score in scores.items()] + _NONE)
            return (self._open[number] if best >= _FITS else None), False
        own = sorted(
            ((scores.get(question.number, 0.0), question.number) for question in named), reverse=True
        )
        (best, number), (second, _) = own[:2]
        return self._open[number], best >= _FITS and second <= best / 2

    def _right_before(self, message: Said) -> tuple[Asked | None, bool]:
        """Return the question that stands right before a bare yes or no, and whether it may answer no other."""
        wanting = reversed(self._wanting.values())
        asked = next(wanting, None)
        if asked is None or message.number - asked.number != 1:
            return None, False
        near = takewhile(lambda question: message.number - question.number <= _NEAR, wanting)
        return asked, all(question.author == asked.author for question in near)

    def _fitting(self, message: Said) -> tuple[Asked | None, bool]:
        """Return the open question that a message fits by its words, and whether it fits no other."""
        latest = next(reversed(self._open.values()), None)
        if latest is None:
            return None, False
        says_yes = says_yes_or_no(message.text)
        scores = self._scores(_Content.of(message.text), says_yes)
        (best, number), (second, _) = nlargest(
            2, [(score, number) for number, score in scores.items()] + _NONE
        )
        question = self._open[number] if best else latest
        if best >= _FITS:
            return question, second <= best / 2
        if says_yes and self._wanting:
            wanted = next(reversed(self._wanting.values()))
            # Another question that was asked since may want a yes too, in other words.
            certain = wanted is latest and len(self._wanting) == 1
            return wanted, certain and message.number - wanted.number <= 2
        follows = message.number - question.number == 1
        if best >= 1 or (follows and len(self._open) == 1 and not urls(message.text)):
            return question, False
        return None, False

    def _scores(self, answer: _Content, says_yes: bool) -> dict[int, float]:
        """Return, by number, how much of what an answer says each open question has asked; none that is nothing."""
        scores: defaultdict[int, float] = defaultdict(float)
        shared = [
            (question, _COMMON_WEIGHT if word in _common_topics() else 1.0)
            for word in answer.meaning
            for question in self._by_meaning.get(word, ())
        ]
        # Words joined in one text and apart in the other: opensource, open source.
        shared += [(question, 2.0) for pair in answer.joined for question in self._by_word.get(pair, ())]
        shared += [(question, 2.0) for word in answer.words for question in self._by_joined.get(word, ())]
        for question, weight in shared:
            if question.number in self._open:
                scores[question.number] += weight
        if says_yes:
            for number in scores.keys() & self._wanting.keys():
                scores[number] += 1.0
        return scores


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
