"""From a document's lines to session records: one recogniser for all formats, languages and layouts.

``dividing.divide`` puts each line into a part; here each part is read by what knows its kind. A line that no
part can use is reported with its place, never with its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from . import (
    access,
    biographies,
    body,
    chat,
    coordinators,
    exchanges,
    joints,
    labels,
    layout,
    links,
    mail,
    people,
    person_links,
    presenting,
    prose,
    quotations,
    reports,
    roles,
    schedule,
    several,
    values,
    web_copy,
)
from .dividing import divide
from .document import Block, Document
from .names import find, key, named_in
from .naming import name_each, number_once, tell_series_apart
from .parts import Part
from .session import Link, Material, Person, SessionRecord
from .titles import Heading, clean_title, is_series
from .words import fold, guess_language, squeeze

_MATERIALS = frozenset(("presentation", "video", "captions", "transcript", "materials"))
# A session has a handful of people in public roles; a list that is longer is one of participants.
_MOST_PEOPLE = 100
_ONE_NUMBER = (
    "Several sessions of the document bear this number, and nothing names their series, so they were left without."
    " Write the name of the series over each group of sessions, with the word series in it."
)


def recognise(document: Document, file: str) -> list[SessionRecord]:
    """Return the session records of a document, mostly one."""
    overlong = [block for block in document.blocks if block.kind == "overlong"]
    readable, encoded = mail.without_attached(
        [block for block in document.blocks if block.kind != "overlong"]
    )
    lines = layout.lines(readable)
    lines = quotations.without_passed_on(list(access.without(mail.without(web_copy.without(lines)))))
    parts, names = divide(lines)
    told = several.part(lines, parts)
    if len(told.sessions) == 1:
        records = [_Builder(file, names, document.title).build(parts)]
        records[0].problems += reports.several(told.unclear)
    else:
        records = [_one_of_several(file, session) for session in told.sessions]
        tell_series_apart(records)
        number_once(records, _ONE_NUMBER)
        name_each(records)
        records[0].problems += reports.loose(told.loose)
    for record in records:
        record.problems = [*document.problems, *reports.overlong(overlong + encoded), *record.problems]
    return records


def _one_of_several(file: str, session: several.Session) -> SessionRecord:
    parts, names = divide(session.lines)
    record = _Builder(file, names, "").build(parts)
    record.place = session.place
    return record


class _Builder:
    """Builds one record from its parts."""

    def __init__(self, file: str, names: frozenset[str], page_title: str) -> None:
        self.record = SessionRecord(file)
        self.names = names
        self.page_title = page_title
        self.schedule = schedule.Schedule()
        self.unplaced: list[Block] = []
        self.candidates: list[Block] = []
        self.biographies: list[Block] = []
        self.chat: list[Block] = []
        self.access: list[Block] = []
        self.in_prose: list[Block] = []
        self.mail: list[Block] = []
        self.beside: list[Block] = []
        self.titled: set[int | None] = set()
        self.beside_date = False
        self.told: Block | None = None

    def build(self, parts: Sequence[Part]) -> SessionRecord:
        """Read every part, then what depends on several of them."""
        record = self.record
        record.language = _language(parts)
        headings = [part.heading for part in parts if part.heading]
        self.titled = {one.number for one in headings if not values.is_status(one.title)}
        for part in parts:
            self._read(part)
        self.schedule.over_days = (
            sum(schedule.DAY.match(block.text) is not None for part in parts for block in part.lines) > 1
        )
        # Last, since what is listed elsewhere is called as it is there.
        self._hidden_links(self.in_prose)
        self.schedule.fill(record)
        self.unplaced += self.schedule.unplaced
        body.read_announcement(schedule.announced(record), record)
        self.unplaced += body.take_title(self.candidates, self.page_title, record)
        found, stray = biographies.read(self.biographies, record.people)
        biographies.add(found, record.people)
        self._person_links(self.biographies, stray, record.people)
        self.unplaced += stray
        for name in (*sorted(labels.PROSE), "audience"):
            setattr(record, name, biographies.take(getattr(record, name), record.people))
        self._roles_in_prose()
        self._messages()
        told = (record.introduction, record.objective, record.rationale, record.audience)
        exchanges.tell_topics(record.exchanges, told)
        exchanges.tell_answerers(record.exchanges, record.people)
        if not record.certificate_rule:
            text = "\n".join((record.rationale, record.objective, record.introduction))
            record.certificate_rule = prose.certificate_rule(text)
        said = [record.introduction, *(block.text for block in self.unplaced)]
        record.invented = record.invented or any(prose.says_invented(text) for text in said)
        links.number_alike(record.materials)
        record.problems += reports.unplaced(self.unplaced)
        record.problems += reports.access(self.access)
        record.problems += reports.mail(self.mail)
        record.problems += reports.beside(self.beside)
        record.others += [name for block in self.mail for name in named_in(block.text)]
        record.problems += reports.missing(record)
        return record

    # Parts

    def _read(self, part: Part) -> None:
        match part.name:
            case _ if part.heading:
                self._heading(part, part.heading)
            case "body":
                self._body(part.lines)
            case "attendees" | "speaker" if labels.invites_everybody(part.label, _said(part)):
                self._value("audience", part)
            case "unknown" | "attendees" | "staff":
                self.unplaced += part.lines
            case "agenda":
                self.unplaced += [Block("line", place=part.place), *part.lines]
            case "audience" if presenting.are_named(part.lines):
                # Those who took part have no public role.
                self.unplaced += part.lines
            case name if name in labels.PROSE:
                self._prose(name, part.lines)
            case name if name in labels.PEOPLE:
                contact, plural = coordinators.says_contact(part.label), fold(part.label).endswith("s")
                self._people(name, part.lines, contact=contact, several=plural)
            case "biographies":
                self.biographies += part.lines
            case "chat":
                self.chat += part.lines
            case "questions":
                found, stray = exchanges.read(part.lines, part.label)
                self.record.exchanges += found
                self.unplaced += stray
            case "mail":
                self.mail += part.lines
            case "beside":
                self.beside += part.lines
                self._hidden_links(part.lines)
            case "access":
                self.schedule.joined_online = True
                self.access += part.lines
            case "links" | "social_media":
                self._links(part)
            case name if name in _MATERIALS:
                self._materials(part)
            case name if name in schedule.WHEN or name in schedule.WHERE:
                self.schedule.add(name, part.lines)
                self.in_prose += part.lines
            case name if part.lines:
                self._value(name, part)

    def _value(self, name: str, part: Part) -> None:
        if not values.read(name, _said(part, ", " if name in ("topics", "language") else " "), self.record):
            self.unplaced += part.lines

    def _heading(self, part: Part, heading: Heading) -> None:
        record, lines = self.record, part.lines
        if record.number is None:
            record.number = heading.number
        record.series = record.series or heading.series
        title = values.take_status(heading.title, record)
        waits = not title and heading.number not in (None, *self.titled) and not record.title
        if waits and lines and not is_series(lines[0].text):
            # The title stands below the number.
            title, lines = clean_title(lines[0].text), lines[1:]
        if title and not record.title:
            record.title = values.take_status(title, record)
        elif title and fold(title) != fold(record.title):
            self.unplaced.append(Block("line", place=part.place))
        self._body(lines)

    def _prose(self, name: str, lines: Sequence[Block]) -> None:
        text = prose.join(lines)
        before = getattr(self.record, name)
        self.in_prose += lines
        if lines:
            self.record.places.setdefault(name, lines[0].place)
        setattr(self.record, name, f"{before}\n\n{text}".strip())

    def _hidden_links(self, lines: Sequence[Block]) -> None:
        """Keep what the links within sentences, dates and places lead to."""
        record = self.record
        for link in (link for block in lines for link in links.hidden(block)):
            known: Sequence[Link | Material] = [*record.links, *record.materials]
            if any(link.url == other.url for other in known):
                continue
            if isinstance(link, Material):
                record.materials.append(link)
            else:
                record.links.append(link)

    def _people(
        self,
        role: str,
        lines: Sequence[Block],
        *,
        of_body: bool = False,
        contact: bool = False,
        several: bool = False,
    ) -> None:
        told = joints.without([person_links.plain(block) for block in lines])
        said = [
            (line, block)
            for line, block in zip(told, lines, strict=True)
            if line is not None and (line.text or not block.text)
        ]
        plain = [line for line, _ in said]
        if role == "coordinator":
            found, over, left_out = coordinators.read(plain)
            found = [replace(person, contact=contact) for person in found]
        else:
            found, over, left_out = people.read(role, plain, self.names, several=several)
        for person in found:
            self._add_person(person)
        self.unplaced += left_out
        left = {id(line) for line in over}
        stray = _apart([block if id(line) in left else None for line, block in said])
        self._person_links(lines, stray, found)
        if of_body and len(stray) == len(lines):
            # They looked like a person, and are none: "Position: Ana Sample" over an office.
            self.candidates += stray
        else:
            # What is no person in such a part may still be something else: a date, a link, an introduction.
            self._body(stray)

    def _person_links(self, lines: Sequence[Block], stray: Sequence[Block], known: Sequence[Person]) -> None:
        """Publish or tell the addresses on lines of people, but for those that speak of nobody."""
        others = {id(block) for block in stray}
        materials, problems = person_links.told([block for block in lines if id(block) not in others], known)
        urls = {material.url for material in self.record.materials}
        self.record.materials += [material for material in materials if material.url not in urls]
        self.record.problems += problems

    def _add_person(self, person: Person) -> None:
        """Add a person; said twice in one role they are one, and what is missing is filled in."""
        others = self.record.people
        same = [
            other for other in others if other.role == person.role and key(other.name) == key(person.name)
        ]
        if not same and len(others) >= _MOST_PEOPLE:
            self.unplaced.append(Block("line", place=person.place))
        elif not same:
            others.append(person)
        for other in same:
            other.contact = other.contact and person.contact
            for name in ("position", "affiliation", "country", "biography", "email"):
                setattr(other, name, getattr(other, name) or getattr(person, name))

    def _links(self, part: Part) -> None:
        kind = "shared" if part.name == "links" else part.name
        found, problems, stray = links.read_links(kind, part.lines)
        known = {link.url for link in self.record.links if link.kind == kind}
        self.record.links += [link for link in found if link.url not in known]
        self.record.problems += problems
        self._body(stray)

    def _materials(self, part: Part) -> None:
        default = "" if part.name == "materials" else part.name
        # A label with nothing below it names the material itself.
        lines = part.lines or ([Block("line", place=part.place, term=part.label)] if default else [])
        found, problems, stray = links.read_materials(lines, default)
        self.record.materials += found
        self.record.problems += problems
        self._body(stray)

    def _roles_in_prose(self) -> None:
        """Add whom a sentence gives a role; who has one already needs none."""
        for name in ("introduction", "objective", "rationale"):
            for person in roles.given(getattr(self.record, name)):
                if find(self.record.people, person.name) is None:
                    self._add_person(replace(person, place=self.record.places.get(name, "")))

    # Lines that no label covers

    def _body(self, lines: Sequence[Block]) -> None:
        position = 0
        while position < len(lines):
            paragraph = [lines[position]]
            for block in lines[position + 1 :]:
                if block.starts:
                    break
                paragraph.append(block)
            if person := body.presented(lines, position, paragraph, self.names):
                self._people("speaker", person, of_body=True)
            else:
                self.candidates += [
                    block for number, block in enumerate(paragraph) if not self._line(number, paragraph)
                ]
            position += len(person or paragraph)

    def _line(self, number: int, paragraph: Sequence[Block]) -> bool:
        """Read a line by what it says of itself; False where it may be the title, or nothing known."""
        block, record = paragraph[number], self.record
        beside_date, self.beside_date = self.beside_date, False
        if links.names_material(block):
            found, problems, _ = links.read_materials([block])
            record.materials += found
            record.problems += problems
            return True
        if links.names_account(block):
            self._links(Part("social_media", [block]))
            return True
        if schedule.is_date_line(block.text):
            self.schedule.dated.append(block)
            self.in_prose.append(block)
            self.beside_date = True
            return True
        if beside_date and schedule.is_place(block, paragraph[number + 1 : number + 2]):
            self.schedule.placed.append(block)
            self.in_prose.append(block)
            self.beside_date = True
            return True
        if body.names_program(squeeze(block.text), record):
            return True
        if not body.introduces(number, paragraph):
            return False
        if number == 0:
            self._prose("introduction", paragraph)
            self.told = block
        # Where another line of the paragraph is something else, it was not taken as a whole.
        return self.told is paragraph[0]

    # What depends on several parts

    def _messages(self) -> None:
        read = chat.read(self.chat, [person.name for person in self.record.people])
        self.record.messages = read.messages()
        self.unplaced += read.stray
        self.record.problems += reports.private_messages(read.private)


def _language(parts: Sequence[Part]) -> str:
    """Return the language of most labels, else that of the text."""
    found = [part.language for part in parts if part.language]
    spanish = found.count("es") * 2
    if found and spanish != len(found):
        return "es" if spanish > len(found) else "en"
    return guess_language(
        " ".join(block.text for part in parts if part.name != "chat" for block in part.lines)
    )


def _said(part: Part, joint: str = " ") -> str:
    return joint.join(squeeze(block.text) for block in part.lines)


def _apart(lines: Sequence[Block | None]) -> list[Block]:
    """Return the lines that are left of a part on people; what stood below somebody's name is no paragraph of prose."""
    found: list[Block] = []
    opened = False
    for block in lines:
        opened = block is not None and (opened or block.starts)
        if block is not None:
            found.append(block if opened else replace(block, starts=True))
    return found
