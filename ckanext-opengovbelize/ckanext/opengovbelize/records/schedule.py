"""When and where: from the labelled lines of a record, and from those that give a date by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from . import clock, dates, places, prose, values
from .document import Block, Run
from .names import is_name
from .problems import Problem
from .session import SessionRecord
from .titles import of_series
from .words import fold, squeeze, trim

WHEN = frozenset(("date", "time", "start", "end", "timezone", "duration"))
WHERE = frozenset(("venue", "locality", "district", "mode"))
_SERIES = re.compile(r"\b(?:series|serie|ciclo)\b", re.IGNORECASE)
# What stands between the date and what is said beside it, but no hyphen of a word or of a telephone number.
_BESIDE = re.compile(r"[,;|·•]|(?<!\w)[–—-]|[–—-](?!\w)|[–—](?!\d)")
# What heads each day of an event that lasts several: "Day 1: 5 May 2024", "Día dos".
DAY = re.compile(
    r"\W*(?:day|d[ií]a|jornada)\s+(?:\d{1,2}|one|two|three|four|five|uno|dos|tres|cuatro|cinco)\b\s*[:.,|–—-]*\s*",
    re.IGNORECASE,
)
# "The Trust will hold the webinar on Thursday ..."
_ANNOUNCES = re.compile(
    r"\b(?:(?:will|to) (?:be held|take place|hold|host|present)|invites?\b.{0,40}|is (?:inviting|pleased to invite)"
    r"|(?:se (?:realizar[aá]|llevar[aá] a cabo|celebrar[aá])|tendr[aá] lugar|realizar[aá]n?"
    r"|invita(?:n|mos|r(?:l[eo]s?)?)?))\b",
    re.IGNORECASE,
)
# Until when one may do something: that is no day of the session.
_DEADLINE = re.compile(
    r"\b(?:deadline|rsvp|fecha l[ií]mite"
    r"|(?:register|registration|confirm\w*|apply|submit\w*|repl(?:y|ies))\b.{0,60}\b(?:by|before|until|closes?)"
    r"|(?:confirm\w+|inscri\w+|registr\w+|env[ií]\w+)\b.{0,60}\b(?:antes del?|hasta|a m[aá]s tardar))\b",
    re.IGNORECASE,
)
# More words beside a date are a sentence with the word series in it.
_MOST_WORDS_OF_A_SERIES = 9
_DATELINE = re.compile(r"[^\W\d_][^–—]{4,80}?\s*[–—-]{1,2}\s+(?=[A-ZÁÉÍÓÚÑ])")
_LONGEST_DATE_LINE = 220
_LONGEST_PLACE = 90
# More words than these beside a date make a sentence that mentions one.
_MOST_WORDS_BESIDE = 14


@dataclass
class Schedule:
    """The lines that say when and where: under their labels, and without any (``dated``, ``placed``).

    ``sentence`` is the one that gives the date, where only prose does.
    ``joined_online`` says that the record told how to enter a meeting, ``over_days`` that it is of an event with a
    part for each of its days.
    """

    labelled: dict[str, list[Block]] = field(default_factory=dict)
    dated: list[Block] = field(default_factory=list)
    placed: list[Block] = field(default_factory=list)
    unplaced: list[Block] = field(default_factory=list)
    joined_online: bool = False
    over_days: bool = False
    sentence: str = ""

    def add(self, name: str, lines: Sequence[Block]) -> None:
        """Add the lines under a label."""
        if lines:
            self.labelled.setdefault(name, []).extend(lines)

    def fill(self, record: SessionRecord) -> None:
        """Fill date, place and mode of the record, once its prose is read."""
        if "venue" in self.labelled:
            self.unplaced += self.placed
        else:
            self.add("venue", self.placed)
        days = self._days() if self.over_days else []
        if len(days) > 1:
            _from_first_to_last(days, record)
            lines, others = [], []
        else:
            lines, others = self._date_lines(record)
        beside = self._date(lines, record) if lines else None
        self.unplaced += [block for block in others if not _same_day(block, record)]
        self._place(beside, record)
        self._mode(beside, record)

    # When

    def _days(self) -> list[Block]:
        """Return a line for each day that the record states, in order; one with a time of day where there is one."""
        found: dict[date, Block] = {}
        for block in (*self.labelled.get("date", []), *self.labelled.get("start", []), *self.dated):
            day = dates.day_in(block.text)
            if day and (day not in found or dates.read(found[day].text).start is None):
                found[day] = block
        return [block for _, block in sorted(found.items(), key=lambda one: one[0])]

    def _date_lines(self, record: SessionRecord) -> tuple[list[Block], list[Block]]:
        """Return the lines that give the date, and the other lines with dates."""
        labelled = [block for name in ("date", "time", "start") for block in self.labelled.get(name, [])]
        if labelled:
            days = [dates.day_in(block.text) for block in labelled]
            first = next(filter(None, days), None)
            chosen = [block for block, day in zip(labelled, days, strict=True) if day in (None, first)]
            others = [block for block, day in zip(labelled, days, strict=True) if day not in (None, first)]
            apart = self._bare_times(chosen) if first else self._bare_days()
            left = [block for block in self.dated if not any(block is one for one in apart)]
            return [*chosen, *apart], [*others, *left]
        if not self.dated:
            found = _date_in_prose(record)
            self.sentence = found[0].text if found else ""
            return found, []
        # The first that gives a day and a time of day; else day and time of day from different lines.
        complete = next((block for block in self.dated if dates.read(block.text).start), None)
        if complete is not None:
            chosen = [complete]
        elif announced := self._announced(record):
            # The line with a day alone is that of the press release, or says the same day.
            chosen = announced
        else:
            day = next((block for block in self.dated if dates.has_full_date(block.text)), self.dated[0])
            clock = next((block for block in self.dated if not dates.has_full_date(block.text)), None)
            chosen = [day] if clock in (None, day) else [day, clock]
        return chosen, [block for block in self.dated if not any(block is one for one in chosen)]

    def _bare_times(self, dated: Sequence[Block]) -> list[Block]:
        """Return the line with nothing but the time of day that the lines with the day do without, if there is one."""
        if any(clock.first_in(block.text) for block in dated):
            return []
        times = [block for block in self.dated if dates.is_time(block.text)]
        return times if len(times) == 1 else []

    def _bare_days(self) -> list[Block]:
        """Return the line with the day that a label of the time alone does without, if there is one such day."""
        dated = [block for block in self.dated if dates.has_full_date(block.text)]
        return dated[:1] if len({dates.day_in(block.text) for block in dated}) == 1 else []

    def _announced(self, record: SessionRecord) -> list[Block]:
        """Return the sentence that says when the session is, where no line of its own gives a time of day."""
        found = _date_in_prose(record)
        if not found or any(clock.first_in(block.text) for block in self.dated):
            return []
        day = dates.day_in(found[0].text)
        if not (_ANNOUNCES.search(found[0].text) or any(dates.day_in(one.text) == day for one in self.dated)):
            return []
        self.sentence = found[0].text
        return found

    def _date(self, lines: Sequence[Block], record: SessionRecord) -> Block | None:
        """Read the date; return what stands beside it, mostly the venue."""
        when = dates.read(
            ", ".join(squeeze(block.text) for block in lines),
            end=self._text("end"),
            zone=self._text("timezone"),
            duration=self._text("duration"),
            place=lines[0].place,
        )
        record.start, record.end, record.timezone = when.start, when.end, when.zone
        record.date_as_stated = trim(when.stated)
        record.problems += when.problems
        pieces = [said for piece in _BESIDE.split(when.rest) if (said := piece.strip())]
        rest = self._settled(pieces, lines[0], record)
        understood = when.start is not None or not when.stated
        if not (lines[0].place and understood and re.search(r"[^\W\d_]{2}", rest)):
            return None
        # It may stand on a line of its own below the date.
        own = [line for line in lines[1:] if fold(line.text) and fold(line.text) in fold(rest)]
        beside = Block("line", (Run(rest),), (own or lines)[0].place)
        if dates.has_date(rest) or dates.is_time(rest):
            # Another day or time, which contradicts the one that was read.
            self.unplaced.append(next((line for line in lines[1:] if dates.has_date(line.text)), lines[-1]))
            return None
        return beside

    def _settled(self, pieces: Sequence[str], line: Block, record: SessionRecord) -> str:
        """Return what stands beside a date without its series, "postponed" or "to be confirmed"."""
        names = [piece for piece in pieces if _SERIES.search(piece)][: 0 if record.series else 1]
        for name in names:
            number, series = of_series(name)
            record.number = record.number or number
            record.series = series or (trim(name) if len(name.split()) <= _MOST_WORDS_OF_A_SERIES else "")
        pieces = [piece for piece in pieces if piece not in names]
        kept = [piece for piece in pieces if not values.says_unsettled(piece)]
        if len(kept) < len(pieces):
            status = values.status_of(" ".join(pieces))
            record.status = record.status or status
            self.unplaced += [] if status else [line]
        return trim(", ".join(kept))

    def _text(self, name: str) -> str:
        return squeeze(", ".join(block.text for block in self.labelled.get(name, [])))

    # Where

    def _place(self, beside: Block | None, record: SessionRecord) -> None:
        venue = self.labelled.get("venue", [])
        if venue:
            self._take(places.read(self._text("venue")), record)
        if self.sentence and not venue:
            self._take(places.in_sentence(self.sentence), record)
        if beside is not None:
            place = places.read(beside.text)
            if record.venue_name and place.venue and fold(place.venue) != fold(record.venue_name):
                self.unplaced.append(beside)
            self._take(place, record)
        if text := self._text("locality"):
            place = places.read(text)
            record.locality = place.locality or trim(text)
            record.district = place.district or record.district
        self._district(venue[0].place if venue else beside.place if beside else "", record)

    def _take(self, place: places.Place, record: SessionRecord) -> None:
        record.venue_name = record.venue_name or place.venue
        record.locality = record.locality or place.locality
        record.district = record.district or place.district

    def _district(self, place: str, record: SessionRecord) -> None:
        message = ""
        if text := self._text("district"):
            record.district = places.district_code(text) or places.district_code(f"{text} district")
            place = self.labelled["district"][0].place
            message = (
                "The district is none of Belize, Cayo, Corozal, Orange Walk, Stann Creek and Toledo."
                " Correct it."
            )
        elif record.venue_name:
            message = (
                "The venue names no known town of Belize, so there is no district. Write the town after"
                " the venue, such as: BTEC, Belize City."
            )
        if message and not record.district:
            record.problems.append(Problem("district-unknown", message, place=place, field="district"))

    def _mode(self, beside: Block | None, record: SessionRecord) -> None:
        if text := self._text("mode"):
            record.mode = places.mode_of(text)
            self.unplaced += [] if record.mode else self.labelled["mode"]
            return
        short = f"{self._text('venue')} {self._text('locality')} {beside.text if beside else ''}"
        long = (record.introduction, record.objective, record.rationale, record.certificate_rule)
        said = places.mode_stated(short) or places.mode_stated(" ".join(long))
        if self.joined_online:
            said = {"": "online", "in-person": "hybrid"}.get(said, said)
        # A room and a connection are both given.
        record.mode = "hybrid" if said == "online" and record.venue_name else said


def _from_first_to_last(days: Sequence[Block], record: SessionRecord) -> None:
    """Set the time of an event from the start of its first day to the end of its last."""
    first, last = (
        dates.read(DAY.sub("", block.text, count=1), place=block.place) for block in (days[0], days[-1])
    )
    record.problems += [*first.problems, *last.problems]
    if first.start and last.start:
        record.start, record.end, record.timezone = first.start, last.end, first.zone
    else:
        record.date_as_stated = "; ".join(trim(squeeze(block.text)) for block in days)


def announced(record: SessionRecord) -> str:
    """Return the sentence of the introduction that announces the session, or nothing."""
    return next((text for text in prose.sentences(record.introduction) if _ANNOUNCES.search(text)), "")


def is_date_line(text: str) -> bool:
    """Tell a line that is there to give the date, or the time of day, from a sentence that mentions one."""
    if len(text) > _LONGEST_DATE_LINE:
        return False
    if (deadline := _DEADLINE.search(text)) and not dates.has_full_date(text[: deadline.start()]):
        return False
    if not dates.has_date(text):
        return dates.is_time(text)
    rest = dates.read(text).rest if dates.has_full_date(text) else ""
    return len(rest.split()) <= _MOST_WORDS_BESIDE and not re.search(r"[a-záéíóú]{3}\.\s", rest)


def is_place(block: Block, below: Sequence[Block]) -> bool:
    """Tell whether a line next to a date, or it and the one below, says where: "Reef Hall, Dangriga", "Online"."""
    text = block.text
    if (
        not 2 < len(text) <= _LONGEST_PLACE
        or text.endswith((".", ":", "?", "!"))
        or block.term
        or block.links
    ):
        return False
    found = places.read(text)
    if found.locality or (found.online and not found.venue):
        return True
    return bool(below) and not is_name(text) and places.is_town(below[0].text)


def _date_in_prose(record: SessionRecord) -> list[Block]:
    """Return the sentence of the introduction that gives a day and a time of day, if there is one only."""
    found = [
        text
        for sentence in prose.sentences(record.introduction)
        if dates.has_full_date(text := _without_dateline(sentence)) and dates.read(text).start
    ]
    return [Block("line", (Run(found[0]),))] if len(found) == 1 else []


def _without_dateline(sentence: str) -> str:
    """Return the first sentence of a press release without where and when it was written: "Belmopan, 2 May 2024 –"."""
    line = _DATELINE.match(sentence)
    rest = sentence[line.end() :] if line else ""
    return rest if line and dates.has_full_date(line[0]) and dates.has_full_date(rest) else sentence


def _same_day(block: Block, record: SessionRecord) -> bool:
    """Tell whether another line only says the same date again."""
    when, start = dates.read(block.text), record.start
    if start is None:
        day = dates.day_in(block.text)
        return when.start is None and (
            fold(block.text) == fold(record.date_as_stated)
            or (day is not None and day == dates.day_in(record.date_as_stated))
        )
    if when.start is not None:
        return when.start == start
    return f"{start.day}" in block.text and f"{start.year}" in block.text
