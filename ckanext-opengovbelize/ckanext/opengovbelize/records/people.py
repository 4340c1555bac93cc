"""The people whom a record names in a public role: who they are, what they do, and their biographies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from . import labels
from .document import Block
from .prose import join
from .session import Person
from .vocabulary import any_of, load
from .words import EMAIL, URL, fold, squeeze, trim

_TITLES = r"(?:Ms|Mr|Mrs|Miss|Sr|Sra|Srta)\b\.?\s+"
_HONORIFIC = re.compile(
    r"^(?:(?:Ms|Mr|Mrs|Miss|Mx|Sr|Sra|Srta|Dr|Dra|Lic|Licda|Ing|Mtro|Mtra|Prof|Hon|Sen|Senator|Minister|Amb|Ambassador"
    r"|Rev|Msc|Profesora?|Doctora?|Ministr[oa]|Embajadora?|Don|Doña)\b\.?\s+)+",
    re.IGNORECASE,
)
_COURTESY = re.compile(rf"^(?:{_TITLES})+", re.IGNORECASE)
_DEGREES = re.compile(
    r",?\s+(?:Ph\.?\s?D|M\.?\s?A|M\.?\s?Sc|MBA|MPA|MPP|LL\.?[BM]|J\.?D|B\.?\s?A|B\.?\s?Sc|Esq|Jr|III?)\.?$"
)
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "la",
        "las",
        "los",
        "da",
        "do",
        "dos",
        "das",
        "van",
        "von",
        "der",
        "den",
        "di",
        "du",
        "le",
        "y",
        "e",
        "bin",
        "al",
        "ibn",
        "san",
        "santa",
        "mc",
        "mac",
    ]
)
_WORDS = load("people")
# What tells the name of an organisation from that of a person: a word, or letters in capitals.
_ORGANISATION = re.compile(
    rf"\b{any_of(_WORDS['organisation'])}\b|\b(?-i:[A-Z]{{2,}}[A-Z/&-]*)\b", re.IGNORECASE
)
_OFFICE = re.compile(
    rf"\b(?:{any_of([f'(?i:{word[0]}){word[1:]}' for word in _WORDS['office']])}"
    r"|[A-ZÁÉÍÓÚÑ]{2,}(?:[/&-][A-Z]+)*)\b"
)
_JOB = re.compile(rf"\b{any_of(_WORDS['job'])}\b", re.IGNORECASE)
# "Specialist of the Department of X of the Organization of Y": the last office that is named is the institution.
_OF_OFFICE = re.compile(
    r"\s*,?\s+(?:of|at|from|with|in|de|del|en)\s+(?:the\s+|la\s+|el\s+|los\s+|las\s+)?(?=[A-ZÁÉÍÓÚÑ])|\s*,?\s+(?:at|en)\s+(?=[A-ZÁÉÍÓÚÑ])"
)
_SPLIT = re.compile(r"\s*[,;|]\s+|\s+[–—-]+\s+|\s*[–—|]\s*|\t+")
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*", re.UNICODE)
_COUNTRIES: dict[str, str] = _WORDS["countries"]
_LONGEST_LINE = 160
NAME_LENGTH = 80


@dataclass
class Group:
    """Lines that speak of one person, the first with the name."""

    lines: list[Block] = field(default_factory=list)


def strip_courtesy(name: str) -> str:
    """Return a name without Mr, Ms, Sra; titles such as Dr. stay."""
    return _COURTESY.sub("", trim(name)).strip()


def key(name: str) -> str:
    """Return the form in which one name is matched with another: no title, no degree, case or accents."""
    return fold(_DEGREES.sub("", _HONORIFIC.sub("", trim(name))))


def is_name(text: str, *, fewest: int = 2) -> bool:
    """Tell whether a short text looks like the name of one person."""
    plain = _DEGREES.sub("", _HONORIFIC.sub("", text.strip(" *_.:,;")))
    words = plain.split()
    if not fewest <= len(words) <= 6 or len(plain) > NAME_LENGTH:
        return False
    if not all(_NAME_WORD.fullmatch(word) for word in words):
        return False
    if (
        any(word[:1].islower() and word.lower() not in _PARTICLES for word in words)
        or not words[0][:1].isupper()
    ):
        return False
    if any(re.fullmatch(r"[^.'’-]{3,}\.", word) for word in words):
        return False
    if _JOB.search(plain):
        return False
    capitals = all(word.isupper() for word in words)
    return not _ORGANISATION.search(plain.title() if capitals else plain)


def same(first: str, second: str) -> bool:
    """Tell whether two names are those of one person: equal, or one leaves out names that the other has."""
    one, other = set(key(first).split()), set(key(second).split())
    if not one or not other:
        return False
    fewer = min(len(one), len(other))
    return one == other or (fewer >= 2 and (one <= other or other <= one))


def find(people: Iterable[Person], name: str) -> Person | None:
    """Return the one person of that name, or None where there is none or more than one."""
    listed = list(people)
    exact = [person for person in listed if key(person.name) == key(name)]
    if exact:
        return exact[0]
    matching = [person for person in listed if same(person.name, name)]
    return matching[0] if len(matching) == 1 else None


def split_position(text: str) -> tuple[str, str]:
    """Return position and affiliation of "Specialist of the Department of X of the Organization of Y"."""
    text = trim(text)
    parts = [part for part in (trim(piece) for piece in _SPLIT.split(text)) if part]
    if len(parts) > 1:
        inner = _split_of(parts[-1]) if not _OFFICE.search(parts[-1]) else None
        if inner:
            return ", ".join([*parts[:-1], inner[0]]), inner[1]
        return ", ".join(parts[:-1]), parts[-1]
    if found := _split_of(text):
        return found
    return (
        ("", text) if _OFFICE.match(text) or (_OFFICE.search(text) and not _JOB.search(text)) else (text, "")
    )


def says_position(text: str) -> bool:
    """Tell whether a short text names a job or an office."""
    return bool(_JOB.search(text) or _OFFICE.search(text))


def _split_of(text: str) -> tuple[str, str] | None:
    """Split at the last "of the" before an office, unless that leaves no position."""
    best: tuple[str, str] | None = None
    for match in _OF_OFFICE.finditer(text):
        before, after = text[: match.start()].strip(), text[match.end() :].strip()
        if before and (_OFFICE.match(after) or re.match(r"\s*,?\s+(?:at|en)\b", match[0])):
            best = before, after
    if best is None and (
        found := re.match(r"(.{3,80}?\S)\s+(?:of|for|de|del)\s+(?:the\s+|la\s+|el\s+)?([A-ZÁÉÍÓÚÑ].*)$", text)
    ):
        office = _OFFICE.search(found[2])
        if office and _JOB.search(found[1]) and not _JOB.search(found[2]):
            return found[1], found[2]
    return best


def split_line(text: str) -> tuple[str, str]:
    """Return the name with which a line begins, and the rest: "Ana Sample, Analyst, Office" or "Ana Sample (Office)"."""
    text = squeeze(text)
    bracket = re.match(r"([^(\[,]{3,80}?)\s*[(\[]([^)\]]{2,300})[)\]]\s*[,.;–—-]*\s*(.*)$", text)
    if bracket and is_name(bracket[1]):
        return bracket[1].strip(), ", ".join(part for part in (trim(bracket[3]), trim(bracket[2])) if part)
    for match in re.finditer(
        r"\s*[,:;|]\s*|\s+[–—-]+\s+|\s*[–—]\s*|\t+|\.\s+(?=[A-Z])", text[: NAME_LENGTH + 20]
    ):
        name, rest = text[: match.start()], text[match.end() :]
        if is_name(name):
            if degree := re.match(r"(?:Ph\.?D|M\.?A|M\.?Sc|MBA|MPA|Esq|Jr)\b\.?\s*[,–—-]?\s*", rest):
                rest = rest[degree.end() :]
            return name.strip(), rest.strip()
    if is_name(text):
        return text.strip(" .:,;"), ""
    joined = re.match(
        r"(.{4,80}?),?\s+(?:from|of|who is|is|de|del|quien es|es)\s+(?:the\s+|la\s+|el\s+|an?\s+|una?\s+)?(.+)$",
        text,
    )
    if joined and is_name(joined[1]):
        return joined[1].strip(), joined[2].strip()
    return "", text


def is_block(lines: Sequence[Block]) -> bool:
    """Tell whether lines of one paragraph present a person: a name, then one to four short lines."""
    if not 2 <= len(lines) <= 6 or not is_name(lines[0].text):
        return False
    return all(
        len(line.text) <= _LONGEST_LINE and not re.search(r"[.!?]$", line.text.strip()) for line in lines[1:]
    )


def read_people(
    role: str, lines: Sequence[Block], names: Iterable[str] = ()
) -> tuple[list[Person], list[Block]]:
    """Read people from the lines of a part of the record.

    Args:
        role: their role.
        lines: the lines of the part.
        names: names known from elsewhere in the record, as ``key`` gives them.

    Returns:
        The people, and the lines that speak of nobody.
    """
    known = set(names)
    found: list[Person] = []
    stray: list[Block] = []
    prose: list[Block] = []
    details: list[Block] = []
    current: Person | None = None

    def finish() -> None:
        if current is not None:
            _fill(current, details)
            if prose and not current.biography:
                current.biography = join(prose)
        details.clear()
        prose.clear()

    for position, block in enumerate(lines):
        label = labels.match(block)
        detail = _detail(block, label)
        if detail is not None:
            name_field, value = detail
            if name_field == "name":
                finish()
                current = Person(role, strip_courtesy(value.text), place=block.place)
                found.append(current)
            elif current is None:
                stray.append(block)
            elif name_field == "biography":
                if (other := _opens_with(value.text, found)) and other is not current:
                    other.biography = squeeze(value.text)
                else:
                    prose.append(value)
            else:
                setattr(
                    current, name_field, _country(value.text) if name_field == "country" else trim(value.text)
                )
            continue
        several = _several(role, block) if current is None or block.starts else []
        if several:
            finish()
            current = several[-1]
            found += several
            continue
        name, rest = _names_somebody(block, lines, position, known, current, details)
        if name:
            finish()
            current = Person(role, strip_courtesy(name), place=block.place)
            _rest(current, rest)
            found.append(current)
        elif current is None:
            stray.append(block)
        elif EMAIL.fullmatch(block.text.strip()):
            current.email = current.email or block.text.strip()
        elif _is_prose(block) or prose:
            prose.append(block)
        elif len(details) < 6:
            details.append(block)
        else:
            stray.append(block)
    finish()
    return found, stray


def _detail(block: Block, label: labels.Match | None) -> tuple[str, Block] | None:
    """Return field and value of a line such as "Position: Analyst" within a part on people."""
    if label is None or not label.sign or not label.rest.text:
        return None
    name = {
        "title": "name",
        "biographies": "biography",
        "speaker": "name",
        "facilitator": "name",
        "host": "name",
    }.get(label.name, label.name)
    if (
        name == "name"
        and label.name == "title"
        and fold(block.term or block.text.split(":")[0]) not in ("name", "nombre")
    ):
        name = "position" if fold(block.term or block.text.split(":")[0]) in ("title", "titulo") else name
    if name == "organisers":
        name = "affiliation"
    if name in ("biography",) and fold(label.rest.text) == "":
        return None
    return (name, label.rest) if name in labels.PERSON_FIELDS or name == "country" else None


def _names_somebody(
    block: Block,
    lines: Sequence[Block],
    position: int,
    known: set[str],
    current: Person | None,
    details: Sequence[Block],
) -> tuple[str, str]:
    """Return the name and what else stands on a line that begins with a person, or nothing."""
    text = block.text.strip()
    start = block.bold_start.strip(" :,–—-")
    if start and start != text and (is_name(start) or key(start) in known):
        return start, text[len(block.bold_start) :].lstrip(" :,–—-\t")
    if key(text) in known and key(text) != (key(current.name) if current else ""):
        return text, ""
    if block.kind == "heading" or block.bold:
        name, rest = split_line(text)
        return (
            (name, rest)
            if name
            else ((text, "") if current is None and is_name(text, fewest=1) else ("", ""))
        )
    if not block.starts and current is not None and (details or not lines[position - 1].bold):
        # Further lines of a paragraph are position and affiliation, unless each line is a person.
        name, rest = split_line(text)
        return (name, rest) if name and rest and not details and current.affiliation else ("", "")
    if _is_prose(block) and key(split_line(text)[0]) not in known:
        return "", ""
    name, rest = split_line(text)
    if not name:
        return "", ""
    if (
        current is not None
        and not rest
        and not details
        and not (current.position or current.affiliation)
        and block.starts
    ):
        # A name straight after a name: the one above had nothing to say of itself.
        return name, rest
    return name, rest


def _several(role: str, block: Block) -> list[Person]:
    """Read several people who stand on one line: with semicolons, or with their office in brackets."""
    text = squeeze(block.text)
    pieces = [piece for piece in re.split(r"\s*;\s*(?:and |y )?", text) if piece]
    if len(pieces) < 2:
        pieces = [piece for piece in re.split(r"(?<=\))\s*(?:,\s*(?:and |y )?|and |y |& )", text) if piece]
    if len(pieces) < 2:
        pieces = [piece for piece in re.split(r"\s*,\s*(?:and |y |& )?|\s+(?:and|y|e|&)\s+", text) if piece]
        if len(pieces) < 2 or not all(is_name(piece) for piece in pieces):
            return []
    people = []
    for piece in pieces:
        name, rest = split_line(piece)
        if not name:
            return []
        person = Person(role, strip_courtesy(name), place=block.place)
        _rest(person, rest)
        people.append(person)
    return people


def _rest(person: Person, rest: str) -> None:
    """Read what stands behind a name on its line."""
    if match := EMAIL.search(rest):
        person.email = match[0]
        rest = rest.replace(match[0], " ")
    rest = re.sub(r"[(\[]\s*[)\]]", " ", URL.sub(" ", rest)).strip(" ,;:|–—-.")
    if not rest:
        return
    if len(rest) > 200 or re.search(r"[a-z]{3}\. [A-Z]", rest):
        person.biography = rest
    else:
        person.position, person.affiliation = split_position(rest)


def _fill(person: Person, details: Sequence[Block]) -> None:
    """Read the lines below a name: position, then affiliation."""
    lines = []
    for block in details:
        text = block.text
        if match := EMAIL.search(text):
            person.email = person.email or match[0]
            text = text.replace(match[0], " ")
        text = trim(re.sub(r"[(\[]\s*[)\]]", " ", text))
        if text:
            lines.append(text)
    if not lines:
        return
    if len(lines) == 1:
        position, affiliation = split_position(lines[0])
        person.position, person.affiliation = person.position or position, person.affiliation or affiliation
        return
    if not person.position:
        person.position = ", ".join(lines[:-1])
    elif not person.affiliation:
        lines = [", ".join(lines)]
    person.affiliation = person.affiliation or lines[-1]


def _is_prose(block: Block) -> bool:
    text = block.text
    return len(text) > _LONGEST_LINE or (
        len(text) > 60 and text.rstrip().endswith((".", "!")) and " " in text
    )


def _country(text: str) -> str:
    code = text.strip().upper()
    return _COUNTRIES.get(fold(text)) or (code if re.fullmatch(r"[A-Z]{2}", code) else "")


def read_coordinators(lines: Sequence[Block]) -> tuple[list[Person], list[Block]]:
    """Read coordinators, each with the e-mail address that stands next to the name."""
    people: list[Person] = []
    stray: list[Block] = []
    for block in lines:
        if not EMAIL.search(block.text) or _detail(block, labels.match(block)):
            stray.append(block)
            continue
        read, rest = _with_addresses(block)
        if read:
            people += read
        elif people and not people[-1].email and not rest:
            people[-1].email = EMAIL.findall(block.text)[0]
        else:
            stray.append(block)
    if not people or stray:
        return _coordinators_by_line(lines)
    return people, stray


def _coordinators_by_line(lines: Sequence[Block]) -> tuple[list[Person], list[Block]]:
    """Read coordinators whose addresses, if any, stand on lines of their own."""
    people: list[Person] = []
    plain: list[Block] = []
    stray: list[Block] = []

    def flush() -> None:
        found, rest = read_people("coordinator", plain)
        people.extend(found)
        stray.extend(rest)
        plain.clear()

    for block in lines:
        read = _with_addresses(block)[0] if EMAIL.search(block.text) and not labels.match(block) else []
        if read:
            flush()
            people += read
        else:
            plain.append(block)
    flush()
    return people, stray


def _with_addresses(block: Block) -> tuple[list[Person], str]:
    """Read "Ms. A B a@example.org and Mr. C D (c@example.org)"; return also what is left."""
    text = squeeze(block.text)
    people: list[Person] = []
    rest = ""
    begin = 0
    for match in EMAIL.finditer(text):
        before = re.sub(r"^[\s,;.)\]>|/–—-]*(?:(?:and|y|e|or|o|&)\s+)?", "", text[begin : match.start()])
        before = re.sub(
            r"\s*(?:e-?mail|correo(?: electr[oó]nico)?|at|en)?\s*[:(\[<|–—-]*\s*$",
            "",
            before,
            flags=re.IGNORECASE,
        )
        begin = match.end()
        name, detail = split_line(before)
        if not name and (
            candidates := [
                part
                for part in re.split(r"[,;:]|\s+(?:contact|contacte a?|to)\s+", before)
                if is_name(trim(part))
            ]
        ):
            name, detail = trim(candidates[-1]), ""
        if not name:
            rest += before
            continue
        person = Person("coordinator", strip_courtesy(name), email=match[0].rstrip("."), place=block.place)
        _rest(person, detail)
        people.append(person)
    return people, trim(rest)


@dataclass
class Biography:
    """A biography as it stands, under the name that it is given."""

    name: str
    lines: list[Block] = field(default_factory=list)
    place: str = ""
    marked: bool = False


def read_biographies(lines: Sequence[Block], people: Sequence[Person]) -> tuple[list[Biography], list[Block]]:
    """Split the part with the biographies at the names of the people."""
    found: list[Biography] = []
    stray: list[Block] = []
    for position, block in enumerate(lines):
        name, rest, marked = _biography_of(block, lines, position, people, found[-1] if found else None)
        if name:
            found.append(Biography(name, [rest] if rest.text else [], block.place, marked))
        elif found:
            found[-1].lines.append(block)
        else:
            stray.append(block)
    return found, stray


def _biography_of(
    block: Block, lines: Sequence[Block], position: int, people: Sequence[Person], current: Biography | None
) -> tuple[str, Block, bool]:
    """Return the name with which a line opens a biography, the text behind it, and whether the layout marks it."""
    nothing = ("", block, False)
    text = block.text.strip()
    end = block.after(len(text))
    if block.term and (is_name(block.term) or find(people, block.term)):
        return block.term, block, True
    label = labels.match(block)
    if (
        label
        and (label.name in labels.PEOPLE or label.name == "title")
        and label.sign
        and is_name(label.rest.text)
    ):
        return label.rest.text, label.rest.after(len(label.rest.text)), True
    marked = block.kind == "heading" or block.bold
    if len(text) <= 200:
        name, rest = split_line(text)
        if marked and (name or is_name(text, fewest=1)):
            return name or text, end if not _is_prose(block) else block, True
        if name and not rest and (find(people, name) or _stands_alone(lines, position)):
            return name, end, False
        # "Ana Sample, Analyst" over her biography.
        if (
            name
            and rest
            and find(people, name)
            and not text.endswith(".")
            and block.starts
            and not _is_prose(block)
        ):
            return name, end, False
    start = block.bold_start.strip(" :,.–—-")
    if start and start != text and (is_name(start) or find(people, start)):
        behind = text[len(block.bold_start) :]
        if behind.lstrip()[:1] in ":–—-" or block.bold_start.endswith((":", ".", "–", "-")):
            return start, block.after(len(block.bold_start) + len(behind) - len(behind.lstrip(" :–—-"))), True
        return start, block, True
    if match := re.match(r"([^:–—]{4,80}?)\s*(?::|\s[–—-]\s|–|—)\s*", text):
        if find(people, match[1]) and is_name(match[1]):
            return match[1], block.after(match.end()), False
    if (
        block.starts
        and (person := _opens_with(text, people))
        and (current is None or not same(current.name, person.name))
    ):
        return person.name, block, False
    return nothing


def _stands_alone(lines: Sequence[Block], position: int) -> bool:
    """Tell whether a name is a line over prose, and not within a paragraph."""
    block = lines[position]
    following = lines[position + 1] if position + 1 < len(lines) else None
    return block.starts and following is not None and len(following.text) > 80


def _opens_with(text: str, people: Sequence[Person]) -> Person | None:
    """Return the person with whose full name a paragraph begins."""
    opening = f"{key(text[:200])} "
    for person in people:
        if len(key(person.name).split()) > 1 and opening.startswith(f"{key(person.name)} "):
            return person
    return None


def add_biographies(biographies: Iterable[Biography], people: list[Person]) -> None:
    """Give each person the biography under their name; a marked name that nobody has becomes a speaker."""
    for biography in biographies:
        text = join(biography.lines)
        person = find(people, biography.name)
        if person is None:
            person = _unique_first_name(people, biography.name)
        if person is None:
            person = Person("speaker", strip_courtesy(biography.name), place=biography.place)
            people.append(person)
        if text and text not in person.biography:
            person.biography = f"{person.biography}\n\n{text}".strip()


def _unique_first_name(people: Sequence[Person], name: str) -> Person | None:
    wanted = key(name).split()
    matching = [person for person in people if len(wanted) == 1 and wanted[0] in key(person.name).split()]
    return matching[0] if len(matching) == 1 else None
