"""Who is who in one record: whose display name is that of a public role, and which names must not be seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ..folding import fold, fold_in_place, tokens, words
from ..records.names import key, without_title
from ..records.session import Person, SessionRecord
from .addressed import addressed
from .dictionary import is_ordinary
from .display_names import DisplayName, meaningful
from .introductions import introduced_names, signed_names
from .known import Known
from .mentions import LONGEST_BODY, Mentions, known_of
from .name_index import SHORTEST_JOINED, NameIndex
from .slugs import everyday_names
from .vocabulary import matches, phrases, word_set

_SHORTEST_NAME = 3
_LONGEST_DISPLAY = 120
_NICKNAME = re.compile(r"[\"“«]([^\W\d_][\w.-]{1,15})[\"”»]")


@dataclass
class Cast:
    """Everybody who appears in one record.

    Attributes:
        known: the people in public roles and their institutions.
        institutions: by folded display name, the institution of an author in a public role, if stated.
        doubtful: folded display names of a public role under which somebody else has written.
        withheld: the names that must not be seen.
        public_words: every word of the names of people in public roles.
        header_words: every word that the record says outside its chat, but for names that it withholds.
        asker_words: by folded display name, the words by which others may address its holder.
        affiliations: by folded display name, what it says of an affiliation.
        impostures: the positions of the messages that introduce somebody else under a public name.
    """

    known: Known = field(default_factory=Known)
    institutions: dict[str, str] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    withheld: NameIndex = field(default_factory=NameIndex)
    public_words: frozenset[str] = frozenset()
    header_words: frozenset[str] = frozenset()
    asker_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    affiliations: dict[str, str] = field(default_factory=dict)
    impostures: set[int] = field(default_factory=set)

    @cached_property
    def mentions(self) -> Mentions:
        """Whom the organisers' texts mention beside them."""
        return Mentions(self.known)

    @cached_property
    def addressable(self) -> dict[str, list[str]]:
        """By word, the authors (folded display names) whom a message addresses that says it."""
        found: dict[str, list[str]] = {}
        for author, name in self.asker_words.items():
            for word in name:
                if len(word) >= _SHORTEST_NAME and word not in self.public_words and not _plain(word):
                    found.setdefault(word, []).append(author)
        return found

    @cached_property
    def by_first_word(self) -> dict[str, list[str]]:
        """By their first word, the folded display names of those without a public role, the longest first."""
        found: dict[str, list[str]] = {}
        for author in sorted(self.asker_words, key=len, reverse=True):
            if author not in self.institutions and (said := words(author)):
                found.setdefault(said[0], []).append(author)
        return found

    def is_public(self, author: str) -> bool:
        """Return whether messages under this display name are those of somebody in a public role."""
        return fold(author) in self.institutions


# Fields that name institutions, places or series: a word that no dictionary has is no sign of a person there. Who
# organises a session or pays for it is not among them, nor are its topics: offices write people there.
CAREFUL_FIELDS = frozenset({"series", "program", "venue_name", "locality", "affiliation", "link"})


def is_careful(field: str, text: str) -> bool:
    """Tell whether a word that no dictionary has is no sign of a person in a text of this field."""
    return field in CAREFUL_FIELDS and len(text) <= LONGEST_BODY


def header_texts(record: SessionRecord) -> list[tuple[str, str]]:
    """Return everything that the record says outside its chat but the names of people, with its field."""
    fields = (
        "series", "program", "title", "introduction", "venue_name", "locality", "audience", "objective",
        "rationale", "certificate_rule", "organisers", "funders",
    )  # fmt: skip
    texts = [(field, getattr(record, field)) for field in fields]
    texts += [("topics", topic) for topic in record.topics]
    for person in record.people:
        texts += [(field, getattr(person, field)) for field in ("position", "affiliation", "biography")]
    return texts + [("link", item.title) for item in (*record.links, *record.materials)]


def _cut(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return text


def cast_of(record: SessionRecord, known: Known | None = None) -> Cast:
    """Find out who is public in a record and whose names must be withheld; ``known`` where it was asked before."""
    cast = Cast(
        known=known or known_of(record),
        public_words=frozenset(word for person in record.people for word in words(person.name)),
    )
    said = [record.date_as_stated, *(person.name for person in record.people)]
    strangers = [words(name) for name in record.others if not cast.known.is_public(words(name))]
    for field_name, text in header_texts(record):
        spans = cast.mentions.of(text, careful=is_careful(field_name, text))
        if field_name == "link":
            spans = sorted({*spans, *everyday_names(text)})
        strangers += [words(text[start:end]) for start, end in spans]
        said.append(_cut(text, spans))
    cast.header_words = frozenset(word for text in said for word in words(text))
    authors = [message.author for message in record.messages] + [
        name for one in record.exchanges for name in (one.asked_by, one.answered_by) if name
    ]
    displays = {fold(author): DisplayName.parse(author) for author in authors}
    originals = {fold(author): author for author in authors}
    for author, display in displays.items():
        institution = _public_institution(display, originals[author], record.people, cast.header_words)
        if institution is not None:
            cast.institutions[author] = institution
        cast.asker_words[author] = display.name
        cast.affiliations[author] = " / ".join(display.affiliations)
    for position, message in enumerate(record.messages):
        author = fold(message.author)
        if author in cast.institutions and _somebody_else(message.text, displays[author], record.people):
            cast.doubtful.add(author)
            cast.impostures.add(position)
    for author in cast.doubtful:
        del cast.institutions[author]
    _withhold(cast, displays, record, strangers)
    return cast


def _public_institution(
    display: DisplayName, original: str, people: list[Person], header_words: frozenset[str]
) -> str | None:
    """Return the institution of the person or body that a display name is, or None if it proves nothing."""
    if (untitled := without_title(original)) != original:
        # Headings know more titles than chats: "Capt.", "Justice".
        display = DisplayName.parse(untitled)
    for person in people:
        # One word, or some of the words, may be anybody's.
        named = any(
            len(said) > 1 and sorted(said) == sorted(display.name) for said in map(meaningful, _ways(person))
        )
        if named and _affiliation_agrees(display, header_words, person):
            return person.affiliation
    return _institution_login(original, people)


def _ways(person: Person) -> Iterator[str]:
    """Yield how a name is written: whole, and with a nickname in quotes left out or in place of given names."""
    yield key(person.name)
    if nickname := _NICKNAME.search(person.name):
        before, behind = person.name[: nickname.start()], person.name[nickname.end() :]
        yield key(f"{before} {behind}")
        yield key(f"{nickname[1]} {behind}")


def _affiliation_agrees(display: DisplayName, header_words: frozenset[str], person: Person) -> bool:
    initials = _initials(person.affiliation) | _initials(person.position)
    return all(
        word in header_words or word in initials for part in display.affiliations for word in meaningful(part)
    )


def _initials(text: str) -> set[str]:
    parts = words(text)
    return (
        {"".join(part[0] for part in parts), "".join(part[0] for part in meaningful(text))}
        if parts
        else set()
    )


def _institution_login(original: str, people: list[Person]) -> str | None:
    """Return the institution whose own words a display name is made of, such as ``TBS CANADA``."""
    said = set(meaningful(original))
    found = set()
    for person in people:
        affiliation = set(words(person.affiliation))
        known = affiliation | set(words(person.position))
        if not said or not said <= known or said & set(words(person.name)):
            continue
        names_it = said == set(meaningful(person.affiliation)) or any(
            word in word_set("institutions") or not (is_ordinary(word) or word in word_set("places"))
            for word in said
        )
        if names_it and said & affiliation and (len(said) > 1 or said == affiliation):
            found.add(person.affiliation)
    return found.pop() if len(found) == 1 else None


def _somebody_else(text: str, display: DisplayName, people: list[Person]) -> bool:
    """Return whether a message under a public display name is, or may be, written by another person."""
    if matches("identity_doubt", text):
        return True
    own = set(display.name)
    if not any(own == set(meaningful(key(person.name))) for person in people):
        # The login of an institution: its people in public roles may say who they are.
        own = {word for person in people for word in words(person.name)}
    return any(set(name) - own for name in introduced_names(text))


def _withhold(
    cast: Cast, displays: dict[str, DisplayName], record: SessionRecord, strangers: list[list[str]]
) -> None:
    """Fill the index with the names of everybody who is not public, ``strangers`` in the header among them."""
    bodies = {word for body in cast.known.bodies for word in body.split()}
    for name in strangers:
        _withhold_name(cast, [word for word in name if word not in bodies])
    for author, display in displays.items():
        if author in cast.institutions:
            continue
        _withhold_name(cast, list(display.name))
        for affiliation in display.affiliations:
            _withhold_affiliation(cast, affiliation)
    said = [message.text for message in record.messages if not cast.is_public(message.author)]
    for text in (*said, *(exchange.question for exchange in record.exchanges)):
        for name in (*introduced_names(text), *signed_names(text)):
            _withhold_name(cast, list(name))
    for message in record.messages:
        units = tokens(message.text)
        for index in addressed(message.text, units):
            _withhold_name(cast, [units[index].folded])
    index = cast.withheld
    index.always -= cast.public_words
    index.chat -= cast.public_words | index.always
    index.capital -= cast.public_words


def _withhold_name(cast: Cast, name: list[str]) -> None:
    index = cast.withheld
    for word in name:
        if len(word) < _SHORTEST_NAME or word in word_set("bodies") or word in word_set("institutions"):
            continue
        common = word in word_set("places") or word in word_set("everyday")
        if common or (word in cast.header_words and is_ordinary(word)):
            index.capital.add(word)
        elif is_ordinary(word):
            index.chat.add(word)
        else:
            index.always.add(word)
    # "Grace Young": ordinary words that together are a name; also turned round, or first and last.
    pairs = {(first, last) for first, last in zip(name, name[1:], strict=False)}
    for first, last in (
        pairs | {(last, first) for first, last in pairs} | ({(name[0], name[-1])} if len(name) > 1 else set())
    ):
        _withhold_phrase(cast, [first, last])
    if len(name) > 2:
        _withhold_phrase(cast, name)


def _withhold_phrase(cast: Cast, parts: list[str]) -> None:
    joined = "".join(parts)
    plain = all(is_ordinary(word) or word in word_set("places") for word in parts)
    public = all(word in cast.public_words for word in parts)
    if len(joined) < SHORTEST_JOINED - 1 or public or " ".join(parts) in phrases("places"):
        return
    if plain and set(parts) <= cast.header_words:
        return
    cast.withheld.always.add(joined)


def _withhold_affiliation(cast: Cast, affiliation: str) -> None:
    index = cast.withheld
    parts = words(affiliation)
    for unit in tokens(affiliation):
        word = unit.folded
        if (
            len(word) < _SHORTEST_NAME
            or word in cast.header_words
            or word in word_set("places")
            or is_ordinary(word)
        ):
            continue
        # A short word in capitals is the sign of a body; anything else unknown may well be a name.
        (index.chat if unit.original.isupper() and len(word) <= 6 else index.always).add(word)
    if len(parts) > 1 and not set(parts) <= cast.header_words and " ".join(parts) not in phrases("places"):
        index.chat.add("".join(parts))


def authors_addressed(text: str, cast: Cast, authors: Iterable[str]) -> list[str]:
    """Return which of ``authors`` (folded display names) a message names."""
    found = {author for word in set(words(text)) for author in cast.addressable.get(word, ())}
    return [author for author in authors if author in found] if found else []


def called_in_full(text: str, cast: Cast) -> tuple[str, int]:
    """Return whose whole display name a message begins with, "@Guest 3 yes" or "Guest 3: yes", and where it ends.

    Some bear names that are no names, such as Guest 3, by whose words nobody can be addressed.
    """
    folded = fold_in_place(text)
    start = re.match(r"\s*(@?)\s*", folded.text)
    if start is None or not (first := words(folded.text[start.end() : start.end() + _LONGEST_DISPLAY])):
        return "", 0
    for author in cast.by_first_word.get(first[0], ()):
        end = start.end() + len(author)
        if folded.text.startswith(author, start.end()) and re.match(
            r"\s*[:,;]|$|\s" if start[1] else r"\s*[:,;]", folded.text[end:]
        ):
            return author, folded.original_span(start.end(), end)[1]
    return "", 0


def _plain(word: str) -> bool:
    return word in word_set("everyday") or word in word_set("places") or word in word_set("bodies")
