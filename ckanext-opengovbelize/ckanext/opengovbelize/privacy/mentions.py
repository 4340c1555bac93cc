"""Whom the organisers' own words mention: people, told from institutions, places, plans and titles.

The chat is screened more strictly (``redact.strangers``), where a question that loses a word waits for an
editor. Here the word of an institution, a place or a thing saves a row of capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..folding import tokens, words
from ..records.session import SessionRecord
from .known import Known
from .name_reader import NameReader
from .patterns import urls
from .person_signs import SMALL_WORDS
from .scripts import names_without_capitals

_WORD = re.compile(r"[^\W\d_]+")
# What has so many letters, so many of them capitals, is written in capitals throughout.
_SHORTEST_SHOUT, _SHOUTED = 20, 0.8
# What is longer is no name of a body.
LONGEST_BODY = 150


def known_of(record: SessionRecord) -> Known:
    """Return the people in public roles and the institutions that a record names."""
    people = tuple(frozenset(words(person.name)) for person in record.people if words(person.name))
    bodies = {person.affiliation for person in record.people} - {""}
    # An institution that is called after somebody who has no role is no reason to publish the name.
    plain = [body for body in bodies if not mentioned(body, Known(people), careful=len(body) <= LONGEST_BODY)]
    return Known(people, tuple(" ".join(words(body)) for body in plain), others_of(record, Known(people)))


def others_of(record: SessionRecord, known: Known) -> dict[str, tuple[tuple[str, ...], ...]]:
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
    if not text:
        return []
    links = urls(text)
    text = _quiet(text)
    units = tokens(text)
    if links:
        units = [unit for unit in units if not any(link.start <= unit.start < link.end for link in links)]
    reader = NameReader(text, units, known, careful=careful)
    found = [(units[row.start].start, units[row.stop - 1].end) for row in reader.names()]
    return found if text.isascii() else sorted([*found, *_without_capitals(text, known)])


def _without_capitals(text: str, known: Known) -> list[tuple[int, int]]:
    named = names_without_capitals(text)
    return [(start, end) for start, end in named if not known.is_public(words(text[start:end]))]


def _quiet(text: str) -> str:
    """Return a text that is all in capitals written like a title, of the same length: capitals tell nothing there."""
    if sum(map(str.isupper, text)) < _SHOUTED * _SHORTEST_SHOUT:
        return text
    letters = [character for character in text if character.isalpha()]
    if len(letters) < _SHORTEST_SHOUT or sum(map(str.isupper, letters)) < _SHOUTED * len(letters):
        return text
    quiet = _WORD.sub(_like_title, text)
    return quiet if len(quiet) == len(text) else text


def _like_title(word: re.Match[str]) -> str:
    small = word.group().lower()
    return small if small in SMALL_WORDS else word.group().capitalize()


def named_alone(text: str, known: Known, *, careful: bool = False) -> list[str]:
    """Return who has no public role in a text that should be the name of one institution or file and nothing else.

    ``careful`` as for ``mentioned``.
    """
    said = text.title() if text[1:].islower() else text
    units = tokens(said)
    reader = NameReader(said, units, known, careful=careful, alone=True)
    found = [said[units[row.start].start : units[row.stop - 1].end] for row in reader.names()]
    return found + [said[start:end] for start, end in _without_capitals(said, known)]


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
