"""The screen: a session record goes in, a draft that may be stored and published comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from ..folding import words
from ..records.codes import link_code, person_code
from ..records.drafts import Draft
from ..records.names import find as named
from ..records.problems import Problem
from ..records.session import Link, Material, Person, SessionRecord
from ..records.zones import is_zone
from .bodies import without_people
from .conversation import Conversation
from .known import Known
from .mentions import known_of
from .names import is_careful
from .patterns import PHONE, find, is_web_address
from .policy import MESSAGES, Policy
from .redact import ERASED
from .rolls import lists_people
from .screening import Screening, label_of, storable

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


def screen(record: SessionRecord, policy: Policy) -> Draft:
    """Return what may be published of a record.

    Only people whom the record's header names with a role are public. Of everybody else nothing is kept:
    no name, affiliation, address, number, handle or link. Never raises, whatever the record holds.
    """
    record, doubtful = _without_contacts(storable(record), policy)
    draft = _Screen(*without_people(record, known_of(record)), policy).draft()
    for person in doubtful:
        draft.problems.append(
            Problem("contact-withheld", MESSAGES["contact-withheld"], draft.file, person.place, "people")
        )
    return draft


def _without_contacts(record: SessionRecord, policy: Policy) -> tuple[SessionRecord, list[Person]]:
    """Return a record whose contacts all write from the program's domains, and the contacts who do not.

    Whoever may be asked about a session has no public role by that.
    """
    doubtful = [
        person
        for person in record.people
        if person.contact and person.email.strip().rpartition("@")[2].lower() not in policy.allowed_domains
    ]
    if not doubtful:
        return record, []
    people = [person for person in record.people if person not in doubtful]
    others = [one.name for one in doubtful if named(people, one.name) is None]
    return replace(record, people=people, others=[*record.others, *others]), doubtful


class _Screen:
    """Makes the draft of one record."""

    def __init__(self, record: SessionRecord, known: Known, policy: Policy) -> None:
        self.screening = Screening(record, policy, known)
        self.record, self.policy = record, policy
        self.redactor = self.screening.redactor
        self._text, self._report = self.screening.text, self.screening.report

    def draft(self) -> Draft:
        record = self.record
        fields = self._header_fields()
        rows = {
            "people": [row for person in record.people if (row := self._person(person))],
            "links": [row for link in record.links if (row := self._link(link))],
        }
        said = Conversation(self.screening)
        said.screen()
        rows |= {"questions": said.questions, "messages": said.messages}
        fields |= {name: _once(value) for name, value in rows.items() if value}
        if self.policy.transcript and (transcript := said.transcript()):
            fields["transcript"] = transcript
        resources = [row for material in record.materials if (row := self._resource(material))]
        return Draft(
            file=self.screening.file,
            fields=fields,
            resources=_once(resources),
            series=self._text(record.series, "in_series", careful=True),
            series_fields={"planned_sessions": record.planned_sessions} if record.planned_sessions else {},
            program=self._text(record.program, "", careful=True),
            address=self._address(record.address),
            proposals=said.proposals,
            problems=[*self._readers_problems(), *_distinct(self.screening.problems)],
            place=self.screening.place(record.place),
            belongs=bool(record.belongs),
        )

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
        if topics := [text for topic in record.topics if (text := self._text(topic, "topics"))]:
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
        allowed = self.policy.allowed_domains
        plain = re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+", local) and re.fullmatch(
            r"[A-Za-z0-9.-]+", domain
        )
        erased = self.redactor.header(email).kinds & {ERASED}
        # Some are called by their telephone number, which is nobody's public address.
        number = any(span.kind == PHONE for span in find(local))
        if person.role == "coordinator" and plain and domain.lower() in allowed and not (erased or number):
            return email
        self.screening.problem("email-withheld", MESSAGES["email-withheld"], "people", person.place)
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
            self.screening.problem("link-withheld", MESSAGES["link-withheld"], field, place)
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
                file=self.screening.file
                if problem.file in ("", self.record.file)
                else label_of(self.redactor, problem.file),
                message=self.redactor.header(problem.message).text,
                place=self.screening.place(problem.place),
            )
            for problem in self.record.problems
        ]


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
