"""What stands around a row of capitals, or in it, and tells whether it is a person, a body or a thing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from ..folding import words
from ..records.vocabulary import any_of, load
from .capital_rows import CapitalRows
from .dictionary import is_ordinary, languages_of
from .known import Known
from .name_words import (
    are_everyday_name,
    bearable,
    body_words,
    everyday_family_words,
    first_words_of_known_phrases,
    given_words,
    has_capital,
    is_acronym,
    is_body_or_thing,
    is_borne_by_people_only,
    is_called_like_firm,
    is_landscape,
    is_people_name,
    is_surely_given,
    is_unknown,
    known_phrases,
    thing_words,
)
from .patterns import find
from .vocabulary import phrases, word_set

SMALL_WORDS = frozenset(
    words(
        "a an and as at but by for from in into of on or over the to up with y e o de del la el los las en con"
    )
)
PARTICLES = frozenset({"de", "del", "la", "las", "los", "van", "von", "da", "dos", "di", "bin", "al", "der"})
_BODY_OF = frozenset({"of", "de", "del", "for", "para"})
# Titles that are ordinary words too: what follows them is a name only where it is no ordinary word.
LOOSE_TITLES = frozenset(
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
_ARTICLES = frozenset(words("the a an this our el la los las un una este esta"))
# Before a place and a thing, and seldom before somebody.
_BEFORE_PLACES = _ARTICLES | frozenset(words("at near"))
# Before either.
_BEFORE_ANYTHING = frozenset(words("in from of to en desde hacia de del"))
_LONGEST_PHRASE = 4
_SHORTEST_SINGLE = 3
_QUOTES = tuple("\"“«'‘")
_OWNED = re.compile(r"['’]s\s+[^\W\d_A-Z]")
_BEHIND_NAMES = frozenset(
    words(
        "at in on from and to is was has had will who for by y e en de del que es fue por con para al desde"
    )
)
_POSSESSIVE = re.compile(r"['’]s\s")
_LIST_GOES_ON = re.compile(r",? (?:and|y|e|&) |, [^\W\d_a-z]")
_BEFORE_CONTACT = re.compile(r"\s{1,3}|\.?\)?:\s{0,3}")
LONGEST_NAME = 5
# So many everyday words are a name; more of them are a title or the name of a body.
LONGEST_EVERYDAY_NAME = 3


@cache
def last_words_before_people() -> frozenset[str]:
    """Return the words that may stand right before somebody who is brought in."""
    lists = (
        "contacts",
        "agents",
        "helpers",
        "relations",
        "thanked",
        "companions",
        "names_itself",
        "spoken_to",
    )
    return _BY | _AND | {phrase.rpartition(" ")[2] for name in lists for phrase in phrases(name)}


@dataclass
class PersonSigns(CapitalRows):
    """The words of a text, and what they say of each other.

    Attributes:
        known: what the record says in public roles.
        careful: whether a word that no dictionary has is no sign of a person, as in the name of an institution.
        alone: whether the text should be nothing but a name.
    """

    known: Known
    careful: bool = field(default=False, kw_only=True)
    alone: bool = field(default=False, kw_only=True)
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
        if before in word_set("titles") and before not in LOOSE_TITLES:
            return True
        holder = before in word_set("titles") or before in word_set("offices")
        if not holder or is_acronym(word):
            return False
        single = len(row) == 1
        return is_unknown(word) or word.folded in bearable() or (single and self._is_given_word(row))

    def _is_given_word(self, row: range) -> bool:
        """Return whether a row begins with an ordinary word that is a given name, too, and not all too common."""
        return self._may_be_given(row) and self.units[row.start].folded not in word_set("everyday")

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
        if (self.careful or not titled) and self._is_called_after(row):
            return True
        if self._is_nicknamed(row):
            return False
        begins_name = titled or is_borne_by_people_only(folded[0])
        rest = folded[1:] if begins_name else folded
        if self._is_everyday_name(row):
            # "Cliff Harbour" is no harbour.
            rest = folded[2:]
        elif self._is_everyday_name_otherwise(row) or self._is_people_name(row):
            return False
        # Behind a title even an everyday word is a family name, but for that of a hospital or a street.
        if not (body_words() if titled else thing_words()).isdisjoint(rest):
            return True
        return not is_surely_given(folded[0]) and any(
            " ".join(folded[start : start + size]) in known_phrases()
            for start, word in enumerate(folded)
            if word in first_words_of_known_phrases()
            for size in (1, 2, 3)
            if word not in bearable() or size > 1
        )

    def _is_called_after(self, row: range) -> bool:
        """Return whether a row ends in a word of things that some people bear, too: "the Nelson Mandela Day"."""
        first, last = self.units[row.start].folded, self.units[row.stop - 1].folded
        expected = self.careful or first in _ARTICLES or self._is_behind_place_word(row)
        return len(row) > 2 and expected and last in word_set("things") and last in word_set("names")

    def _is_of_body(self, row: range) -> bool:
        """Return whether the row belongs to a body before it: "University of Sherbrooke"."""
        before = row.start - 1
        while before > 0 and self.units[before].folded in PARTICLES | {"the"} - _BODY_OF:
            before -= 1
        if before < 1 or self.units[before].folded not in _BODY_OF or not self._adjacent(before - 1, before):
            return False
        given = self._is_everyday_name(row) or (
            self.units[row.start].folded in word_set("given_names") and len(row) > 1
        )
        # "The house of Dorla Quillfin"
        given = given or self._is_behind(row.start, "agents")
        return not given and is_body_or_thing(self.units[before - 1].folded)

    def _asked(self, row: range) -> range | None:
        """Return the name behind words such as "Contact" and "Register with", which may begin the row."""
        for first in (row.start, row.start + 1):
            name = range(first, row.stop)
            if not 1 <= len(name) <= LONGEST_NAME:
                continue
            if self._is_next_of_list(name) and self._is_single_asked(name):
                self.asked = name
                return name
            if not self._may_be_brought_in(first):
                continue
            gap = self.text[self.units[first - 1].end : self.units[first].start]
            if not _BEFORE_CONTACT.fullmatch(gap) or self._is_thing(name, titled=False):
                continue
            asked = self._is_single_asked(name) if len(name) == 1 else self._is_asked(name, ":" in gap)
            if asked:
                self.asked = name
                return name
        return None

    def _may_be_brought_in(self, position: int) -> bool:
        """Return whether the word before a position may bring somebody in: for most words it rules that out at once."""
        return position > 0 and self.units[position - 1].folded in last_words_before_people()

    def _is_behind(self, position: int, *lists: str) -> bool:
        """Return whether the words before a position are a phrase of one of the lists."""
        said = [unit.folded for unit in self.units[max(0, position - _LONGEST_PHRASE) : position]]
        return any(" ".join(said[first:]) in phrases(name) for first in range(len(said)) for name in lists)

    def _is_asked(self, name: range, labelled: bool) -> bool:
        """Return whether the words before a row of capitals say that it is somebody."""
        before = [unit.folded for unit in self.units[max(0, name.start - 2) : name.start]]
        said, last = " ".join(before), before[-1]
        # "Contact Tracing Apps": one word alone may be part of a thing.
        surely = labelled or self._has_address(name)
        if said in phrases("contacts") or (surely and last in phrases("contacts")):
            return True
        done = self._is_behind(name.start, "agents", "relations", "thanked") or self._goes_on(name)
        done = done or (labelled and self._is_behind(name.start, "helpers"))
        if done and self._is_foreign(name):
            return True
        if labelled and len(self.units[name.start].folded) == 1 and self._is_behind(name.start, "helpers"):
            # "Notes: K. Tench"
            return True
        if last in _BY and any(is_unknown(self.units[index]) for index in name):
            return True
        if (last in _BY or done) and self._is_everyday_name_otherwise(name):
            # "Notes by C. Harbour"
            return True
        brought = done or last in _BY or self._is_behind(name.start, "companions")
        return brought and (self._may_be_given(name) or self._is_people_name(name))

    def _is_next_of_list(self, name: range) -> bool:
        """Return whether one word goes on with a list of such names: "mother of Keisha, Jahmal and Tyrique"."""
        if self.asked is None or len(name) != 1 or len(self.asked) != 1 or self.asked.stop != name.start:
            return False
        gap = self.text[self.units[name.start - 1].end : self.units[name.start].start]
        goes_on = gap == ", " and bool(_LIST_GOES_ON.match(self.text, self.units[name.start].end))
        return goes_on and not self._is_thing(name, titled=False)

    def _goes_on(self, name: range) -> bool:
        """Return whether a row stands behind "and" and the last name that was brought in."""
        last = self.units[name.start - 1].folded
        return last in _AND and self.asked is not None and self.asked.stop == name.start - 1

    def _is_single_asked(self, name: range) -> bool:
        """Return whether one word with a capital is somebody, since the words before it are said of people only."""
        unit = self.units[name.start]
        if self.careful or len(unit.folded) < _SHORTEST_SINGLE or is_acronym(unit):
            return False
        if self._goes_into_thing(name) or (not is_unknown(unit) and self._goes_into_name(name)):
            return False
        goes_on = self._is_next_of_list(name) or (
            self._goes_on(name) and self.asked is not None and len(self.asked) == 1
        )
        if self._may_be_given(name) and self._is_followed_as_name(name):
            # "Coordinated by Amparo.", "Ask for Basil at the gate."
            before = ("contacts", "agents", "companions", "names_itself", "spoken_to")
            if self._is_behind(name.start, *before):
                return True
        surely = self._is_behind(name.start, "relations")
        if not (surely or goes_on or self._is_behind(name.start, "thanked")):
            return False
        if not surely and is_unknown(unit) and is_called_like_firm(unit.folded):
            return False
        return self._may_be_given(name) or is_unknown(unit) or is_surely_given(unit.folded)

    def _is_followed_as_name(self, name: range) -> bool:
        """Return whether a sentence ends or goes on behind one word as it does behind somebody's name."""
        following = name.stop
        behind = self._adjacent(following - 1, following)
        return not behind or self.units[following].folded in _BEHIND_NAMES

    def _goes_into_thing(self, name: range) -> bool:
        """Return whether a word belongs to a thing or a place behind it: "the loss of Chiquivara forest"."""
        following = name.stop
        return self._adjacent(following - 1, following) and self.units[following].folded in thing_words()

    def _goes_into_name(self, name: range) -> bool:
        """Return whether a body or a place goes on behind a word: "thanks to Transparency of Coralia"."""
        following = name.stop
        return (
            following + 1 < len(self.units)
            and self.units[following].folded in _BODY_OF - {"for", "para"}
            and self._adjacent(following - 1, following)
            and has_capital(self.units[following + 1])
        )

    def _is_everyday_name(self, row: range) -> bool:
        """Return whether a row begins with two everyday words that together are a name: "Cliff Harbour"."""
        return len(row) > 1 and self._may_be_given(row) and are_everyday_name(self._folded(row[:2]))

    def _is_people_name(self, row: range) -> bool:
        """Return whether a row is a name such as "Maya Pond", told by what stands around it."""
        if len(row) != 2 or self.units[row.start].folded not in word_set("people_given_names"):
            return False
        if not is_people_name(self._folded(row)):
            return False
        by = row.start > 0 and self.units[row.start - 1].folded in _BY
        return by or self.alone or bool(_POSSESSIVE.match(self.text, self.units[row.stop - 1].end))

    def _is_everyday_name_otherwise(self, row: range) -> bool:
        """Return whether a row is such a name with initials or turned round: "J. Q. Harbour", "HARBOUR, Cliff"."""
        if len(row) == 2 and self._is_turned(self.units[row.start], self.units[row.start + 1]):
            return True
        if len(row) == 1 or len(self.units[row.start].folded) > 1:
            return False
        units = [self.units[index] for index in row]
        gaps = [self.text[one.end : other.start] for one, other in zip(units, units[1:], strict=False)]
        initials = all(len(unit.folded) == 1 for unit in units[:-1])
        pointed = all(gap.startswith(".") for gap in gaps)
        return initials and pointed and units[-1].folded in everyday_family_words()

    def _is_nicknamed(self, row: range) -> bool:
        """Return whether a nickname in quotes stands in a row as in a name: "'Chico' Ferry"."""
        if len(row) not in (2, 3):
            return False
        nickname, last = self.units[row.stop - 2], self.units[row.stop - 1]
        if self.text[nickname.start - 1 : nickname.start] not in _QUOTES or self._is_behind_article(row):
            return False
        if len(row) == 3:
            first = self.units[row.start].folded
            return is_surely_given(first) or are_everyday_name([first, last.folded])
        borne = is_unknown(last) or last.folded in everyday_family_words()
        thing = last.folded in word_set("things")
        by = row.start > 0 and self.units[row.start - 1].folded in _BY
        brought = by or self._is_behind(row.start, "agents", "companions", "thanked", "relations")
        return (brought and last.folded not in body_words()) or (borne and not thing)

    def _is_behind_article(self, row: range) -> bool:
        """Return whether an article stands before a row, as before a thing."""
        return self._adjacent(row.start - 1, row.start) and self.units[row.start - 1].folded in _ARTICLES

    def _is_behind_place_word(self, row: range) -> bool:
        """Return whether a word such as "the" or "near" stands before a row, or "in" and it may be a place."""
        if not self._adjacent(row.start - 1, row.start):
            return False
        before, said = self.units[row.start - 1].folded, self._folded(row)
        if before in _BEFORE_PLACES or (before in _BEFORE_ANYTHING and len(row) == 1):
            return True
        if before not in _BEFORE_ANYTHING or is_landscape(said):
            return before in _BEFORE_ANYTHING
        # "took over from Cliff Harbour", "in Penny Meadows"
        place = said[0] in word_set("place_given_words") or not word_set("things").isdisjoint(said[1:])
        return place and not self._is_behind(row.start, "passed_on")

    def _may_be_given(self, row: range) -> bool:
        """Return whether a short row begins with an ordinary word that is a given name, too."""
        first = self.units[row.start].folded
        given = first in given_words() and first not in word_set("capitals")
        return given and len(row) <= LONGEST_EVERYDAY_NAME

    def _owns(self, row: range) -> bool:
        """Return whether something is somebody's: "Ana Sample's notes"."""
        if self._is_behind_article(row) or not 2 <= len(row) <= LONGEST_EVERYDAY_NAME:
            return False
        owned = _OWNED.match(self.text, self.units[row.stop - 1].end)
        unknown = any(is_unknown(self.units[index]) for index in row)
        return bool(owned) and (unknown or self._may_be_given(row) or self._is_people_name(row))

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
