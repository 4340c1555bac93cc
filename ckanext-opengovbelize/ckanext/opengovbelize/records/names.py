"""Names of people: what looks like one, and which two are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .once import once
from .session import Person
from .vocabulary import any_of, load
from .words import fold, squeeze, trim

_WORDS = load("people")
_COURTESY = re.compile(r"^(?:(?:Ms|Mr|Mrs|Miss|Mx|Sr|Sra|Srta)\b\.?\s+)+", re.IGNORECASE)
_DEGREE = any_of(_WORDS["degree"])
_HONORIFIC = re.compile(rf"^(?:(?:{any_of(_WORDS['honorific'])}\b|(?-i:{_DEGREE}))\.?\s+)+", re.IGNORECASE)
_DEGREES = re.compile(rf"(?:,?\s+{_DEGREE}\.?)+$")
_DEGREE_FIRST = re.compile(rf"{_DEGREE}\b\.?\s*[,–—-]?\s*")
_PARTICLES = frozenset(_WORDS["particle"])
# What tells the name of an organisation from that of a person: a word, or letters in capitals.
_ORGANISATION = re.compile(
    rf"\b{any_of(_WORDS['organisation'])}\b|\b(?-i:[A-Z]{{2,}}[A-Z/&-]*)\b", re.IGNORECASE
)
_BODY_LAST = re.compile(rf"\s{any_of(_WORDS['organisation'])}(?:\s*\([A-Z]{{2,8}}\))?$", re.IGNORECASE)
_JOB = re.compile(rf"\b{any_of(_WORDS['job'])}\b", re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_ELIDED = re.compile(r"(?:d|l|dell|dall|nell|al|el|an)['’-]")
# What ends in a point within a name: initials, and "Saint".
_WITH_POINT = re.compile(r"(?:^|[\s.-])(?:[^\W\d_]|St|Ste|Sta|Sto|Ma|Mc|Fco)$")
_PRONOUNS = re.compile(
    r"\s*[(\[](?:s?he|they|it|ze|[eé]l|ella|elle)(?:\s*/\s*\w{2,6}){1,3}[)\]]", re.IGNORECASE
)
# "Javier "Javi" Sosa"
_NICKNAME = re.compile(r"(?<=\w)\s+[\"“«'][^\W\d_][\w.-]{1,15}[\"”»']\s+(?=\w)")
_NICKNAME_FIRST = re.compile(r"^\s*[\"“][^\W\d_][\w.-]{0,15}[\"”]\s+(?=[A-Z])")
_RETIRED = re.compile(r"\s*\((?:ret|ret[’']?d|retired|jubilad[oa]|r)\.?\)(?=\s)", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[^.'’-]{3,}\.")
_BRACKET = re.compile(r"([^(\[,]{3,80}?)\s*[(\[]([^)\]]{2,300})[)\]]\s*[,.;–—-]*\s*(.*)$")
_AFTER_NAME = re.compile(r"\s*[,:;|]\s*|\s+[–—-]+\s+|\s*[–—]\s*|\t+|\.\s+(?=[A-Z])")
_JOINED = re.compile(
    r"(.{4,80}?),?\s+(?:from|of|at|who is|is|de|del|quien es|es)\s+(?:the\s+|la\s+|el\s+|an?\s+|una?\s+)?(.+)$"
)
# Tab stops, and blanks that do their work.
_COLUMNS = re.compile(r"\s*\t\s*|\s{3,}")
_SENTENCE = re.compile(r"(?:\w+\s+){4,}\w+[.!](?:\s|$)")
NUMBERING = re.compile(r"^(?:\d{1,2}[.)]|[a-z]\))\s+")
_LONGEST = 80
_MOST_WORDS = 6


def strip_courtesy(name: str) -> str:
    """Return a name without Mr, Ms, Sra; titles such as Dr. stay."""
    return _COURTESY.sub("", trim(name)).strip()


@once
def key(name: str) -> str:
    """Return the form in which names are compared: no title, no degree, no matter of case or accents."""
    return fold(_DEGREES.sub("", _HONORIFIC.sub("", trim(name))))


def without_title(name: str) -> str:
    """Return a name without the titles before it: "Ana Sample" of "Dr. Ana Sample"."""
    return _HONORIFIC.sub("", name)


def is_name(text: str, *, fewest: int = 2) -> bool:
    """Tell whether a short text looks like the name of one person."""
    return _words_of_name(text) >= fewest


@once
def _words_of_name(text: str) -> int:
    """Return of how many words the name is that a short text looks like; 0 where it looks like none."""
    if len(text) > 2 * _LONGEST:
        return 0
    text = _NICKNAME.sub(" ", _NICKNAME_FIRST.sub("", text))
    plain = _DEGREES.sub("", _HONORIFIC.sub("", text.strip(" *_.:,;")))
    words = plain.split()
    if not 0 < len(words) <= _MOST_WORDS or len(plain) > _LONGEST or not words[0][:1].isupper():
        return 0
    if any(word[:1].islower() and not _is_particle(word) for word in words):
        return 0
    if not all(_NAME_WORD.fullmatch(word) and not _ABBREVIATION.fullmatch(word) for word in words):
        return 0
    # In capitals every word looks like the letters of an organisation.
    spelled = plain.title() if plain.isupper() else plain
    return 0 if _JOB.search(spelled) or _ORGANISATION.search(spelled) else len(words)


def named_in(stated: str) -> list[str]:
    """Return the names of people in a line of a mail's head: "Ana Sample <ana@example.org>; 'Reef, Orla'"."""
    pieces = re.split(r"[;<>\"()\n]|(?<!\w)'|'(?!\w)|[\w.+%-]+@[\w.-]+", stated)
    names = [strip_courtesy(piece) for piece in pieces for piece in (piece, *piece.split(","))]
    turned = [
        " ".join(reversed(name.split(",", 1))).strip() if name.count(",") == 1 else name for name in names
    ]
    return list(dict.fromkeys(name for name in turned if is_name(name)))


def is_body(text: str) -> bool:
    """Tell whether a short text ends with the word of a body: "Good Governance Unit"."""
    return bool(_BODY_LAST.search(text)) and not text.isupper()


def is_only_body(text: str) -> bool:
    """Tell the name of a body, of which no word may be that of a person: "Ministry of Finance", "Reef Office"."""
    if split_line(text)[0]:
        return False
    capitals = all(word[:1].isupper() for word in text.split())
    return _ORGANISATION.match(text) is not None or (capitals and is_body(text))


def _is_particle(word: str) -> bool:
    """Tell a small word within a name: "de", or the d of "d'Aubigny"."""
    elided = _ELIDED.match(word)
    return word in _PARTICLES or bool(elided and word[elided.end() :][:1].isupper())


def same(first: str, second: str) -> bool:
    """Tell whether two names are those of one person: equal, or one leaves out names that the other has."""
    one, other = set(key(first).split()), set(key(second).split())
    if not one or not other:
        return False
    return one == other or (min(len(one), len(other)) > 1 and (one <= other or other <= one))


def find(people: Iterable[Person], name: str) -> Person | None:
    """Return the one person of that name, or None where there is none or more than one."""
    listed = list(people)
    wanted = key(name)
    if exact := [person for person in listed if key(person.name) == wanted]:
        return exact[0]
    matching = [person for person in listed if same(person.name, name)]
    return matching[0] if len(matching) == 1 else None


@once
def split_line(text: str) -> tuple[str, str]:
    """Return the name with which a line begins, and the rest.

    "Ana Sample, Analyst, Office", "Ana Sample (Office)", "Ana Sample - Analyst" and "Ana Sample from the
    Office" all begin with a name.
    """
    text = NUMBERING.sub("", squeeze(_COLUMNS.sub(" | ", text.strip())))
    text = _RETIRED.sub("", _PRONOUNS.sub("", text[:_LONGEST])) + text[_LONGEST:]
    bracket = _BRACKET.match(text)
    if bracket and is_name(bracket[1]):
        if _SENTENCE.search(bracket[3]):
            # What stands behind the bracket is a biography.
            return bracket[1].strip(), text[len(bracket[1]) :].strip()
        return bracket[1].strip(), ", ".join(part for part in (trim(bracket[3]), trim(bracket[2])) if part)
    for match in _AFTER_NAME.finditer(text[: _LONGEST + 20]):
        name, rest = text[: match.start()], text[match.end() :]
        if match[0].startswith(".") and _WITH_POINT.search(name):
            # "K. T. Wagner", "Delroy St. Claire"
            continue
        if is_name(name):
            return name.strip(), _DEGREE_FIRST.sub("", rest, count=1).strip() if _DEGREE_FIRST.match(
                rest
            ) else rest
    if is_name(text):
        return text.strip(" .:,;"), ""
    joined = _JOINED.match(text)
    if joined and is_name(joined[1]):
        return joined[1].strip(), joined[2].strip()
    return "", text
