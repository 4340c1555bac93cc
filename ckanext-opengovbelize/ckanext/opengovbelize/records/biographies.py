"""Biographies: the part of a record that holds them, split at the names, and given to the people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from . import labels, presenting, prose
from .document import Block
from .names import NUMBERING, find, is_name, key, same, split_line, strip_courtesy
from .session import Person

_LONGEST_HEADING = 200
_PROSE_BELOW = 80
_ABOUT = re.compile(
    r"(?:about|meet|sobre|acerca de|conozca a)\s+(?P<name>[^.:;\n–—]{4,80}?)\s*[.:;–—]\s*(?=\S)",
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(r"([^:–—]{4,80}?)\s*(?::|\s[–—-]\s|–|—)\s*")


@dataclass
class Biography:
    """A biography as it stands, under the name that it is given."""

    name: str
    lines: list[Block] = field(default_factory=list)
    place: str = ""


def read(lines: Sequence[Block], known: Sequence[Person]) -> tuple[list[Biography], list[Block]]:
    """Split the lines at the names of people, known or not; return also the lines before the first."""
    found: list[Biography] = []
    stray: list[Block] = []
    for position, block in enumerate(lines):
        opened = _opening(lines, position, known, found[-1].name if found else "")
        if opened:
            name, rest = opened
            # In a list of people each item is a paragraph about one of them.
            found.append(Biography(name, [replace(rest, kind="line")] if rest.text else [], block.place))
        elif found:
            found[-1].lines.append(block)
        else:
            stray.append(block)
    return found, stray


def add(biographies: Iterable[Biography], known: list[Person]) -> None:
    """Give each person the biography under their name; a name that nobody has becomes a speaker."""
    for biography in biographies:
        text = prose.join(biography.lines)
        person = find(known, biography.name) or _by_one_name(known, biography.name)
        if person is None:
            person = Person("speaker", strip_courtesy(biography.name), place=biography.place)
            known.append(person)
        if text and text not in person.biography:
            person.biography = f"{person.biography}\n\n{text}".strip()


def take(text: str, known: Sequence[Person]) -> str:
    """Take paragraphs such as "About Ana Sample. Ana is ..." out of prose, and give them to the people."""
    kept = []
    for paragraph in text.split("\n\n"):
        about = _ABOUT.match(paragraph)
        person = find(known, about["name"]) if about and " " in key(about["name"]) else None
        if about and person is not None and same(person.name, about["name"]):
            told = paragraph[about.end() :].strip()
            person.biography = f"{person.biography}\n\n{told}".strip()
        else:
            kept.append(paragraph)
    return "\n\n".join(kept)


def _by_one_name(known: Sequence[Person], name: str) -> Person | None:
    """Return the only person who bears this given or family name."""
    matching = [person for person in known if " " not in key(name) and key(name) in key(person.name).split()]
    return matching[0] if len(matching) == 1 else None


def _opening(
    lines: Sequence[Block], position: int, known: Sequence[Person], current: str
) -> tuple[str, Block] | None:
    """Return the name with which a line opens a biography, and what the line says of it, or None."""
    block = lines[position]
    if numbering := NUMBERING.match(block.text):
        block = block.after(numbering.end())
    if block.term and (is_name(block.term) or find(known, block.term)):
        return block.term, block
    label = labels.match(block)
    if label and label.sign and label.name in (*labels.PEOPLE, "title") and is_name(label.rest.text):
        return label.rest.text, block.after(len(block.text))
    return (
        _heading(lines, position, known)
        or _bold_start(block, known)
        or _name_first(block, known)
        or _full_name(block, known, current)
    )


def _heading(lines: Sequence[Block], position: int, known: Sequence[Person]) -> tuple[str, Block] | None:
    """The line is a name, with or without a position: a heading, bold, known, or alone over prose."""
    block = lines[position]
    text = block.text
    if len(text) > _LONGEST_HEADING:
        return None
    name, rest = split_line(text)
    end = block.after(len(text))
    if (block.kind == "heading" or block.bold) and (name or is_name(text, fewest=1)):
        return name or text, block if presenting.is_prose(block) else end
    if not name:
        return None
    if not rest:
        below = lines[position + 1 : position + 2]
        alone = block.starts and bool(below) and len(below[0].text) > _PROSE_BELOW
        return (name, end) if alone or find(known, name) else None
    goes_on = (
        any(not line.starts for line in lines[position + 1 : position + 2]) and len(text) > _PROSE_BELOW * 0.7
    )
    presents = block.starts and not text.endswith(".") and not presenting.is_prose(block) and not goes_on
    return (name, end) if presents and find(known, name) else None


def _bold_start(block: Block, known: Sequence[Person]) -> tuple[str, Block] | None:
    """The line begins with a name in bold type, of which a sign may tell the rest apart."""
    bold = block.bold_start
    name = bold.strip(" :,.–—-")
    if not name or name == block.text or not (is_name(name) or find(known, name)):
        return None
    behind = block.text[len(bold) :]
    if bold.endswith((":", ".", "–", "-")) or behind.lstrip().startswith((":", "–", "—", "-")):
        return name, block.after(len(bold) + len(behind) - len(behind.lstrip(" :–—-")))
    return name, block


def _name_first(block: Block, known: Sequence[Person]) -> tuple[str, Block] | None:
    """The line is "Ana Sample: biography"."""
    match = _NAME_FIRST.match(block.text)
    if match and is_name(match[1]) and find(known, match[1]):
        return match[1], block.after(match.end())
    return None


def _full_name(block: Block, known: Sequence[Person], current: str) -> tuple[str, Block] | None:
    """The paragraph begins with the full name of another person than the one above."""
    person = presenting.opens_with(block.text, known) if block.starts else None
    if person is None or (current and same(current, person.name)):
        return None
    return person.name, block
