"""From a document's lines to session records: one recogniser for all formats, languages and layouts.

``parts.divide`` puts each line into a part; here each part is read by what knows its kind. A line that no part
can use is reported with its place, never with its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from . import chat, dates, labels, layout, links, people, places, prose
from .document import Block, Document, Run
from .parts import Part, divide
from .problems import Problem
from .session import Message, Person, SessionRecord
from .titles import clean_title
from .words import find_urls, fold, guess_language, squeeze, trim

# Unplaced lines are reported one by one up to this number; of the others only how many they are.
_MOST_UNPLACED = 200
_PROGRAM = re.compile(r"\b(?:program(?:me)?|programa)\b", re.IGNORECASE)
_SERIES = re.compile(r"\b(?:series|serie|ciclo)\b", re.IGNORECASE)
_FOR_WHOM = re.compile(r"(?:for|para|aimed at|intended for|addressed to|dirigid[oa]s? a)\b", re.IGNORECASE)
_FUNDERS = re.compile(
    r"[,;.]?\s*(?:and\s+|y\s+)?(?:with (?:the )?(?:kind |generous |financial )*(?:support|funding|sponsorship) (?:of|from|by)"
    r"|funded by|financed by|sponsored by|supported by|con (?:el )?(?:apoyo|financiamiento|auspicio|patrocinio)(?: financiero)? (?:del?)"
    r"|financiad[oa]s? por|patrocinad[oa]s? por|auspiciad[oa]s? por)\s+",
    re.IGNORECASE,
)
_YES = frozenset(
    ["yes", "true", "y", "1", "si", "verdadero", "invented", "fictional", "inventado", "ficticio", "x"]
)
_STATUS = (
    ("cancelled", re.compile(r"\b(?:cancel?led|cancelad[oa])\b", re.IGNORECASE)),
    ("postponed", re.compile(r"\b(?:postponed|rescheduled|aplazad[oa]|pospuest[oa]|reprogramad[oa])\b", re.IGNORECASE)),
    ("held", re.compile(r"\b(?:held|completed|done|finished|took place|delivered|realizad[oa]|celebrad[oa]|concluid[oa]|finalizad[oa]|past)\b", re.IGNORECASE)),
    ("planned", re.compile(r"\b(?:planned|scheduled|upcoming|planificad[oa]|programad[oa]|prevista|próxim[oa])\b", re.IGNORECASE)),
)  # fmt: skip
_STATUS_NOTE = re.compile(
    r"\s*[([–—-]\s*(cancel?led|postponed|rescheduled|cancelad[oa]|aplazad[oa]|pospuest[oa]|reprogramad[oa])\s*[)\]]?\s*$|"
    r"^\s*[(\[]?(cancel?led|postponed|cancelad[oa]|aplazad[oa]|pospuest[oa])[)\]]?\s*[:–—-]\s*",
    re.IGNORECASE,
)
_LANGUAGES = {
    "en": "en", "eng": "en", "english": "en", "ingles": "en", "es": "es", "spa": "es", "spanish": "es", "espanol": "es",
    "castellano": "es", "bzj": "bzj", "kriol": "bzj", "creole": "bzj", "cab": "cab", "garifuna": "cab",
    "kekchi": "kek", "q eqchi": "kek", "qeqchi": "kek", "mop": "mop", "mopan": "mop", "french": "fr", "frances": "fr",
}  # fmt: skip
_TITLE_LENGTH = 200


def recognise(document: Document, file: str) -> list[SessionRecord]:
    """Return the session records of a document, mostly one."""
    overlong = [block for block in document.blocks if block.kind == "overlong"]
    lines = layout.lines(block for block in document.blocks if block.kind != "overlong")
    parts, names = divide(lines)
    records = [_Builder(session, file, names, document.title).build() for session in _sessions(parts)]
    for record in records:
        record.problems = [*document.problems, *map(_overlong, overlong[:_MOST_UNPLACED]), *record.problems]
    return records


def _overlong(block: Block) -> Problem:
    message = (
        "This line is longer than a person writes, and was left out. Break it into lines, or take it out."
    )
    return Problem("line-too-long", message, place=block.place)


def _sessions(parts: Sequence[Part]) -> list[list[Part]]:
    """Return the parts of each session; what stands before the first belongs to all.

    A document holds several where it has several numbered titles, each with a date of its own below it.
    """
    starts = [
        position
        for position, part in enumerate(parts)
        if part.heading and part.heading.number is not None and part.name == "heading"
    ]
    numbers = {part.heading.number for part in parts if part.heading}
    if len(starts) < 2 or len(numbers - {None}) != len(starts):
        return [list(parts)]
    pieces = [list(parts[begin:end]) for begin, end in zip(starts, [*starts[1:], len(parts)], strict=True)]
    if not all(any(_gives_date(part) for part in piece) for piece in pieces):
        return [list(parts)]
    return [[*parts[: starts[0]], *piece] for piece in pieces]


def _gives_date(part: Part) -> bool:
    if part.name in ("date", "start"):
        return True
    return part.name in ("body", "heading") and any(dates.has_full_date(block.text) for block in part.lines)


class _Builder:
    """Builds one record from its parts."""

    def __init__(self, parts: Sequence[Part], file: str, names: frozenset[str], page_title: str) -> None:
        self.parts = parts
        self.names = names
        self.page_title = page_title
        self.record = SessionRecord(file)
        self.unplaced: list[Block] = []
        self.candidates: list[Block] = []
        self.biographies: list[Block] = []
        self.chat: list[Block] = []
        self.when: dict[str, list[Block]] = {}
        self.where: dict[str, list[Block]] = {}
        self.dated: list[Block] = []

    def build(self) -> SessionRecord:
        """Read every part, then what depends on several of them."""
        record = self.record
        record.language = self._language()
        for part in self.parts:
            self._read(part)
        self._date()
        self._place()
        self._title()
        self._biographies()
        self._messages()
        self._certificate()
        self._invented()
        links.number_alike(record.materials)
        self._report_unplaced()
        record.problems += self._missing()
        return record

    def problem(
        self, code: str, message: str, place: str = "", field: str = "", *, rejects: bool = False
    ) -> None:
        """Report something."""
        self.record.problems.append(Problem(code, message, place=place, field=field, rejects=rejects))

    def _language(self) -> str:
        found = [part.language for part in self.parts if part.language]
        spanish = found.count("es")
        if found and spanish * 2 != len(found):
            return "es" if spanish * 2 > len(found) else "en"
        text = " ".join(block.text for part in self.parts if part.name != "chat" for block in part.lines)
        return guess_language(text)

    # Parts

    def _read(self, part: Part) -> None:
        if part.heading:
            self._heading(part)
        elif part.name == "body":
            self._body(part.lines)
        elif part.name == "unknown":
            self.unplaced += part.lines
        elif part.name in labels.PROSE:
            self._prose(part.name, part.lines)
        elif part.name in labels.PEOPLE:
            self._people(part.name, part.lines)
        elif part.name == "biographies":
            self.biographies += part.lines
        elif part.name == "chat":
            self.chat += part.lines
        elif part.name in ("links", "social_media"):
            self._links(part)
        elif part.name in ("presentation", "video", "captions", "transcript", "materials"):
            self._materials(part)
        elif part.name in ("date", "time", "start", "end", "timezone", "duration"):
            self.when.setdefault(part.name, []).extend(part.lines)
        elif part.name in ("venue", "locality", "district", "mode"):
            self.where.setdefault(part.name, []).extend(part.lines)
        elif part.lines:
            self._single(part)

    def _heading(self, part: Part) -> None:
        heading, record = part.heading, self.record
        if heading is None:
            return
        if record.number is None:
            record.number = heading.number
        record.series = record.series or heading.series
        title = heading.title
        if not title and heading.number is not None and part.lines and not record.title:
            title = clean_title(part.lines[0].text)
            self._body(part.lines[1:])
        else:
            self._body(part.lines)
        if title and not record.title:
            record.title = self._without_status(title)
        elif title and fold(title) != fold(record.title):
            self.unplaced.append(Block("line", place=part.place))

    def _without_status(self, title: str) -> str:
        """Take a note such as "(postponed)" out of a title, and keep what it says."""
        if match := _STATUS_NOTE.search(title):
            self.record.status = self.record.status or _status(match[0])
            title = clean_title(_STATUS_NOTE.sub("", title))
        return title

    def _prose(self, name: str, lines: Sequence[Block]) -> None:
        text = prose.join(lines)
        before = getattr(self.record, name)
        setattr(self.record, name, f"{before}\n\n{text}".strip())

    def _people(self, role: str, lines: Sequence[Block]) -> None:
        found, stray = (
            people.read_coordinators(lines)
            if role == "coordinator"
            else people.read_people(role, lines, self.names)
        )
        for person in found:
            self._add_person(person)
        # What is no person in such a part may still be something else: a date, a link, an introduction.
        self._body(stray)

    def _add_person(self, person: Person) -> None:
        """Add a person; said twice in one role they are one, and what is missing is filled in."""
        same_role = [other for other in self.record.people if other.role == person.role]
        other = people.find(same_role, person.name)
        if other is None or people.key(other.name) != people.key(person.name):
            self.record.people.append(person)
            return
        for name in ("position", "affiliation", "country", "biography", "email"):
            if not getattr(other, name):
                setattr(other, name, getattr(person, name))

    def _links(self, part: Part) -> None:
        kind = "shared" if part.name == "links" else part.name
        found, problems, stray = links.read_links(kind, part.lines)
        known = {link.url for link in self.record.links if link.kind == kind}
        self.record.links += [link for link in found if link.url not in known]
        self.record.problems += problems
        self._body(stray)

    def _materials(self, part: Part) -> None:
        default = "" if part.name == "materials" else part.name
        found, problems, stray = links.read_materials(part.lines, default)
        if not part.lines and default:
            found, problems, stray = links.read_materials(
                [Block("line", place=part.place, term=part.label)], default
            )
        self.record.materials += found
        self.record.problems += problems
        self._body(stray)

    def _single(self, part: Part) -> None:
        text = trim(
            ", ".join(trim(block.text) for block in part.lines)
            if part.name in ("topics", "language")
            else " ".join(block.text for block in part.lines)
        )
        record = self.record
        readers: dict[str, Callable[[str], None]] = {
            "organisers": self._organisers,
            "topics": self._topics,
            "language": self._languages,
            "invented": self._invented_value,
            "status": self._status_value,
            "address": self._address,
            "title": self._title_value,
            "number": self._number_value,
        }
        if reader := readers.get(part.name):
            before = list(self.unplaced)
            reader(text)
            if len(self.unplaced) > len(before):
                self.unplaced[-1] = part.lines[0]
        elif not getattr(record, part.name, ""):
            setattr(
                record,
                part.name,
                text.strip('"“”«»') if part.name in ("series", "program", "project") else text,
            )
        elif fold(getattr(record, part.name)) != fold(text):
            self.unplaced += part.lines

    def _organisers(self, text: str) -> None:
        match = _FUNDERS.search(text)
        organisers, funders = (text[: match.start()], text[match.end() :]) if match else (text, "")
        self.record.organisers = self.record.organisers or _without_article(trim(organisers))
        self.record.funders = self.record.funders or _without_article(trim(funders).rstrip("."))

    def _topics(self, text: str) -> None:
        self.record.topics += [topic for piece in re.split(r"\s*[,;|•]\s*", text) if (topic := trim(piece))]

    def _languages(self, text: str) -> None:
        pieces = [fold(piece) for piece in re.split(r"[,;/&|]|\band\b|\by\b", text)]
        found = [_LANGUAGES[piece] for piece in pieces if piece in _LANGUAGES]
        self.record.languages += [code for code in found if code not in self.record.languages]
        if not found:
            self.unplaced.append(Block("line"))

    def _invented_value(self, text: str) -> None:
        self.record.invented = fold(text).split(" ")[0] in _YES

    def _status_value(self, text: str) -> None:
        self.record.status = _status(text)
        if not self.record.status:
            self.unplaced.append(Block("line"))

    def _address(self, text: str) -> None:
        urls = find_urls(text)
        if urls and not self.record.address:
            self.record.address = urls[0]
        elif not urls:
            self.unplaced.append(Block("line"))

    def _title_value(self, text: str) -> None:
        self.record.title = self.record.title or self._without_status(clean_title(text))

    def _number_value(self, text: str) -> None:
        if (number := re.search(r"\d{1,3}", text)) and self.record.number is None:
            self.record.number = int(number[0])
        elif not number:
            self.unplaced.append(Block("line"))

    # Lines that no label covers

    def _body(self, lines: Sequence[Block]) -> None:
        position = 0
        while position < len(lines):
            paragraph = [lines[position]]
            while position + len(paragraph) < len(lines) and not lines[position + len(paragraph)].starts:
                paragraph.append(lines[position + len(paragraph)])
            taken = self._person(lines, position, paragraph)
            if taken:
                position += taken
                continue
            for block in paragraph:
                if not self._line(block, paragraph):
                    self.candidates.append(block)
            position += len(paragraph)

    def _person(self, lines: Sequence[Block], position: int, paragraph: Sequence[Block]) -> int:
        """Read a speaker who is presented without a label; return how many lines that took."""
        first = paragraph[0]
        key = people.key(first.text)
        if people.is_block(paragraph) or (key in self.names and len(paragraph) > 1 and len(paragraph) <= 5):
            found, stray = people.read_people("speaker", paragraph, self.names)
            for person in found:
                self._add_person(person)
            self.unplaced += stray
            return len(paragraph)
        if key in self.names or (
            people.is_name(first.text) and len(paragraph) == 1 and self._presents(lines, position)
        ):
            # Each line is a paragraph of its own: up to three short ones after the name belong to it.
            block = [first]
            for line in lines[position + 1 : position + 4]:
                if not _is_detail(line) or people.key(line.text) in self.names or people.is_name(line.text):
                    break
                block.append(replace(line, starts=False))
            self._people("speaker", block)
            return len(block)
        name, rest = people.split_line(first.text)
        if name and rest and len(paragraph) == 1 and (people.key(name) in self.names or first.bold_start):
            if people.key(name) in self.names or people.is_name(first.bold_start.strip(" :,–—-")):
                self._people("speaker", paragraph)
                return 1
        return 0

    def _presents(self, lines: Sequence[Block], position: int) -> bool:
        """Tell whether the line below a name says what a person does, and for whom."""
        below = lines[position + 1 : position + 2]
        return bool(below) and _is_detail(below[0]) and people.says_position(below[0].text)

    def _line(self, block: Block, paragraph: Sequence[Block]) -> bool:
        """Read one line by what it says of itself; False where it may be the title, or nothing that is known."""
        text, record = block.text, self.record
        if links.names_material(block):
            found, problems, _ = links.read_materials([block])
            record.materials += found
            record.problems += problems
            return True
        if _is_date_line(text):
            self.dated.append(block)
            return True
        if self._names_program(block):
            return True
        if prose.is_prose(" ".join(line.text for line in paragraph)):
            if paragraph[0] is block:
                self._prose("introduction", paragraph)
            return True
        return False

    def _names_program(self, block: Block) -> bool:
        text, record = squeeze(block.text), self.record
        plain = text.strip(' "“”«».,:;')
        if prose.is_prose(text) or len(plain) > _TITLE_LENGTH:
            return False
        if _FOR_WHOM.match(plain) and not record.series and not plain.endswith("."):
            record.series = plain
            return True
        if _SERIES.search(plain) and not record.series and len(plain.split()) <= 14:
            record.series = plain
            return True
        if _PROGRAM.search(plain) and not record.program and len(plain.split()) <= 14:
            record.program = plain
            return True
        status = _status(plain)
        if status and len(plain.split()) <= 3:
            record.status = record.status or status
            return True
        return False

    # What depends on several parts

    def _date(self) -> None:
        stated = {name: lines for name, lines in self.when.items() if lines}
        if stated.keys() & {"date", "start", "time"}:
            lines = [block for name in ("date", "time", "start") for block in stated.get(name, [])]
            rest_lines = self.dated
        elif self.dated:
            # The first that gives a day and a time of day, else the first.
            full = [block for block in self.dated if dates.read(block.text).start] or self.dated
            lines, rest_lines = full[:1], [block for block in self.dated if block is not full[0]]
            following = next((block for block in rest_lines if not dates.has_full_date(block.text)), None)
            if following is not None and dates.read(full[0].text).start is None:
                lines, rest_lines = (
                    [full[0], following],
                    [block for block in rest_lines if block is not following],
                )
        else:
            lines, rest_lines = self._date_in_prose(), []
            if not lines:
                return
        self._when(lines, stated)
        if self.record.start is None and not self.record.date_as_stated.strip():
            self.record.date_as_stated = trim(" ".join(block.text for block in lines))
        self.unplaced += [block for block in rest_lines if not self._same_day(block)]

    def _date_in_prose(self) -> list[Block]:
        """Return the sentence of the introduction that gives a day and a time of day, if there is one only."""
        found = [
            text
            for text in prose.sentences(self.record.introduction)
            if dates.has_full_date(text) and dates.read(text).start
        ]
        return [Block("line", (Run(found[0]),))] if len(found) == 1 else []

    def _when(self, lines: Sequence[Block], stated: dict[str, list[Block]]) -> None:
        def said(name: str) -> str:
            return " ".join(block.text for block in stated.get(name, []))

        record = self.record
        text = ", ".join(squeeze(block.text) for block in lines)
        when = dates.read(
            text, end=said("end"), zone=said("timezone"), duration=said("duration"), place=lines[0].place
        )
        record.start, record.end, record.timezone = when.start, when.end, when.zone
        record.date_as_stated = trim(when.stated)
        record.problems += when.problems
        if not lines[0].place:
            return
        rest = trim(re.sub(r"(?:\s*[,;|–—-]\s*)+", ", ", when.rest))
        if rest and re.search(r"[^\W\d_]{2}", rest) and (when.start or not when.stated):
            self.where["dated"] = [Block("line", (Run(rest),), lines[0].place)]

    def _same_day(self, block: Block) -> bool:
        """Tell whether another line only says the same date again."""
        when = dates.read(block.text)
        start = self.record.start
        return bool(start and when.start and when.start == start) or bool(
            start and f"{start.day}" in block.text and f"{start.year}" in block.text and when.start is None
        )

    def _place(self) -> None:
        record = self.record
        texts = {
            name: squeeze(", ".join(block.text for block in lines))
            for name, lines in self.where.items()
            if lines
        }
        for name in ("venue", "dated"):
            if name not in texts:
                continue
            place = places.read(texts[name])
            if (
                name == "dated"
                and record.venue_name
                and place.venue
                and fold(place.venue) != fold(record.venue_name)
            ):
                self.unplaced += self.where[name]
            record.venue_name = record.venue_name or place.venue
            record.locality = record.locality or place.locality
            record.district = record.district or place.district
        if "locality" in texts:
            place = places.read(texts["locality"])
            record.locality = place.locality or trim(texts["locality"])
            record.district = place.district or record.district
        if "district" in texts:
            record.district = places.district_code(texts["district"]) or places.district_code(
                f"{texts['district']} district"
            )
            if not record.district:
                self.problem(
                    "district-unknown",
                    "The district is none of Belize, Cayo, Corozal, Orange Walk, Stann Creek and Toledo. Correct it.",
                    self.where["district"][0].place,
                    "district",
                )
        elif record.venue_name and not record.district:
            self.problem(
                "district-unknown",
                "The venue names no town of Belize that is known, so there is no district. Write the town after the"
                " venue, such as: BTEC, Belize City.",
                (self.where.get("venue") or self.where["dated"])[0].place,
                "district",
            )
        self._mode(texts)

    def _mode(self, texts: dict[str, str]) -> None:
        record = self.record
        if "mode" in texts:
            record.mode = places.mode_of(texts["mode"])
            if not record.mode:
                self.unplaced += self.where["mode"]
            return
        short = " ".join(texts.get(name, "") for name in ("venue", "dated", "locality"))
        said = places.mode_stated(short)
        if not said:
            said = places.mode_stated(
                " ".join((record.introduction, record.objective, record.rationale, record.certificate_rule))
            )
        # A room and a connection are both given.
        record.mode = "hybrid" if said == "online" and record.venue_name else said

    def _title(self) -> None:
        """Find the title among the lines that nothing else claims, where no numbered or labelled one was."""
        record = self.record
        usable = [
            block
            for block in self.candidates
            if 3 < len(block.text) <= _TITLE_LENGTH and not block.text.endswith((":", "@"))
        ]
        if not record.title and usable:
            best = next((block for block in usable if block.kind == "heading"), None) or next(
                (block for block in usable if block.bold), usable[0]
            )
            record.title = self._without_status(clean_title(best.text))
            self.candidates.remove(best)
        if not record.title and self.page_title:
            record.title = self._without_status(clean_title(self.page_title))
        for block in self.candidates:
            if fold(block.text) not in (fold(record.title), fold(record.series), fold(record.program)):
                self.unplaced.append(block)

    def _biographies(self) -> None:
        biographies, stray = people.read_biographies(self.biographies, self.record.people)
        people.add_biographies(biographies, self.record.people)
        self.unplaced += stray

    def _messages(self) -> None:
        read = chat.read(self.chat, [person.name for person in self.record.people])
        self.record.messages = [
            Message(
                number,
                entry.author,
                "\n".join(entry.lines),
                entry.places[0],
                entry.at,
                read.replies.get(number - 1, ""),
            )
            for number, entry in enumerate(read.entries, 1)
        ]
        self.unplaced += read.stray
        if read.private:
            count = len(read.private)
            self.problem(
                "private-message-left-out",
                f"{count} private message{'s were' if count > 1 else ' was'} left out of the chat."
                " Nothing needs to be done.",
                read.private[0],
                "questions",
            )

    def _certificate(self) -> None:
        record = self.record
        if not record.certificate_rule:
            text = "\n".join((record.rationale, record.objective, record.introduction))
            record.certificate_rule = prose.certificate_rule(text)

    def _invented(self) -> None:
        texts = [self.record.introduction, *(block.text for block in self.unplaced)]
        self.record.invented = self.record.invented or any(prose.says_invented(text) for text in texts)

    # Reports

    def _report_unplaced(self) -> None:
        for block in self.unplaced[:_MOST_UNPLACED]:
            self.problem(
                "unplaced-line",
                "This line belongs to no part of the record that is known, and was left out. Put it under a label"
                " such as Objective: or Links shared:, or take it out.",
                block.place,
            )
        if (more := len(self.unplaced) - _MOST_UNPLACED) > 0:
            self.problem(
                "unplaced-lines",
                f"{more} more lines belong to no part of the record that is known, and were left out. Put them under"
                " labels such as Objective: or Chat:, or take them out.",
                self.unplaced[_MOST_UNPLACED].place,
            )

    def _missing(self) -> Iterable[Problem]:
        record = self.record
        if not record.title:
            yield Problem(
                "title-missing",
                "The record has no title. Write it on a line such as: Webinar 1: Title of the session.",
                field="title",
                rejects=True,
            )
        dated = record.start is not None or record.date_as_stated
        if record.title and not (dated or record.number is not None or record.people or record.series):
            yield Problem(
                "record-unrecognised",
                "Nothing here tells a session record from any other text: no number, date, series or speaker. Give"
                " them on lines such as: Webinar 1: Title, and Date: 13 February 2020, 10:30 AM - 12:00 PM.",
                rejects=True,
            )
        if not dated:
            yield Problem(
                "date-missing",
                "The record has no date. Write it on a line such as: Date: 13 February 2020, 10:30 AM - 12:00 PM.",
                field="start",
            )


def _is_date_line(text: str) -> bool:
    """Tell a line that is there to give the date from a sentence that mentions one."""
    if len(text) > 220:
        return False
    if not dates.has_date(text):
        return dates.is_time(text)
    rest = dates.read(text).rest if dates.has_full_date(text) else ""
    return len(rest.split()) <= 14 and not re.search(r"[a-záéíóú]{3}\.\s", rest)


def _is_detail(block: Block) -> bool:
    """Tell whether a line may be the position or affiliation of the name above."""
    text = block.text
    return (
        block.kind != "heading"
        and len(text) <= 160
        and not text.rstrip().endswith((".", ":", "!", "?"))
        and not block.links
        and not dates.has_date(text)
        and labels.match(block) is None
    )


def _status(text: str) -> str:
    return next((status for status, pattern in _STATUS if pattern.search(text)), "")


def _without_article(text: str) -> str:
    text = re.sub(r"^(?:by |por )?(?:the |el |la |los |las )", "", text)
    return text[:1].upper() + text[1:]
