"""What was asked, answered and told in a session: its minutes, its chat, its transcript."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from ..folding import fold, squeeze, words
from ..records.drafts import Proposal
from ..records.session import Message
from .answers import Asked, Said, pair, without_vocative
from .hashing import keyed_hash
from .names import authors_addressed, called_in_full
from .patterns import WITHHELD, urls
from .policy import MESSAGES
from .questions import (
    asks_anything,
    content_words,
    is_chatter,
    says_it_was_answered,
    says_only_yes_or_no,
    sentences,
    speaks_of_asker,
    substance,
    substance_in_minutes,
    without_greeting,
)
from .redact import ERASED
from .screening import Screening
from .sectors import sector_of

ALTERED, SPEAKS_OF_ASKER, ANSWER_DOUBTFUL = "altered", "speaks-of-asker", "answer-doubtful"
IN_WRITING, IN_SESSION, UNKNOWN = "in_writing", "in_session", "unknown"

_LINK_BELOW = re.compile(r":\s*\n\s*(?=https?://)")
# A message with less substance than this and without a link informs nobody.
_FEWEST_INFORMING_WORDS = 8
# Nor is it worth a line of a transcript with less than this.
_FEWEST_TOLD_WORDS = 3
# A question of which a smaller share than this is left says nothing any more.
_LEAST_LEFT = 0.4


class Conversation:
    """What may be published of what was said in a session.

    Attributes:
        questions: the rows of questions that may be published.
        proposals: questions that wait for an editor.
        messages: the rows of messages that inform everybody.
    """

    def __init__(self, screening: Screening) -> None:
        self.screening = screening
        self.record, self.policy = screening.record, screening.policy
        self.cast, self.redactor = screening.cast, screening.redactor
        self.questions: list[dict[str, str]] = []
        self.proposals: list[Proposal] = []
        self.messages: list[dict[str, str]] = []
        # The codes of the questions that were told, and where those stand that only ask how the session runs.
        self._told: set[str] = set()
        self._running: list[str] = []

    def screen(self) -> None:
        """Screen the minutes and the chat."""
        self._minuted()
        self._chat()
        self._tell_of_running()

    @cached_property
    def _others(self) -> list[str]:
        """The authors without a public role, as folded display names."""
        return [author for author in self.cast.asker_words if author not in self.cast.institutions]

    def _minuted(self) -> None:
        """Take the questions and answers of the minutes."""
        for exchange in self.record.exchanges:
            text = exchange.question
            asked = Asked(
                -1,
                fold(exchange.asked_by),
                text,
                substance_in_minutes(text),
                minuted=not exchange.in_writing,
                by_voice=exchange.aloud,
                place=exchange.place,
            )
            if exchange.answer:
                author = fold(exchange.answered_by)
                institution = self.cast.institutions.get(author, "")
                asked.answers.append(Said(-1, author, exchange.answer, institution))
                # Who has no public role answers for nobody.
                asked.certain = exchange.certain and (not author or author in self.cast.institutions)
            if asked.substance:
                self._publish_or_propose(asked)
            else:
                self._running.append(asked.place)

    def _tell_of_running(self) -> None:
        """Report how many questions were left out because they only ask how the session runs."""
        if self._running:
            message = (
                f"Questions about how the session runs, such as its sound or its links: {len(self._running)}. They were"
                " left out. If one of them is about the subject, add it on the page of the webinar."
            )
            self.screening.problem("session-question-left-out", message, "questions", self._running[0])

    def _chat(self) -> None:
        """Take the questions and the informational messages of the chat."""
        trusted, asked = self._sort_messages()
        said = [self._said(message) for message in trusted if not _is_running_the_session(message.text)]
        said = _joined(said)
        used = pair(asked, said)
        for question in asked:
            if question.substance:
                self._publish_or_propose(question)
            else:
                self._running.append(question.place)
        self.messages = [
            row for message in said if message.number not in used and (row := self._message(message))
        ]

    def _sort_messages(self) -> tuple[list[Message], list[Asked]]:
        """Part the messages of people in public roles from the questions of everybody else."""
        trusted: list[Message] = []
        asked: list[Asked] = []
        for position, message in enumerate(self.record.messages):
            message = replace(message, number=position)
            author = fold(message.author)
            if self.cast.is_public(message.author):
                trusted.append(message)
            elif position in self.cast.impostures:
                self.screening.problem(
                    "identity-doubtful", MESSAGES["identity-doubtful"], "questions", message.place
                )
            elif asks_anything(message.text):
                asked.append(
                    Asked(position, author, message.text, substance(message.text), place=message.place)
                )
        return trusted, asked

    def _said(self, message: Message) -> Said:
        called = called_in_full(message.text, self.cast)[0]
        return Said(
            number=message.number,
            author=fold(message.author),
            text=message.text,
            institution=self.cast.institutions[fold(message.author)],
            reply_to=message.reply_to,
            addressed=[called] if called else authors_addressed(message.text, self.cast, self._others),
        )

    def _publish_or_propose(self, question: Asked) -> None:
        text = question.substance
        asked = " ".join(without_greeting(sentence) for sentence in sentences(text))
        screened = self.redactor.chat(asked)
        altered = screened.altered or (asked != text and self.redactor.chat(text).altered)
        place = question.place
        if ERASED in screened.kinds:
            self.screening.problem("erased-text", MESSAGES[ERASED], "questions", place)
        if _mostly_withheld(text, screened.text):
            self.screening.problem("question-withheld", MESSAGES["question-withheld"], "questions", place)
            return
        answer, answer_altered = self._answer(question)
        row = {
            "code": keyed_hash(self.policy.hash_key, screened.text),
            "question": screened.text,
            "topic": "",
            "sector": sector_of(self.cast.affiliations.get(question.author, "")),
            "answered": _answered(question, answer),
            "answer": answer,
            "answered_by": self._answered_by(question) if answer else "",
        }
        reasons = [
            reason
            for reason, applies in (
                (ALTERED, altered or answer_altered),
                (SPEAKS_OF_ASKER, speaks_of_asker(question.text)),
                (ANSWER_DOUBTFUL, bool(answer) and not question.certain),
            )
            if applies
        ]
        if row["code"] in self._told:
            return
        self._told.add(row["code"])
        if reasons:
            self.proposals.append(Proposal(row["code"], row, reasons))
        else:
            self.questions.append(row)

    def _answer(self, question: Asked) -> tuple[str, bool]:
        """Return the screened answers to a question, and whether anything in them was masked."""
        parts = [
            self.redactor.chat(self._without_address(said.text, question.author), links=True)
            for said in question.answers
        ]
        return "\n".join(part.text for part in parts if part.text), any(part.altered for part in parts)

    def _without_address(self, text: str, asker: str) -> str:
        """Return an answer without what addresses the asker, be it a name or "Guest 3"."""
        called, end = called_in_full(text, self.cast)
        if called == asker and called:
            text = text[end:].lstrip(" \t\n,:;")
        return without_vocative(text, self.cast.asker_words.get(asker, ())).strip()

    def _answered_by(self, question: Asked) -> str:
        names = dict.fromkeys(self.redactor.header(said.institution).text for said in question.answers)
        return "; ".join(name for name in names if name)

    def _message(self, message: Said) -> dict[str, str] | None:
        """Return a message as information for everybody, or None where it is none or is about somebody."""
        # What leads to a link on the next line belongs to the link.
        whole = _LINK_BELOW.sub(": ", message.text)
        text = " ".join(sentence for sentence in sentences(whole) if not _is_chatter_without_link(sentence))
        informs = urls(text) or len(content_words(text)) >= _FEWEST_INFORMING_WORDS
        if not informs or message.addressed or asks_anything(text) or speaks_of_asker(text):
            return None
        screened = self.redactor.chat(text, links=True)
        if screened.altered:
            return None
        return {
            "code": keyed_hash(self.policy.hash_key, screened.text),
            "text": screened.text,
            "institution": self.redactor.header(message.institution).text,
        }

    def transcript(self) -> str:
        """Return the chat, and what was said aloud, without anything that shows who took part."""
        if self.record.captions:
            # Who wrote and who spoke know each other's names: all are screened together.
            said = [*self.record.messages, *self.record.captions]
            record = replace(self.record, messages=said, captions=[])
            return Conversation(Screening(record, self.policy)).transcript()
        lines = []
        for message in self.record.messages:
            public = self.cast.is_public(message.author)
            kept = [sentence for sentence in sentences(message.text) if not _is_small_talk(sentence)]
            screened = self.redactor.chat(" ".join(kept), links=public)
            addressed = authors_addressed(message.text, self.cast, self.cast.asker_words)
            if screened.altered or addressed or (not public and speaks_of_asker(message.text)):
                continue
            if len(content_words(screened.text)) < _FEWEST_TOLD_WORDS:
                continue
            lines.append(f"{self._voice(message)}: {screened.text}")
        return "\n".join(lines)

    def _voice(self, message: Message) -> str:
        if not self.cast.is_public(message.author):
            return "Participant"
        institution = self.redactor.header(self.cast.institutions[fold(message.author)]).text
        return institution or "Organisers"


def _answered(question: Asked, answer: str) -> str:
    if not answer:
        return IN_SESSION if question.by_voice else UNKNOWN
    return IN_SESSION if question.minuted else IN_WRITING


def _is_small_talk(sentence: str) -> bool:
    rest = without_greeting(sentence)
    return not rest or is_chatter(sentence) or is_chatter(rest)


def _is_running_the_session(text: str) -> bool:
    """Return whether a message of the organisers is nothing but greeting, logistics or moderation."""
    answers = says_only_yes_or_no(text) or says_it_was_answered(text)
    return not answers and all(_is_chatter_without_link(sentence) for sentence in sentences(text))


def _is_chatter_without_link(sentence: str) -> bool:
    return is_chatter(sentence) and not urls(sentence)


def _joined(said: list[Said]) -> list[Said]:
    """Join a message that is only links to the one before it by the same author."""
    joined: list[Said] = []
    for message in said:
        previous = joined[-1] if joined else None
        if (
            previous
            and previous.author == message.author
            and message.number - previous.number <= 2
            and not urls(previous.text)
            and _is_only_links(message.text)
        ):
            joined[-1] = replace(previous, text=f"{previous.text}\n{message.text}")
        else:
            joined.append(message)
    return joined


def _is_only_links(text: str) -> bool:
    links = urls(text)
    return bool(links) and len(words(text)) == sum(len(words(link.kind)) for link in links)


def _mostly_withheld(text: str, screened: str) -> bool:
    return len(squeeze(screened.replace(WITHHELD, " "))) < _LEAST_LEFT * len(squeeze(text))
