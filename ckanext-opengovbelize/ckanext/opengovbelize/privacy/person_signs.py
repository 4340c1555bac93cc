"""What stands around a row of capitals, or in it, and tells whether it is a person, a body or a thing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..records.vocabulary import any_of, load
from .capital_rows import CapitalRows
from .dictionary import is_ordinary, languages_of
from .folding import words
from .known import Known
from .name_words import (
    bearable,
    body_words,
    given_words,
    is_acronym,
    is_body_or_thing,
    is_borne_by_people_only,
    is_surely_given,
    is_unknown,
    known_phrases,
    thing_words,
)
from .patterns import find
from .vocabulary import phrases, word_set

PARTICLES = frozenset({"de", "del", "la", "las", "los", "van", "von", "da", "dos", "di", "bin", "al", "der"})
_BODY_OF = frozenset({"of", "de", "del", "for", "para"})
# Titles that are ordinary words too: what follows them is a name only where it is no ordinary word.
_LOOSE_TITLES = frozenset(
    words("sister brother aunt uncle tio tia cousin primo prima don pastor padre madam lic ing")
)
_JOB = re.compile(any_of(load("people")["job"]), re.IGNORECASE)
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
LONGEST_NAME = 5
# So many everyday words are a name; more of them are a title or the name of a body.
LONGEST_EVERYDAY_NAME = 3


@dataclass
class PersonSigns(CapitalRows):
    """The words of a text, and what they say of each other."""

    known: Known
    # The last name behind a word that brings in people: others may follow it.
    asked: range | None = field(default=None, init=False)

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

    def _bears_title(self, first: int) -> bool:
        """Return whether a title that is no everyday word stands before a word that is no office and no body."""
        row = range(first, first + 1)
        office = self.units[first].folded in word_set("offices") or self.units[first].folded in word_set(
            "titles"
        )
        return not office and self._is_titled(row) and not self._is_thing(row, titled=True)

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

    def _is_of_body(self, row: range) -> bool:
        """Return whether the row belongs to a body before it: "University of Sherbrooke"."""
        before = row.start - 1
        while before > 0 and self.units[before].folded in PARTICLES | {"the"} - _BODY_OF:
            before -= 1
        if before < 1 or self.units[before].folded not in _BODY_OF or not self._adjacent(before - 1, before):
            return False
        given = self.units[row.start].folded in word_set("given_names") and len(row) > 1
        return not given and is_body_or_thing(self.units[before - 1].folded)

    def _asked(self, row: range) -> range | None:
        """Return the name behind words such as "Contact" and "Register with", which may begin the row."""
        for first in (row.start, row.start + 1):
            name = range(first, row.stop)
            if not 2 <= len(name) <= LONGEST_NAME or not first:
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
        return given and len(row) <= LONGEST_EVERYDAY_NAME

    def _owns(self, row: range) -> bool:
        """Return whether something is somebody's: "Ana Sample's notes"."""
        of_thing = self._adjacent(row.start - 1, row.start) and self.units[row.start - 1].folded in _ARTICLES
        if of_thing or not 2 <= len(row) <= LONGEST_EVERYDAY_NAME:
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
        if not 1 < len(row) <= LONGEST_NAME:
            return False
        behind = self.text[self.units[row.stop - 1].end :]
        number = _NUMBER_BEHIND.match(behind)
        return bool(_ADDRESS_BEHIND.match(behind) or (number and find(number["number"])))
