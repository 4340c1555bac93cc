"""The screen: a session record goes in, a draft that may be stored and published comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from ..records.codes import link_code, person_code
from ..records.dates import is_zone
from ..records.drafts import Draft, Proposal
from ..records.names import find as named
from ..records.problems import Problem
from ..records.session import Link, Material, Message, Person, SessionRecord
from .answers import Asked, Said, pair, without_vocative
from .folding import fold, squeeze, words
from .hashing import keyed_hash
from .names import Cast, authors_addressed, called_in_full, cast_of, is_careful
from .patterns import PHONE, WITHHELD, find, is_web_address, urls
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
from .redact import ERASED, Redactor, Screened
from .rolls import lists_people
from .sectors import sector_of

ALTERED, SPEAKS_OF_ASKER, ANSWER_DOUBTFUL = "altered", "speaks-of-asker", "answer-doubtful"
IN_WRITING, IN_SESSION, UNKNOWN = "in_writing", "in_session", "unknown"

_TEXT_FIELDS = {
    "title": "title",
    "notes": "introduction",
    "venue_name": "venue_name",
    "locality": "locality",
    "audience": "audience",
    "objective": "objective",
    "rationale": "rationale",
    "certificate_rule": "certificate_rule",
    "organisers": "organisers",
    "funders": "funders",
}
_CODED_FIELDS = ("district", "mode", "status")
_SECRET_QUERY = re.compile(
    r"[?&#].*?(?:token|key|sig|secret|pass|pwd|auth|session|code)[^=&]*=", re.IGNORECASE
)
_SHORT_MONTHS = frozenset(words("jan feb mar apr jun jul aug sep sept oct nov dec ene abr ago set dic"))
# What files and addresses are called by machines: no dictionary has these words, and they name nobody.
_OF_FILES = frozenset(
    words(
        "rss atom xml oai dc ical ics webcal json jsonld ld csv tsv ods xlsx docx pdf yaml yml html htm php aspx md "
        "txt vtt srt www youtube feeds videos indico ckan zoom webex url api id org com net gov edu bz sitemap"
    )
)
_HOST = re.compile(r"^[a-z]+://[^/]*", re.IGNORECASE)
_LINK_BELOW = re.compile(r":\s*\n\s*(?=https?://)")
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# A message with less substance than this and without a link informs nobody.
_FEWEST_INFORMING_WORDS = 8
# Nor is it worth a line of a transcript with less than this.
_FEWEST_TOLD_WORDS = 3
# A question of which a smaller share than this is left says nothing any more.
_LEAST_LEFT = 0.4

MESSAGES = {
    "withheld": "Something private was left out here: a name without a public role, an address, a number "
    "or a personal link. If it is public, name the person with a role in the record.",
    ERASED: "A text that was erased on request stands here again and was left out. "
    "Take it out of the source too.",
    "identity-doubtful": "A message under the name of somebody in a public role introduces another person. "
    "It was left out, and nothing under that name in this chat is taken as official.",
    "link-withheld": "A link was left out: it is personal, names a person, lists who took part or is not a web "
    "address. Give a public http or https address.",
    "email-withheld": "An e-mail address was left out. Only coordinators' addresses on the program's "
    "allowed domains are published.",
    "contact-withheld": "A contact person was left out: nothing says that they have a public role. If they coordinate "
    "the session, write Coordinator: instead.",
    "question-withheld": "A question was left out, since little of it remained after screening.",
}


@dataclass(frozen=True)
class Policy:
    """What a program publishes.

    Attributes:
        hash_key: the key of all keyed hashes.
        email_domains: domains on which a coordinator's address may be published; subdomains only if listed.
        transcript: whether a screened transcript is published.
        erased: phrases that must not come back, as ``hashing.phrase_hash`` returns them.
    """

    hash_key: bytes
    email_domains: tuple[str, ...] = ()
    transcript: bool = False
    erased: frozenset[tuple[int, str]] = frozenset()


def screen(record: SessionRecord, policy: Policy) -> Draft:
    """Return what may be published of a record.

    Only people whom the record's header names with a role are public. Of everybody else nothing is kept:
    no name, affiliation, address, number, handle or link. Never raises, whatever the record holds.
    """
    record, doubtful = _without_contacts(storable(record), policy)
    draft = _Screen(record, policy).draft()
    for person in doubtful:
        draft.problems.append(
            Problem("contact-withheld", MESSAGES["contact-withheld"], draft.file, person.place, "people")
        )
    return draft


def _without_contacts(record: SessionRecord, policy: Policy) -> tuple[SessionRecord, list[Person]]:
    """Return a record whose contacts all write from the program's domains, and the contacts who do not.

    Whoever may be asked about a session has no public role by that.
    """
    allowed = _allowed_domains(policy)
    doubtful = [
        person
        for person in record.people
        if person.contact and person.email.strip().rpartition("@")[2].lower() not in allowed
    ]
    if not doubtful:
        return record, []
    people = [person for person in record.people if person not in doubtful]
    others = [one.name for one in doubtful if named(people, one.name) is None]
    return replace(record, people=people, others=[*record.others, *others]), doubtful


def _allowed_domains(policy: Policy) -> set[str]:
    return {fold(entry).removeprefix("@") for entry in policy.email_domains}


def screened_label(file: str, policy: Policy) -> str:
    """Return a file's name, or what kind of file it is where the name is private."""
    return _Screen(SessionRecord(file=storable(file)), policy).file


def storable(value: Any) -> Any:
    """Return a value without the characters that no database takes: controls, and halves of a character."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, dict):
        return {key: storable(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{entry.name: storable(getattr(value, entry.name)) for entry in fields(value)})
    return value


def label_of(redactor: Redactor, file: str) -> str:
    """Return a record's label, or what its kind is called where the label names somebody."""
    suffix = PurePosixPath(file).suffix
    spoken = re.sub(r"[_\W]+", " ", _HOST.sub("", file.removesuffix(suffix)))
    if not (redactor.label(spoken, _OF_FILES).kinds or redactor.header(file, handles=True).kinds):
        return file
    return f"record{suffix}" if re.fullmatch(r"\.[A-Za-z]{2,5}", suffix) else "record"


@dataclass
class _Screen:
    record: SessionRecord
    policy: Policy
    cast: Cast = field(init=False)
    redactor: Redactor = field(init=False)
    problems: list[Problem] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    running: list[str] = field(default_factory=list)
    file: str = field(init=False)

    def __post_init__(self) -> None:
        self.cast = cast_of(self.record)
        links = [
            *(link.url for link in self.record.links),
            *(material.url for material in self.record.materials),
        ]
        self.redactor = Redactor(
            self.cast,
            self.policy.erased,
            self.policy.hash_key,
            frozenset(link.rstrip("/") for link in links if link),
        )
        self.file = label_of(self.redactor, self.record.file)

    @cached_property
    def others(self) -> list[str]:
        """The authors without a public role, as folded display names."""
        return [author for author in self.cast.asker_words if author not in self.cast.institutions]

    def draft(self) -> Draft:
        record = self.record
        fields = self._header_fields()
        rows = {
            "people": [row for person in record.people if (row := self._person(person))],
            "links": [row for link in record.links if (row := self._link(link))],
        }
        questions, proposals = self._minuted()
        asked, more, messages = self._chat()
        questions, proposals = questions + asked, proposals + more
        self._tell_of_running()
        rows |= {"questions": questions, "messages": messages}
        fields |= {name: _once(value) for name, value in rows.items() if value}
        if self.policy.transcript and (transcript := self._transcript()):
            fields["transcript"] = transcript
        resources = [row for material in record.materials if (row := self._resource(material))]
        return Draft(
            file=self.file,
            fields=fields,
            resources=_once(resources),
            series=self._text(record.series, "in_series", careful=True),
            series_fields={"planned_sessions": record.planned_sessions} if record.planned_sessions else {},
            program=self._text(record.program, "", careful=True),
            address=self._address(record.address),
            proposals=proposals,
            problems=[*self._readers_problems(), *_distinct(self.problems)],
            place=self.redactor.header(record.place).text,
            belongs=bool(record.belongs),
        )

    # -- what the organisers wrote

    def _header_fields(self) -> dict[str, Any]:
        record = self.record
        fields: dict[str, Any] = {
            name: text
            for name, source in _TEXT_FIELDS.items()
            if (
                text := self._text(
                    getattr(record, source),
                    name,
                    record.places.get(source, ""),
                    careful=is_careful(source, getattr(record, source)),
                )
            )
        }
        if record.date_as_stated:
            stated = self.redactor.label(record.date_as_stated, _SHORT_MONTHS)
            self._report(stated, "date_as_stated")
            fields["date_as_stated"] = stated.text
        fields |= {name: text for name in _CODED_FIELDS if (text := self._text(getattr(record, name), name))}
        if is_zone(record.timezone):
            # Zones bear the names of cities that no dictionary has.
            fields["timezone"] = record.timezone
        if record.number is not None:
            fields["session_number"] = record.number
        for name in ("start", "end"):
            if (moment := getattr(record, name)) is not None:
                fields[name] = moment.isoformat()
        if topics := [text for topic in record.topics if (text := self._text(topic, "topics", careful=True))]:
            fields["topics"] = topics
        if languages := record.languages or [record.language]:
            fields["language"] = [
                text for language in languages if (text := self._text(language, "language"))
            ]
        if record.invented:
            fields["invented"] = True
        return fields | {name: self._stated(value, name) for name, value in record.stated.items()}

    def _stated(self, value: Any, field: str) -> Any:
        if isinstance(value, list):
            return [self._stated(item, field) for item in value]
        return self._text(value, field, self.record.place) if isinstance(value, str) else value

    def _text(
        self, text: str, field: str, place: str = "", *, careful: bool = False, handles: bool = False
    ) -> str:
        """Screen one text of the header, and report what had to be masked; ``careful`` as for ``mentioned``."""
        screened = self.redactor.prose(text, careful=careful, handles=handles)
        self._report(screened, field, place)
        return screened.text

    def _report(self, screened: Screened, field: str, place: str = "") -> None:
        if ERASED in screened.kinds:
            self._problem("erased-text", MESSAGES[ERASED], field, place)
        if screened.kinds - {ERASED}:
            self._problem("withheld", MESSAGES["withheld"], field, place)

    def _problem(self, code: str, message: str, field: str = "", place: str = "") -> None:
        self.problems.append(
            Problem(code, message, file=self.file, place=self.redactor.header(place).text, field=field)
        )

    def _person(self, person: Person) -> dict[str, str] | None:
        name = self.redactor.header(person.name)
        if name.altered or not person.name.strip():
            self._report(name, "people", person.place)
            return None
        row = {"code": person_code(person.role, person.name), "role": person.role, "name": person.name}
        for field_name in ("position", "affiliation", "country", "biography"):
            careful = is_careful(field_name, getattr(person, field_name))
            if text := self._text(getattr(person, field_name), "people", person.place, careful=careful):
                row[field_name] = text
        if person.email and (email := self._email(person)):
            row["email"] = email
        return row

    def _email(self, person: Person) -> str:
        email = person.email.strip()
        local, _, domain = email.rpartition("@")
        allowed = _allowed_domains(self.policy)
        plain = re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+", local) and re.fullmatch(
            r"[A-Za-z0-9.-]+", domain
        )
        erased = self.redactor.header(email).kinds & {ERASED}
        # Some are called by their telephone number, which is nobody's public address.
        number = any(span.kind == PHONE for span in find(local))
        if person.role == "coordinator" and plain and domain.lower() in allowed and not (erased or number):
            return email
        self._problem("email-withheld", MESSAGES["email-withheld"], "people", person.place)
        return ""

    def _link(self, link: Link) -> dict[str, str] | None:
        if self._url_refused(link.url, link.title, "links", link.place):
            return None
        row = {"code": link_code(link.url), "kind": link.kind, "url": link.url}
        if title := self._text(
            link.title, "links", link.place, careful=True, handles=link.kind == "social_media"
        ):
            row["title"] = title
        return row

    def _resource(self, material: Material) -> dict[str, str] | None:
        if not material.url or self._url_refused(material.url, material.title, "resources", material.place):
            return None
        name = (
            self._text(material.title, "resources", material.place, careful=True)
            or material.kind.replace("_", " ").capitalize()
        )
        row = {"code": link_code(material.url), "kind": material.kind, "name": name, "url": material.url}
        if file_format := _format(material.url):
            row["format"] = file_format
        return row

    def _url_refused(self, url: str, title: str, field: str, place: str) -> bool:
        refused = self.redactor.url_is_private(url) or lists_people(title, url)
        if refused:
            self._problem("link-withheld", MESSAGES["link-withheld"], field, place)
        return refused

    def _address(self, address: str) -> str:
        if (
            not is_web_address(address)
            or _SECRET_QUERY.search(address)
            or self.redactor.url_is_private(address)
        ):
            return ""
        return address

    def _readers_problems(self) -> list[Problem]:
        return [
            replace(
                problem,
                file=self.file
                if problem.file in ("", self.record.file)
                else label_of(self.redactor, problem.file),
                message=self.redactor.header(problem.message).text,
                place=self.redactor.header(problem.place).text,
            )
            for problem in self.record.problems
        ]

    # -- the questions and answers of the minutes

    def _minuted(self) -> tuple[list[dict[str, str]], list[Proposal]]:
        """Return the questions of the minutes that may be published, and those that wait."""
        questions: list[dict[str, str]] = []
        proposals: list[Proposal] = []
        for exchange in self.record.exchanges:
            text = exchange.question
            asked = Asked(
                -1,
                fold(exchange.asked_by),
                text,
                substance_in_minutes(text),
                minuted=not exchange.in_writing,
                place=exchange.place,
            )
            if exchange.answer:
                author = fold(exchange.answered_by)
                institution = self.cast.institutions.get(author, "")
                asked.answers.append(Said(-1, author, exchange.answer, institution))
                # Who has no public role answers for nobody.
                asked.certain = exchange.certain and (not author or author in self.cast.institutions)
            if asked.substance:
                self._publish_or_propose(asked, questions, proposals)
            else:
                self.running.append(asked.place)
        return questions, proposals

    def _tell_of_running(self) -> None:
        """Report how many questions were left out because they only ask how the session runs."""
        if self.running:
            message = (
                f"Questions about how the session runs, such as its sound or its links: {len(self.running)}. They were"
                " left out. If one of them is about the subject, add it on the page of the webinar."
            )
            self._problem("session-question-left-out", message, "questions", self.running[0])

    # -- the chat

    def _chat(self) -> tuple[list[dict[str, str]], list[Proposal], list[dict[str, str]]]:
        """Return the questions that may be published, those that wait, and informational messages."""
        trusted, asked = self._sort_messages()
        said = [self._said(message) for message in trusted if not _is_running_the_session(message.text)]
        said = _joined(said)
        used = pair(asked, said)
        questions: list[dict[str, str]] = []
        proposals: list[Proposal] = []
        for question in asked:
            if question.substance:
                self._publish_or_propose(question, questions, proposals)
            else:
                self.running.append(question.place)
        messages = [row for message in said if message.number not in used and (row := self._message(message))]
        return questions, proposals, messages

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
                self._problem("identity-doubtful", MESSAGES["identity-doubtful"], "questions", message.place)
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
            addressed=[called] if called else authors_addressed(message.text, self.cast, self.others),
        )

    def _publish_or_propose(
        self, question: Asked, questions: list[dict[str, str]], proposals: list[Proposal]
    ) -> None:
        text = question.substance
        asked = " ".join(without_greeting(sentence) for sentence in sentences(text))
        screened = self.redactor.chat(asked)
        altered = screened.altered or (asked != text and self.redactor.chat(text).altered)
        place = question.place
        if ERASED in screened.kinds:
            self._problem("erased-text", MESSAGES[ERASED], "questions", place)
        if _mostly_withheld(text, screened.text):
            self._problem("question-withheld", MESSAGES["question-withheld"], "questions", place)
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
        if row["code"] in self.told:
            return
        self.told.add(row["code"])
        if reasons:
            proposals.append(Proposal(row["code"], row, reasons))
        else:
            questions.append(row)

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

    def _transcript(self) -> str:
        """Return the chat, and what was said aloud, without anything that shows who took part."""
        if self.record.captions:
            # Who wrote and who spoke know each other's names: all are screened together.
            said = [*self.record.messages, *self.record.captions]
            return _Screen(replace(self.record, messages=said, captions=[]), self.policy)._transcript()
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


def _once(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows without those whose code was there before."""
    return list({row["code"]: row for row in reversed(rows)}.values())[::-1]


def _distinct(problems: Iterable[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))


def _format(url: str) -> str:
    suffix = PurePosixPath(urlsplit(url).path).suffix.lstrip(".").upper()
    return (
        suffix
        if re.fullmatch(r"[A-Z0-9]{2,5}", suffix) and suffix not in ("HTML", "HTM", "PHP", "ASPX")
        else ""
    )
