"""Whom the organisers' own words mention: people, told from institutions, places, plans and titles.

The chat is screened more strictly (``redact.strangers``), where a question that loses a word waits for an
editor. Here the word of an institution, a place or a thing saves a row of capitals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..records.session import SessionRecord
from ..records.vocabulary import any_of, load
from .dictionary import is_ordinary, languages_of
from .folding import Token, tokens, words
from .name_words import (
    are_of_one_language,
    bearable,
    body_words,
    family_words,
    given_words,
    has_capital,
    is_acronym,
    is_body_or_thing,
    is_borne_by_people_only,
    is_surely_given,
    is_unknown,
    known_phrases,
    may_be_borne,
    thing_words,
)
from .patterns import find, urls
from .sentences import starts_sentence
from .vocabulary import phrases, word_set

_PARTICLES = frozenset({"de", "del", "la", "las", "los", "van", "von", "da", "dos", "di", "bin", "al", "der"})
_BODY_OF = frozenset({"of", "de", "del", "for", "para"})
_STORMS = frozenset({"hurricane", "huracan", "storm", "tormenta", "santa", "san"})
_SHORTENED = frozenset({"st", "sta", "sto", "mt", "ft", "pte"})
SMALL_WORDS = frozenset(
    words(
        "a an and as at but by for from in into of on or over the to up with y e o de del la el los las en con"
    )
)
# Titles that are ordinary words too: what follows them is a name only where it is no ordinary word.
_LOOSE_TITLES = frozenset(
    words("sister brother aunt uncle tio tia cousin primo prima don pastor padre madam lic ing")
)
_JOB = re.compile(any_of(load("people")["job"]), re.IGNORECASE)
_JOINT = re.compile(r"[ \t]{1,2}|['’-]")
_BEFORE_ADDRESS = (
    r"\s*(?:[,;:(\[<|–-]"
    r"|(?:at|on|al|en|e-?mail|correo|tel|cell?|mobile|phone|tel[eé]fono|celular|whatsapp)\b\.?|\s)*\s*"
)
_ADDRESS_BEHIND = re.compile(rf"{_BEFORE_ADDRESS}[\w.+-]{{1,64}}@[\w-]", re.IGNORECASE)
_NUMBER_BEHIND = re.compile(rf"{_BEFORE_ADDRESS}(?P<number>[+(]?\d[\d ().-]{{4,20}}\d)", re.IGNORECASE)
_AND = frozenset({"and", "y", "e"})
_BY = frozenset({"by", "por"})
_ARTICLES = frozenset({"the", "a", "an", "this", "our"})
_OWNED = re.compile(r"['’]s\s+[^\W\d_A-Z]")
_BEFORE_CONTACT = re.compile(r"\s{1,3}|:\s{0,3}")
_NICKNAME = re.compile(r"[\"“«][^\W\d_]+[\"”»]\s")
_NICKNAME_FIRST = re.compile(r".?[^\W\d_]+\s[\"“«][^\W\d_]+[\"”»]")
_AFTER_POINT = re.compile(r"\.[ \t]?")
_SHORTEST_ACRONYM = 3
_LONGEST_NAME = 5
# So many everyday words are a name; more of them are a title or the name of a body.
_LONGEST_EVERYDAY_NAME = 3
# What is longer is no name of a body.
LONGEST_BODY = 150
# A text with fewer words in small letters, beside articles and the like, is written like a title.
_FEWEST_SMALL = 0.15


@dataclass(frozen=True)
class Known:
    """What a record says in public roles.

    Attributes:
        people: for each person in a public role, the folded words of the name.
        bodies: the folded names of their institutions.
        others: by its first word, the folded words of each name that the source gives without a public role.
    """

    people: tuple[frozenset[str], ...] = ()
    bodies: tuple[str, ...] = ()
    others: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    def is_public(self, name: Sequence[str]) -> bool:
        """Return whether a name is that of a person in a public role, be it short or with a middle name."""
        said = frozenset(name)
        return any(said <= own or (len(own) > 1 and own <= said) for own in self.people)

    def is_body(self, name: Sequence[str]) -> bool:
        """Return whether the words stand in the name of an institution of the record."""
        said = f" {' '.join(name)} "
        return any(said in f" {body} " for body in self.bodies)


def known_of(record: SessionRecord) -> Known:
    """Return the people in public roles and the institutions that a record names."""
    people = tuple(frozenset(words(person.name)) for person in record.people if words(person.name))
    bodies = {person.affiliation for person in record.people} - {""}
    # An institution that is called after somebody who has no role is no reason to publish the name.
    plain = [body for body in bodies if not mentioned(body, Known(people), careful=len(body) <= LONGEST_BODY)]
    return Known(people, tuple(" ".join(words(body)) for body in plain), _others(record, Known(people)))


def _others(record: SessionRecord, known: Known) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the names that the source gives without a public role, each as it is said and turned round."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name in dict.fromkeys(tuple(words(name)) for name in record.others):
        if len(name) > 1 and not known.is_public(name):
            for said in (name, (name[-1], *name[:-1])):
                found[said[0]] = (*found.get(said[0], ()), said)
    return found


def mentioned(text: str, known: Known, *, careful: bool = False) -> list[tuple[int, int]]:
    """Return where a text of the organisers names a person who has no public role, one span for each name.

    Args:
        text: the text.
        known: the record's public people and institutions.
        careful: whether a word that no dictionary has is no sign of a person, as in the name of an institution.
    """
    links = urls(text)
    units = [unit for unit in tokens(text) if not any(link.start <= unit.start < link.end for link in links)]
    reader = _Reader(text, units, known, careful)
    return [(units[row.start].start, units[row.stop - 1].end) for row in reader.names()]


def named_alone(text: str, known: Known, *, careful: bool = False) -> list[str]:
    """Return who has no public role in a text that should be the name of one institution or file and nothing else.

    ``careful`` as for ``mentioned``.
    """
    said = text.title() if text[1:].islower() else text
    units = tokens(said)
    reader = _Reader(said, units, known, careful, alone=True)
    return [said[units[row.start].start : units[row.stop - 1].end] for row in reader.names()]


@dataclass
class Mentions:
    """Whom the texts of one record mention without a public role. Each text is gone through once."""

    known: Known
    _found: dict[tuple[str, bool], list[tuple[int, int]]] = field(default_factory=dict)

    def of(self, text: str, *, careful: bool = False) -> list[tuple[int, int]]:
        """Return what ``mentioned`` does."""
        asked = (text, careful)
        if asked not in self._found:
            self._found[asked] = mentioned(text, self.known, careful=careful)
        return self._found[asked]


@dataclass
class _Reader:
    text: str
    units: list[Token]
    known: Known
    careful: bool
    # Whether the text should be nothing but a name.
    alone: bool = False
    # The last name behind a word that brings in people: others may follow it.
    asked: range | None = None

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The language of the text, or all where it is not clear."""
        return languages_of(unit.original for unit in self.units)

    def names(self) -> list[range]:
        """Return the rows of words that are names of people without a public role."""
        found = self._others()
        like_title = not self.alone and _is_like_title(self.units)
        position = 0
        while position < len(self.units):
            row = self._row(position)
            for name in self._in_title(row) if like_title else self._in_prose(row):
                name = self._with_particles(name)
                if not self.known.is_public(self._folded(name)):
                    found.append(name)
            position = max(row.stop, position + 1)
        return _apart(found)

    def _others(self) -> list[range]:
        """Return where a name stands that the source itself gives to somebody without a public role."""
        found = []
        for first, unit in enumerate(self.units):
            for name in self.known.others.get(unit.folded, ()):
                row = range(first, first + len(name))
                if row.stop <= len(self.units) and tuple(self._folded(row)) == name:
                    found.append(row)
        return found

    def _folded(self, row: range) -> list[str]:
        return [self.units[index].folded for index in row]

    def _row(self, first: int) -> range:
        """Return the words with a capital from ``first`` on that stand side by side."""
        last = first
        while last < len(self.units) and has_capital(self.units[last]):
            last += 1
            if not self._adjacent(last - 1, last):
                break
        return range(first, last)

    def _adjacent(self, first: int, second: int) -> bool:
        if not 0 <= first < second < len(self.units):
            return False
        one, other = self.units[first], self.units[second]
        between = self.text[one.end : other.start]
        if _JOINT.fullmatch(between):
            return True
        if len(between) == 2 and (self._is_quoted(one, other) or self._is_turned(one, other)):
            return True
        short = len(one.folded) == 1 or one.folded in word_set("titles") or one.folded in _SHORTENED
        return short and bool(_AFTER_POINT.fullmatch(between))

    def _is_quoted(self, one: Token, other: Token) -> bool:
        """Return whether one of two neighbours is a nickname in quotes: Ana "Anita" Sample."""
        around = self.text[max(0, one.start - 1) : other.end + 1]
        return bool(_NICKNAME.match(around) or _NICKNAME_FIRST.fullmatch(around))

    def _is_turned(self, last: Token, first: Token) -> bool:
        """Return whether two words at a comma are a name turned round: "SAMPLE, Ana"."""
        if (
            self.text[last.end : first.start] != ", "
            or not last.original.isupper()
            or first.original.isupper()
        ):
            return False
        bearable = has_capital(first) and (is_surely_given(first.folded) or is_unknown(first))
        return bearable and len(last.folded) > _SHORTEST_ACRONYM and last.folded not in thing_words()

    # Prose

    def _in_prose(self, row: range) -> list[range]:
        row = range(self._behind_office(row), row.stop)
        if not row or self.units[row.start].folded in word_set("offices"):
            return []
        titled = self._is_titled(row)
        if self._is_thing(row, titled):
            return []
        if not titled and row.start and self._is_of_body(row):
            return []
        if asked := self._asked(row):
            return [asked]
        if not titled and not self._has_address(row) and starts_sentence(self.text, self.units[row.start]):
            while len(row) and not self._may_begin_name(row.start):
                row = row[1:]
        if not row or len(row) > _LONGEST_NAME:
            return []
        sure = (
            titled
            or self._has_address(row)
            or (len(row) == 1 and self._is_given_alone(row.start))
            or self._owns(row)
            or self._is_full_name(row)
        )
        return [row] if sure else []

    def _behind_office(self, row: range) -> int:
        """Return where a name may begin: behind the last title or office in the row."""
        for index in reversed(row[:-1]):
            word = self.units[index].folded
            if word in word_set("titles") or word in word_set("offices") or _JOB.fullmatch(word):
                return index + 1
        return row.start

    def _is_titled(self, row: range) -> bool:
        """Return whether a title such as "Hon." or an office stands before the row."""
        if not row or not self._adjacent(row.start - 1, row.start):
            return False
        before, word = self.units[row.start - 1].folded, self.units[row.start]
        if before in word_set("titles") and before not in _LOOSE_TITLES:
            return True
        holder = before in word_set("titles") or before in word_set("offices")
        return holder and (is_unknown(word) or word.folded in bearable()) and not is_acronym(word)

    def _is_thing(self, row: range, titled: bool) -> bool:
        """Return whether a word of the row is that of a body, a place or a thing."""
        folded = self._folded(row)
        if self.known.is_body(folded) or " ".join(folded) in known_phrases():
            return True
        begins_name = titled or is_borne_by_people_only(folded[0])
        rest = folded[1:] if begins_name else folded
        # Behind a title even an everyday word is a family name, but for that of a hospital or a street.
        if any(word in (body_words() if titled else thing_words()) for word in rest):
            return True
        return not is_surely_given(folded[0]) and any(
            " ".join(folded[start : start + size]) in known_phrases()
            for size in (1, 2, 3)
            for start in range(len(folded))
            if folded[start] not in bearable() or size > 1
        )

    def _asked(self, row: range) -> range | None:
        """Return the name behind words such as "Contact" and "Register with", which may begin the row."""
        for first in (row.start, row.start + 1):
            name = range(first, row.stop)
            if not 2 <= len(name) <= _LONGEST_NAME or not first:
                continue
            gap = self.text[self.units[first - 1].end : self.units[first].start]
            if not _BEFORE_CONTACT.fullmatch(gap) or self._is_thing(name, titled=False):
                continue
            if self._is_asked(name, labelled=":" in gap):
                self.asked = name
                return name
        return None

    def _is_asked(self, name: range, *, labelled: bool) -> bool:
        """Return whether the words before a row of capitals say that it is somebody."""
        before = [unit.folded for unit in self.units[max(0, name.start - 2) : name.start]]
        said, last = " ".join(before), before[-1]
        # "Contact Tracing Apps": one word alone may be part of a thing.
        surely = labelled or self._has_address(name)
        if said in phrases("contacts") or (surely and last in phrases("contacts")):
            return True
        goes_on = last in _AND and self.asked is not None and self.asked.stop == name.start - 1
        done = said in phrases("agents") or (labelled and last in phrases("helpers")) or goes_on
        if done and self._is_foreign(name):
            return True
        if last in _BY and any(is_unknown(self.units[index]) for index in name):
            return True
        brought = done or last in _BY or said in phrases("companions")
        return brought and self._may_be_given(name)

    def _may_be_given(self, row: range) -> bool:
        """Return whether a short row begins with an ordinary word that is a given name, too."""
        first = self.units[row.start].folded
        given = first in given_words() and first not in word_set("capitals")
        return given and len(row) <= _LONGEST_EVERYDAY_NAME

    def _owns(self, row: range) -> bool:
        """Return whether something is somebody's: "Ana Sample's notes"."""
        of_thing = self._adjacent(row.start - 1, row.start) and self.units[row.start - 1].folded in _ARTICLES
        if of_thing or not 2 <= len(row) <= _LONGEST_EVERYDAY_NAME:
            return False
        owned = _OWNED.match(self.text, self.units[row.stop - 1].end)
        unknown = any(is_unknown(self.units[index]) for index in row)
        return bool(owned) and (unknown or self._may_be_given(row))

    def _is_foreign(self, row: range) -> bool:
        """Return whether a word of the row is no ordinary one of the language of the other words."""
        others = (unit.original for index, unit in enumerate(self.units) if index not in row)
        languages = languages_of(others)
        return not all(is_ordinary(self.units[index].original, languages) for index in row)

    def _has_address(self, row: range) -> bool:
        """Return whether an address or a number stands behind a row of two words or more: "Ana Sample (ana@...)"."""
        if not 1 < len(row) <= _LONGEST_NAME:
            return False
        behind = self.text[self.units[row.stop - 1].end :]
        number = _NUMBER_BEHIND.match(behind)
        return bool(_ADDRESS_BEHIND.match(behind) or (number and find(number["number"])))

    def _is_of_body(self, row: range) -> bool:
        """Return whether the row belongs to a body before it: "University of Sherbrooke"."""
        before = row.start - 1
        while before > 0 and self.units[before].folded in _PARTICLES | {"the"} - _BODY_OF:
            before -= 1
        if before < 1 or self.units[before].folded not in _BODY_OF or not self._adjacent(before - 1, before):
            return False
        given = self.units[row.start].folded in word_set("given_names") and len(row) > 1
        return not given and is_body_or_thing(self.units[before - 1].folded)

    def _may_begin_name(self, index: int) -> bool:
        unit = self.units[index]
        borne = unit.folded in bearable() or unit.folded in given_words()
        known = borne or any(unit.folded in name for name in self.known.people)
        turned = index + 1 < len(self.units) and self._is_turned(unit, self.units[index + 1])
        return known or turned or len(unit.folded) == 1 or not is_ordinary(unit.original, self.languages)

    def _is_given_alone(self, index: int) -> bool:
        word = self.units[index].folded
        before = self.units[index - 1].folded if index else ""
        is_word = is_ordinary(word) and starts_sentence(self.text, self.units[index])
        alone = is_surely_given(word) and not self.careful and not is_word and before not in _STORMS
        return alone and not self._ends_place(index)

    def _ends_place(self, index: int) -> bool:
        """Return whether a word is the last of a place's name with small words: "Benque Viejo del Carmen"."""
        said = self._folded(range(max(0, index - _LONGEST_NAME + 1), index + 1))
        return any(" ".join(said[first:]) in known_phrases() for first in range(len(said) - 1))

    def _is_full_name(self, row: range) -> bool:
        units = [self.units[index] for index in row]
        gaps = [self.text[one.end : other.start] for one, other in zip(units, units[1:], strict=False)]
        if len(row) < 2 or all(gap == "-" for gap in gaps):
            return False
        first, *rest = units
        if self._is_turned(first, rest[0]):
            return True
        if first.folded in word_set("given_names"):
            return is_surely_given(first.folded) or all(may_be_borne(unit) for unit in rest)
        if self.alone and ((len(first.folded) == 1 and gaps[0].startswith(".")) or self._may_be_given(row)):
            return True
        if first.folded in word_set("everyday_given_names") and not self.careful:
            return len(row) <= _LONGEST_EVERYDAY_NAME
        if (
            self._may_be_given(row)
            and not self.careful
            and all(unit.folded in family_words() for unit in rest)
        ):
            return True
        if len(rest) > 1 and len(rest[0].folded) == 1 and gaps[0][:1] == "." != gaps[0]:
            # "W. D. Reed"
            return len(first.folded) == 1 and not self.careful and len(rest[1].folded) > 1
        if len(first.folded) == 1 or first.folded in word_set("names"):
            return any(is_unknown(unit) or unit.folded in word_set("family_names") for unit in rest) or (
                all(unit.folded in word_set("names") for unit in units) and not self.careful
            )
        if units[-1].folded in word_set("family_names"):
            return is_unknown(first) or not self.careful
        return not self.careful and not are_of_one_language(units)

    # Texts written like titles, where every word has a capital

    def _in_title(self, row: range) -> list[range]:
        """Return the names within a row of capitals, most words of which are none."""
        if asked := self._asked(row):
            return [asked]
        if self._stands_apart(row) or (self._owns(row) and not self._is_thing(row, titled=False)):
            return [row]
        found: list[range] = []
        position = row.start
        while position < row.stop:
            name = self._name_at(position, row.stop)
            if name:
                found.append(name)
            position = name.stop if name else position + 1
        return found

    def _stands_apart(self, row: range) -> bool:
        """Return whether the row is somebody's name between small words: "Counting Boats with Ana Coral"."""
        if not 2 <= len(row) <= _LONGEST_EVERYDAY_NAME or self._is_thing(row, titled=False):
            return False
        first = self.units[row.start].folded
        behind_small = self._adjacent(row.start - 1, row.start) and not self.careful
        return is_surely_given(first) or (behind_small and first in word_set("everyday_given_names"))

    def _name_at(self, first: int, end: int) -> range | None:
        last = first
        while last < min(end, first + _LONGEST_NAME) and may_be_borne(self.units[last]):
            last += 1
        row = range(first, last)
        if not row and first < end and self._bears_title(first):
            # Behind a title even everyday words are a name: "A Talk With Dr. Coral Fields".
            return self._to_end_of_capitals(range(first, first + 1))
        if not row or self._is_thing(row, titled := self._is_titled(row)):
            return None
        around = [
            index
            for index, pair in ((first - 1, (first - 1, first)), (last, (last - 1, last)))
            if self._adjacent(*pair) and has_capital(self.units[index])
        ]
        if not titled and any(self.units[index].folded in thing_words() for index in around):
            return None
        if titled:
            return self._to_end_of_capitals(row)
        unknown = not self.careful and all(is_unknown(self.units[index]) for index in row)
        return row if len(row) > 1 and (unknown or self._is_full_name(row)) else None

    def _bears_title(self, first: int) -> bool:
        """Return whether a title that is no everyday word stands before a word that is no office and no body."""
        row = range(first, first + 1)
        office = self.units[first].folded in word_set("offices") or self.units[first].folded in word_set(
            "titles"
        )
        return not office and self._is_titled(row) and not self._is_thing(row, titled=True)

    def _to_end_of_capitals(self, row: range) -> range:
        """Return a name behind a title with all of its words: everyday ones are family names there."""
        end = row.stop
        while (
            end < min(len(self.units), row.start + _LONGEST_NAME)
            and self._adjacent(end - 1, end)
            and has_capital(self.units[end])
            and self.units[end].folded not in body_words()
        ):
            end += 1
        return range(row.start, end)

    def _with_particles(self, row: range) -> range:
        """Return a name with what belongs to it behind a particle: "Ana de la Cruz"."""
        end = row.stop
        while end < len(self.units) and self.units[end].folded in _PARTICLES and self._adjacent(end - 1, end):
            end += 1
        if end == row.stop or not self._adjacent(end - 1, end):
            return row
        rest = self._row(end)
        return range(row.start, rest.stop) if rest and not self._is_thing(rest, titled=False) else row


def _apart(rows: list[range]) -> list[range]:
    """Return the rows in order, those that overlap made one."""
    found: list[range] = []
    for row in sorted(rows, key=lambda row: (row.start, -row.stop)):
        if found and row.start < found[-1].stop:
            found[-1] = range(found[-1].start, max(found[-1].stop, row.stop))
        else:
            found.append(row)
    return found


def _is_like_title(units: list[Token]) -> bool:
    said = [unit for unit in units if unit.folded not in SMALL_WORDS and unit.original[0].isalpha()]
    small = sum(not has_capital(unit) for unit in said)
    return len(said) > 2 and small < _FEWEST_SMALL * len(said)
