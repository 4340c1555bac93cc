"""Masking whatever must not be seen in a text of the record's header or of its chat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..folding import Token, tokens, words
from .addressed import addressed, is_called_first
from .dictionary import is_ordinary, is_proper, languages_of, looks_mistyped
from .hashing import erased_spans
from .name_words import is_small_everyday_name, is_surely_given
from .names import Cast
from .patterns import HANDLE, Span, find, find_addresses, is_personal_link, is_web_address, mask, merge, urls
from .sentences import starts_sentence
from .slugs import accounts_in, is_everyday_name, run_together, said_in_address
from .vocabulary import phrases, word_set

NAME, ERASED, UNKNOWN_LINK = "name", "erased", "link"

_PARTICLES = frozenset({"de", "del", "la", "las", "los", "y", "van", "von", "da", "dos", "di", "bin", "al"})
_DETERMINERS = frozenset(words("the a an this that el la los las un una este esta ese esa del our their new"))
_OWNERS = frozenset({"my", "our", "mi", "nuestro", "nuestra", "named", "llamado", "llamada"})
_LONGEST_ACRONYM = 5
_LONGEST_PHRASE = 5
_SOCIAL = re.compile(
    r"^https?://(?:[\w-]+\.)*(?:facebook|fb|twitter|x|instagram|linkedin|tiktok|youtube|threads|pinterest|snapchat|vk|"
    r"reddit|medium|tumblr|flickr|strava|goodreads|academia|researchgate)\.(?:com|net|org|edu|me)(?:/|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Screened:
    """A text after screening, and the kinds of what was masked in it."""

    text: str
    kinds: frozenset[str] = frozenset()

    @property
    def altered(self) -> bool:
        """Return whether anything was masked."""
        return bool(self.kinds)


@dataclass(frozen=True)
class Redactor:
    """Masks texts of one record.

    Attributes:
        cast: who is who in the record.
        erased: phrases that were erased, as word counts and keyed hashes.
        key: the key of the hashes.
        links: web addresses that the record's header gives.
    """

    cast: Cast
    erased: frozenset[tuple[int, str]]
    key: bytes
    links: frozenset[str] = frozenset()

    def header(self, text: str, *, handles: bool = False) -> Screened:
        """Screen a text of the organisers: private patterns, withheld names, erased phrases.

        Args:
            text: the text.
            handles: whether handles may stay, as in the titles of the program's own social media.
        """
        spans = [*self._shapes(text, handles), *self._names(text, chat=False), *self._erased(text)]
        return self._mask(text, spans)

    def prose(self, text: str, *, careful: bool = False, handles: bool = False) -> Screened:
        """Screen a text of the organisers as ``header``, and whoever it mentions without a public role.

        Args:
            text: the text.
            careful: as for ``mentions.mentioned``.
            handles: whether handles may stay.
        """
        if not text:
            return Screened(text)
        spans = self._shapes(text, handles)
        spans += [Span(start, end, NAME) for start, end in self.cast.mentions.of(text, careful=careful)]
        return self._mask(text, [*spans, *self._names(text, chat=False), *self._erased(text)])

    def chat(self, text: str, *, links: bool = False) -> Screened:
        """Screen a text that comes from the chat: as ``header``, and whoever else it seems to name.

        Args:
            text: the text.
            links: whether web addresses may stay (those of people in public roles).
        """
        spans = [*self._shapes(text), *find_addresses(text), *self._links(text, links), *self._erased(text)]
        spans += self._names(text, chat=True)
        spans += [Span(start, end, NAME) for start, end in strangers(text, self.cast)]
        return self._mask(text, spans)

    def label(self, text: str, expected_words: frozenset[str] = frozenset()) -> Screened:
        """Screen a text that has no business to name anybody, such as a file's name or a date in prose.

        Beside what is masked in the header, whoever it seems to name goes, but for people in public roles.

        Args:
            text: the text.
            expected_words: folded words that are no names here though no dictionary has them.
        """
        expected = Cast(header_words=self.cast.public_words | expected_words)
        spans = [Span(start, end, NAME) for start, end in strangers(text, expected)]
        return self._mask(
            text, [*spans, *self._shapes(text), *self._names(text, chat=False), *self._erased(text)]
        )

    def url_is_private(self, url: str) -> bool:
        """Return whether an address must not be published: personal, not of the web, or naming somebody."""
        return (
            not is_web_address(url)
            or is_personal_link(url)
            # With blanks in it, it is a text as well.
            or (len(url.split()) > 1 and bool(find(" ".join(url.split()[1:]))))
            or any(not self.cast.known.is_public(name) for name in accounts_in(url))
            or any(self._names_somebody(said) for said in said_in_address(url))
            or self.header(_spoken(url), handles=True).altered
        )

    def _names_somebody(self, said: str) -> bool:
        """Return whether a part of an address names a person without a public role."""
        everyday = is_everyday_name(said) and not self.cast.known.is_public(words(said))
        return everyday or bool(self.cast.mentions.of(said, careful=True))

    def _mask(self, text: str, spans: list[Span]) -> Screened:
        kinds = frozenset(span.kind for span in spans)
        return Screened(_tidy(mask(text, _join(text, spans))) if kinds else text, kinds)

    def _shapes(self, text: str, handles: bool = False) -> list[Span]:
        """Return what is private by its shape; ``handles``: whether accounts may stay."""
        if handles:
            return [span for span in find(text) if span.kind != HANDLE]
        return [*find(text), *(Span(start, end, HANDLE) for start, end in run_together(text))]

    def _names(self, text: str, *, chat: bool) -> Iterator[Span]:
        for start, end in self.cast.withheld.spans(text, chat=chat):
            yield Span(start, end, NAME)

    def _erased(self, text: str) -> Iterator[Span]:
        for start, end in erased_spans(text, self.erased, self.key):
            yield Span(start, end, ERASED)

    def _links(self, text: str, allowed: bool) -> Iterator[Span]:
        for link in urls(text):
            url = link.kind
            if url.rstrip("/") in self.links:
                continue
            if not allowed or _SOCIAL.match(url) or self.url_is_private(url):
                yield Span(link.start, link.end, UNKNOWN_LINK)


def _spoken(url: str) -> str:
    """Return an address as words, so that names in it are found and its numbers are none of a telephone."""
    return re.sub(r"[^\w%]+|_", " ", re.sub(r"\d+", " ", url))


def _join(text: str, spans: list[Span]) -> list[Span]:
    """Return the spans, neighbours with nothing but spaces or hyphens between made one."""
    joined: list[Span] = []
    for span in merge(spans):
        if joined and re.fullmatch(r"[\s.,'’-]{0,2}", text[joined[-1].end : span.start]):
            joined[-1] = Span(joined[-1].start, span.end, joined[-1].kind)
        else:
            joined.append(span)
    return joined


def _tidy(text: str) -> str:
    return re.sub(r"[ \t]{2,}", " ", text).strip()


def strangers(text: str, cast: Cast) -> list[tuple[int, int]]:
    """Return where a text of the chat seems to name a person of whom the record says nothing in public.

    When in doubt it is a name: a question that loses a word waits for an editor.
    """
    links = urls(text)
    units = [unit for unit in tokens(text) if not any(link.start <= unit.start < link.end for link in links)]
    known = _known_phrases(units)
    shouting = _is_shouting(text)
    languages = languages_of(unit.original for unit in units)
    marks = [
        not (index in known or unit.folded in cast.header_words)
        and _is_stranger(text, unit, shouting, languages)
        for index, unit in enumerate(units)
    ]
    _unmark_slips(text, units, languages, marks)
    _mark_introduced(text, units, known, cast, marks)
    _mark_pairs(text, units, known, cast, marks)
    for index in (*addressed(text, units), *([0] if is_called_first(text, units) else [])):
        marks[index] = marks[index] or not (index in known or units[index].folded in cast.public_words)
    _widen(text, units, known, marks)
    return [(unit.start, unit.end) for unit, marked in zip(units, marks, strict=True) if marked]


def _known_phrases(units: list[Token]) -> set[int]:
    """Return which words belong to the name of a place or an institution."""
    known: set[int] = set()
    for first, unit in enumerate(units):
        for phrase in _phrases_by_first_word().get(unit.folded, ()):
            last = first + len(phrase)
            if [word.folded for word in units[first:last]] == phrase:
                known.update(range(first, last))
    return known


@cache
def _phrases_by_first_word() -> dict[str, list[list[str]]]:
    """Return the names of places and institutions of up to five words, as words."""
    found: dict[str, list[list[str]]] = {}
    for phrase in phrases("places") | phrases("institutions") | phrases("capitals"):
        said = phrase.split()
        if len(said) <= _LONGEST_PHRASE:
            found.setdefault(said[0], []).append(said)
    return found


def _is_shouting(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 20 and sum(character.isupper() for character in letters) > 0.7 * len(letters)


def _is_stranger(text: str, unit: Token, shouting: bool, languages: tuple[str, ...]) -> bool:
    word = unit.original
    bare = re.sub(r"\d", "", word)
    if len(bare) < 2:
        return False
    if is_ordinary(word, languages) or is_ordinary(bare, languages):
        capital = word[0].isupper() and not shouting and not starts_sentence(text, unit)
        return (
            capital
            and (unit.folded in word_set("names") or is_surely_given(unit.folded))
            and not word.isupper()
            and not _after_determiner(text, unit)
        )
    if is_proper(bare):
        return True
    if bare.isupper() and len(bare) <= _LONGEST_ACRONYM and not shouting:
        return False
    return (word[0].isupper() and not shouting) or not looks_mistyped(bare, languages)


def _after_determiner(text: str, unit: Token) -> bool:
    before = words(text[max(0, unit.start - 8) : unit.start])
    return bool(before) and before[-1] in _DETERMINERS


def _unmark_slips(text: str, units: list[Token], languages: tuple[str, ...], marks: list[bool]) -> None:
    """Unmark two words whose space stands one letter too far left or right: "woul dlike"."""
    for index in range(len(units) - 1):
        first, second = units[index], units[index + 1]
        if not (marks[index] or marks[index + 1]) or not _adjacent(text, first, second):
            continue
        if not (first.original.islower() and second.original.islower()):
            continue
        letters = first.folded + second.folded
        cuts = (len(first.folded) + 1, len(first.folded) - 1, len(letters))
        if any(is_ordinary(letters[:cut], languages) and is_ordinary(letters[cut:] or "a") for cut in cuts):
            marks[index] = marks[index + 1] = False


def _mark_introduced(text: str, units: list[Token], known: set[int], cast: Cast, marks: list[bool]) -> None:
    """Mark what follows a title or words such as "my colleague"."""
    introducers = _introducers()
    for first in range(1, len(units)):
        before = [" ".join(unit.folded for unit in units[max(0, first - size) : first]) for size in (1, 2, 3)]
        introduced = [phrase for phrase in before if phrase in introducers]
        if not introduced:
            continue
        surely = any(phrase in word_set("titles") or phrase.split()[0] in _OWNERS for phrase in introduced)
        for index in range(first, min(first + 3, len(units))):
            unit = units[index]
            if unit.folded in cast.public_words or index in known or not unit.folded.isalpha():
                break
            if not (_may_be_introduced(unit, surely) or _precedes_mark(text, units, index, marks)):
                break
            marks[index] = True


@cache
def _introducers() -> frozenset[str]:
    return phrases("introducers") | word_set("titles")


def _may_be_introduced(unit: Token, surely: bool) -> bool:
    """Return whether a word may be the name of whom the words before it bring in."""
    if not is_ordinary(unit.original):
        return True
    capital = unit.original[0].isupper()
    return (capital and surely) or (unit.folded in word_set("names") and (capital or surely))


def _precedes_mark(text: str, units: list[Token], index: int, marks: list[bool]) -> bool:
    return index + 1 < len(units) and marks[index + 1] and _adjacent(text, units[index], units[index + 1])


def _mark_pairs(text: str, units: list[Token], known: set[int], cast: Cast, marks: list[bool]) -> None:
    """Mark two unknown words side by side, and two capitals that may be a name ("Grace Young")."""
    for index in range(len(units) - 1):
        pair = units[index], units[index + 1]
        if {index, index + 1} & known or not _adjacent(text, *pair):
            continue
        if any(unit.folded in cast.header_words or not unit.folded.isalpha() for unit in pair):
            continue
        unknown = all(len(unit.folded) > 1 and not is_ordinary(unit.original) for unit in pair)
        acronyms = all(unit.original.isupper() and len(unit.folded) <= _LONGEST_ACRONYM for unit in pair)
        capitals = all(unit.original[0].isupper() for unit in pair)
        given = pair[0].folded in word_set("doubtful_given_names") | word_set("everyday_given_names")
        small = pair[0].original.islower() and is_small_everyday_name([unit.folded for unit in pair])
        named = small or capitals and (given or all(unit.folded in word_set("names") for unit in pair))
        if (unknown and not acronyms) or named:
            marks[index] = marks[index + 1] = True


def _widen(text: str, units: list[Token], known: set[int], marks: list[bool]) -> None:
    """Mark the other capitals of a name, and the particles between them ("Juan de la Cruz")."""
    for direction in (1, -1):
        for index in range(len(units))[::direction]:
            if marks[index]:
                _widen_from(index, direction, text, units, known, marks)


def _widen_from(
    index: int, direction: int, text: str, units: list[Token], known: set[int], marks: list[bool]
) -> None:
    """Mark what goes on with the name at ``index``, forwards (1) or backwards (-1)."""
    following = index + direction
    pending: list[int] = []
    while 0 <= following < len(units):
        low, high = sorted((following, following - direction))
        if marks[following] or following in known or not _adjacent(text, units[low], units[high]):
            return
        if units[following].folded in _PARTICLES:
            pending.append(following)
        elif _goes_on(text, units[following]):
            for marked in (*pending, following):
                marks[marked] = True
            pending = []
        else:
            return
        following += direction


def _goes_on(text: str, unit: Token) -> bool:
    """Return whether a word beside a name is more of it: a capital that no beginning of a sentence explains."""
    if not unit.original[0].isupper() or unit.folded in word_set("bodies"):
        return False
    explained = starts_sentence(text, unit) and is_ordinary(unit.original)
    return not explained or unit.folded in word_set("names")


def _adjacent(text: str, first: Token, second: Token) -> bool:
    return bool(re.fullmatch(r"\s|\.\s?|['’-]", text[first.end : second.start]))
