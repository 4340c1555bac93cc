"""What one line says of people: their names, and behind them their offices, addresses and biographies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .document import Block
from .names import is_body, is_name, key, split_line
from .places import is_town
from .positions import country_code, says_position, split_position
from .session import Person
from .vocabulary import any_of, load
from .words import EMAIL, URL, trim

# What is longer is no position or office below a name.
LONGEST_DETAIL = 160
_LONGEST_REST = 200
# Each "and" of a line is looked behind: a line of thousands would take seconds.
_LONGEST_ROW = 1_000
# Of a name with its titles and degrees.
_MOST_NAME_WORDS = 12
# "(Analyst, Office) - She has ..." and "Analyst, Office. She has ..."
_BRACKET_FIRST = re.compile(r"[(\[]([^)\]]{2,300})[)\]]\s*[,.;:–—-]*\s*(.*)$", re.DOTALL)
_POSITION_FIRST = re.compile(
    r"([A-ZÁÉÍÓÚÑ].{2,150}?[\w)]{3})\.\s+([A-ZÁÉÍÓÚÑ](?:.{20,}|[^.]*\s[^.]*[.!]))$", re.DOTALL
)
# Before an office in a sentence: "el señor Director Ana Sample".
_OFFICIAL_LEAD = re.compile(
    r"(?:y\s+|and\s+)?(?:el|la|the|our|nuestr[oa])\s+(?:señora?\s+|sra?\.?\s+)?", re.IGNORECASE
)
# "She left early": no office, and no biography either.
_PRONOUN = re.compile(r"(?:s?he|they|who|ella|[eé]l|ell[oa]s|quien|que)\b", re.IGNORECASE)
_IN_SESSION = re.compile(
    rf"(?:{_PRONOUN.pattern}\s+)?{any_of(load('people')['in_session'])}\b", re.IGNORECASE
)
_LISTED = re.compile(r"\s*[,;|]\s*|\s+(?:and|y|e|&)\s+")
_POSITION_THEN_NAME = re.compile(r"([^:]{5,150}?)\s*:\s*([^:,;]{4,80})$")
_FAMILY_FIRST = re.compile(
    r"(?P<family>(?:[A-ZÁÉÍÓÚÑÜ][A-ZÁÉÍÓÚÑÜ'’-]{2,30}\s?){1,3}),\s+"
    r"(?P<given>[A-ZÁÉÍÓÚÑ][a-záéíóúñü]{1,30}(?:[ -][A-ZÁÉÍÓÚÑ][a-záéíóúñü.]{0,30}){0,2})"
    r"(?P<rest>\s*(?:$|[(\[,;|–—-].*))"
)
# What a list of people notes behind a name is no office.
_NOTE = re.compile(
    r"(?:no longer|not yet|until|since|on leave|absent|unable|apologies|tbc|to be confirmed|ya no|hasta|desde|ausente"
    r"|por confirmar)\b",
    re.IGNORECASE,
)
_AND = re.compile(r",?\s+(?:and|y|e|&)\s+")
# What parts several people on one line; behind names alone, commas and "and" do too.
_BETWEEN_PEOPLE = (
    re.compile(r"\s*;\s*(?:and |y )?"),
    re.compile(r"(?<=\))\s*(?:,\s*(?:and |y )?|and |y |& )"),
)
_BETWEEN_NAMES = re.compile(r"\s*,\s*(?:and |y |& )?|\s+(?:and|y|e|&)\s+")
_ACRONYM = re.compile(r"[A-Z]{2,8}")
_SENTENCE = re.compile(r"(?:\w+\s+){3,}\w+[.!]\s*$")
_TELLS = re.compile(
    r"\b(?:is|was|has|have|had|works?|worked|leads?|led|joined|holds|served|es|fue|ha|tiene|trabaja|trabajó|dirige"
    r"|cuenta)\b",
    re.IGNORECASE,
)
_IS_OFFICE = re.compile(r"(?:is|es)\s+(?:(?:the|an?|la|el|una?)\s+)?(?=[^\W\d_])", re.IGNORECASE)
# Who did so was one of many, whatever heading stands above.
_ASKED = re.compile(
    r"(?:^|[.!?]\s+)(?:s?he|they|ella|[eé]l)\s+(?:\w+\s+)?(?:asked|thanked|commented|pregunt[oó]|agradeci[oó]|coment[oó])\b",
    re.IGNORECASE,
)
_TALK = re.compile(r"(?:^|[\s,;:–—-])\s*(?P<talk>[\"“«][^\"”»]{5,200}[\"”»])\s*\.?\s*$")
_EMPTY_BRACKETS = re.compile(r"[(\[]\s*[)\]]")


def is_prose(block: Block) -> bool:
    """Tell a sentence on a person from a position or an office."""
    text = block.text
    return len(text) > LONGEST_DETAIL or (len(text) > 60 and text.endswith((".", "!")) and " " in text)


def is_long(rest: str) -> bool:
    """Tell a biography behind a name from a position."""
    return len(rest) > _LONGEST_REST or bool(re.search(r"[a-z]{3}\. [A-Z]", rest))


def begins_with_pronoun(text: str) -> bool:
    """Tell a line that goes on about somebody: "She has led the office since 2019"."""
    return _PRONOUN.match(text) is not None


def tells_of_session(text: str) -> bool:
    """Tell what somebody did in the session, "She left early.", from an office and from a biography."""
    text = text.lstrip(" ,.;:–—-")
    told = _IN_SESSION.match(text)
    return told is not None and len(text) <= LONGEST_DETAIL and not says_position(text[told.end() :])


def is_office(text: str) -> bool:
    """Tell an office from a sentence on who holds it."""
    return says_position(text) and not _TELLS.search(text)


def has_office(name: str, rest: str) -> bool:
    """Tell whether a name is followed by an office before anything else."""
    job = _AND.split(rest)[0].partition(",")[0].partition(" of ")[0]
    return bool(name) and says_position(job) and not is_body(f"the {job}")


def presents(rest: str) -> bool:
    """Tell whether what stands behind a name is a position before it is a biography."""
    told = _BRACKET_FIRST.match(rest) or _POSITION_FIRST.match(rest)
    return told is not None and is_office(told[1])


def introduces(text: str) -> bool:
    """Tell a sentence that says who somebody is: "Ana Sample is the Director of the Reef Office"."""
    name, rest = split_line(text)
    told = text[len(name) :].lstrip(" ,")
    return bool(name and _IS_OFFICE.match(told) and says_position(rest[:LONGEST_DETAIL]))


def asked(text: str) -> bool:
    """Tell of one who took part: "Ana Sample is a teacher. She asked how boats are counted."."""
    return _ASKED.search(text) is not None


def presents_somebody(text: str) -> bool:
    """Tell a line with a name and an office, however long, from a sentence."""
    name, office = split_line(text)
    return bool(name) and says_position(office) and not text.rstrip().endswith((".", "!", "?"))


def opens_with(text: str, people: Iterable[Person]) -> Person | None:
    """Return the person with whose full name a text begins."""
    opening = f"{key(text[:200])} "
    for person in people:
        name = key(person.name)
        if " " in name and opening.startswith(f"{name} "):
            return person
    return None


def are_named(lines: Sequence[Block]) -> bool:
    """Tell whether lines list people rather than kinds of people: half of what they list are names."""
    pieces = [trim(piece) for block in lines for piece in _LISTED.split(block.text) if trim(piece)]
    return sum(is_name(split_line(piece)[0] or piece) for piece in pieces) * 2 >= max(2, len(pieces))


def read_rest(person: Person, rest: str) -> None:
    """Read what stands behind a name on its line: position and affiliation, an address, or a biography."""
    if match := EMAIL.search(rest):
        person.email = match[0]
        rest = rest.replace(match[0], " ")
    if talk := _TALK.search(rest):
        # What somebody speaks about is no office; a record has no other place for it.
        person.biography = talk["talk"]
        rest = rest[: talk.start()]
    rest = without_empty_brackets(URL.sub(" ", rest)).strip(" ,;:|–—-")
    if _NOTE.match(rest.lstrip("([")):
        return
    if bracket := _BRACKET_FIRST.match(rest):
        person.position, person.affiliation = split_position(bracket[1])
        told = person.biography
        rest = bracket[2].strip(" ,;:|–—-.") if not _SENTENCE.search(bracket[2]) else bracket[2]
        if rest and not is_long(rest) and not _SENTENCE.search(rest):
            person.position, person.affiliation = split_position(f"{rest}, {bracket[1]}")
        else:
            person.biography = rest or told
        return
    if (told := _POSITION_FIRST.match(rest)) and is_office(told[1]):
        person.position, person.affiliation = split_position(told[1])
        person.biography = told[2]
        return
    if is_long(rest) or _PRONOUN.match(rest):
        person.biography = rest
    elif rest := rest.strip(" ."):
        person.position, person.affiliation = split_position(rest)


def without_empty_brackets(text: str) -> str:
    """Return a line without the brackets out of which something was taken."""
    return _EMPTY_BRACKETS.sub(" ", text)


def turned(text: str) -> tuple[str, str]:
    """Return name and position of a line that has them the other way: "Director, Reef Office: Ana Sample"."""
    found = _POSITION_THEN_NAME.match(text)
    if found and says_position(found[1]) and is_name(found[2]) and not is_name(found[1]):
        return found[2], found[1]
    return "", ""


def family_first(text: str) -> tuple[str, str]:
    """Return name and position of a line that gives the family name first, in capitals: "REEF, Orla (Director)".

    Two words in capitals may be a whole name, and what follows where somebody works, unless an office follows that.
    """
    found = _FAMILY_FIRST.match(text)
    if found is None:
        return "", ""
    family, given, rest = found["family"].strip(), found["given"].strip(), found["rest"]
    name = f"{given} {family.title()}"
    plain = is_name(name) and is_name(given, fewest=1) and not (is_town(given) or is_body(given))
    told = " " not in family or says_position(rest)
    return (name, rest.strip(" ,;:|–—-")) if plain and told and not country_code(given) else ("", "")


def several(text: str) -> list[tuple[str, str]]:
    """Return names and offices of the people on one line; nothing where it does not name two or more."""
    if told := _in_a_row(text):
        return told
    for separator in _BETWEEN_PEOPLE:
        told = [_split_either_way(piece) for piece in separator.split(text) if piece]
        if len(told) > 1 and all(name for name, _ in told):
            return told
    # Commas stand between position and office too: each piece must be a name and nothing else.
    told = [split_line(piece) for piece in _BETWEEN_NAMES.split(text) if piece]
    return told if len(told) > 1 and all(name and not rest for name, rest in told) else []


def _split_either_way(piece: str) -> tuple[str, str]:
    """Return name and office of one of several people, whichever stands first: "el señor Director Ana Sample"."""
    told = family_first(piece)
    name, rest = told if told[0] else split_line(piece)
    if name:
        return name, rest
    words = _OFFICIAL_LEAD.sub("", piece).split()
    for count in range(max(0, len(words) - _MOST_NAME_WORDS), max(0, len(words) - 1)):
        office, name = " ".join(words[:count]), " ".join(words[count:])
        if is_name(name) and (not office or says_position(office)):
            return name, office
    return "", piece


def _in_a_row(text: str) -> list[tuple[str, str]]:
    """Return two or more people with their offices whom "and" joins: "Ana Sample, Analyst, Office and Orla Reef, Head".

    The word joins parts of one office too: only a name with an office of its own begins another person.
    """
    if len(text) > _LONGEST_ROW:
        return []
    told: list[tuple[str, str]] = []
    start = 0
    for joint in [*_AND.finditer(text), None]:
        if joint is not None and not has_office(*split_line(text[joint.end() :])):
            continue
        name, rest = split_line(text[start : joint.start() if joint else len(text)])
        if not name or not (has_office(name, rest) or (joint and _ACRONYM.fullmatch(rest))):
            return []
        told.append((name, rest))
        start = joint.end() if joint else len(text)
    return told if len(told) > 1 else []
