"""The people whom a record names in a public role, in the layouts in which records present them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from . import clock, dates, labels, presenting, prose
from .document import Block
from .names import NUMBERING, is_body, is_name, key, split_line, strip_courtesy
from .places import is_town
from .positions import country_code, says_position, split_position
from .session import Person
from .words import EMAIL, fold, squeeze, trim

_MOST_DETAILS = 6
_NUMBER = re.compile(r"[\d\s()+./-]{5,40}")
_MOST_WORDS_OF_A_HEADING = 3
# Labels that stand for another field where the lines are about one person.
_FIELDS = {
    "title": "name", "speaker": "name", "facilitator": "name", "host": "name", "biographies": "biography",
    "organisers": "affiliation",
}  # fmt: skip
_OTHER_LABEL = re.compile(r"[^\W\d_][\w' -]{2,30}:\s+\S")
# What a session did is no biography of whoever stands above.
_OF_SESSION = re.compile(
    r"(?:(?:in|during|at|en|durante)\s+)?(?:the|this|our|la|el|esta|este|nuestr[oa])\s+(?:\w+\s)?(?:session|webinar|workshop"
    r"|event|meeting|seminar|sesi[oó]n|webinario|seminario|taller|evento|encuentro|reuni[oó]n)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:the|this|these|our|we|all|el|la|los|las|est[ae]|nuestr[oa])\b", re.IGNORECASE)
_OF_A_PERSON = re.compile(r"\b(?:s?he|his|her|hers|who|ella|[eé]l|quien|su|sus)\b", re.IGNORECASE)
_FEWEST_WORDS_OF_A_SENTENCE = 5
# A heading that nobody marked as one: no position begins so.
_HEADS = re.compile(r"(?:what|how|why|who|where|qu[eé]|c[oó]mo|por qu[eé]|qui[eé]n)\b", re.IGNORECASE)
_BROKEN_OFF = re.compile(r"\s(?:of|of the|for|for the|and|the|de|de la|de los|del|para|y|&)$", re.IGNORECASE)
# A line that is nothing but somebody's telephone.
_NUMBER_ONLY = re.compile(
    r"(?:(?:tel|tel[eé]fono|telephone|phone|cel|cell|celular|m[oó]vil|mobile|whatsapp|fax|office|oficina)[\s.:#/]*)*"
    r"[+(]?\d[\d\s().+/-]{5,}(?:ext\.?\s*\d{1,5})?",
    re.IGNORECASE,
)
_HASHTAGS = re.compile(r"(?:#\w+[\s,]*)+")
_ANNOUNCES = re.compile(r"[\w:]\s*$")
_LETTERS = re.compile(r"[^\W\d_]{2}")
# Somebody with a time below wrote in a chat.
_ONLY_TIME = re.compile(r"\s*\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?\s?m\.?)?\s*", re.IGNORECASE)


def read(
    role: str, lines: Sequence[Block], names: Iterable[str] = (), *, several: bool = False
) -> tuple[list[Person], list[Block], list[Block]]:
    """Read people from the lines of a part of the record.

    Args:
        role: their role.
        lines: the lines of the part.
        names: names known from elsewhere in the record, as ``names.key`` gives them.
        several: whether their label promises more than one.

    Returns:
        The people, the lines that speak of nobody, and those that are nothing to publish, wherever they stand: what
        somebody did in the session, and who stands right below a heading of others.
    """
    reader = _Reader(role, lines, frozenset(names), several=several)
    for position, block in enumerate(lines):
        reader.take(position, block)
    reader.finish()
    return reader.found, reader.stray, reader.left_out


def is_block(lines: Sequence[Block]) -> bool:
    """Tell whether lines of one paragraph present a person: a name, then one to five short lines.

    A name with a day, a time or nothing but an address is that of somebody who registered, came or signed.
    """
    if not 2 <= len(lines) <= _MOST_DETAILS or not is_name(lines[0].text):
        return False
    if all(EMAIL.fullmatch(line.text) or _NUMBER.fullmatch(line.text) for line in lines[1:]):
        return False
    if not any(says_position(line.text) or is_body(line.text) or detail_of(line) for line in lines[1:]):
        return False
    return all(
        len(line.text) <= presenting.LONGEST_DETAIL
        and not line.text.endswith((".", "!", "?"))
        and not (_ONLY_TIME.fullmatch(line.text) or dates.has_date(line.text))
        for line in lines[1:]
    )


def detail_of(block: Block) -> tuple[str, Block] | None:
    """Return field and value of a line such as "Position: Analyst" within a part on people."""
    label = labels.match(block)
    if label is None or not label.sign or not label.rest.text:
        return None
    name = _FIELDS.get(label.name, label.name)
    prefix = fold(block.term or block.text[: len(block.text) - len(label.rest.text)])
    if label.name == "title" and prefix in ("title", "titulo"):
        name = "position"
    return (name, label.rest) if name in labels.PERSON_FIELDS or name == "country" else None


class _Reader:
    """Goes over the lines once; ``current`` is the person of whom they speak."""

    def __init__(self, role: str, lines: Sequence[Block], names: frozenset[str], *, several: bool) -> None:
        self.role = role
        self.lines = lines
        self.names = names
        self.several = several
        self.listed = {id(line) for line in _bare_names(lines)} if several else set()
        self.found: list[Person] = []
        self.stray: list[Block] = []
        self.left_out: list[Block] = []
        self.current: Person | None = None
        self.in_list = False
        self.numbered = False
        self.line: Block | None = None
        # Several stand on one line: what is below says nothing of the last of them.
        self.in_row = False
        self.told_on_line = False
        # Somebody whom a sentence introduces: where one is told so, further ones are.
        self.told_in_sentence = False
        self.ended = False
        self.tight = False
        self.details: list[Block] = []
        self.biography: list[Block] = []

    def take(self, position: int, block: Block) -> None:
        """Read one line."""
        self.tight = self.tight and not block.starts
        if self.ended:
            self._leave(block)
        elif presenting.tells_of_session(block.text) and self.current is not None:
            self.left_out.append(block)
        elif detail := detail_of(block):
            self._labelled(block, *detail)
        elif self._lists_others(position, block):
            self.ended = True
            self._leave(block)
        elif told := self._several(block):
            self.finish()
            self.found += self._people(block, told)
            self.current = self.found[-1]
            self.in_list = block.kind == "item"
            self.line, self.numbered, self.in_row = block, _is_numbered(block), True
        elif (named := self._name(position, block))[0]:
            self._begin(*named, block)
        elif self.current is None or self._is_left(block):
            self._leave(block)
        elif not block.starts and not self.details and (open_field := _open_field(self.current)):
            # Only the width of a page parts "Audit Office of" from its last word.
            setattr(self.current, open_field, f"{getattr(self.current, open_field)} {squeeze(block.text)}")
        elif EMAIL.fullmatch(block.text):
            self.current.email = self.current.email or block.text
        elif self.biography or presenting.is_prose(block) or presenting.begins_with_pronoun(block.text):
            self.biography.append(block)
        elif len(self.details) < _MOST_DETAILS and not self.in_row:
            self.details.append(block)
        else:
            self.stray.append(block)

    def _several(self, block: Block) -> list[tuple[str, str]]:
        """Return the people on one line; where each item of a list has an office, what looks like a name is one too."""
        told = presenting.several(squeeze(block.text)) if self.current is None or block.starts else []
        if not told or any(rest for _, rest in told) or not _is_name_and_name(block.text):
            return told
        if not _is_item(block):
            return told
        offices = [split_line(line.text)[1] for line in self.lines if _is_item(line) and line is not block]
        return [] if any(office and not is_name(office) for office in offices) else told

    def _leave(self, block: Block) -> None:
        """Put aside a line that speaks of the person no more; right below a heading it may speak of anybody."""
        (self.left_out if self.ended and self.tight else self.stray).append(block)

    def _lists_others(self, position: int, block: Block) -> bool:
        """Tell a list of people below somebody who is no part of it, unless the label promised more of them."""
        begins = (_is_numbered(block) and not self.numbered) or (block.kind == "item" and not self.in_list)
        if not (self.found and begins and split_line(block.text)[0]):
            return False
        above = self.lines[position - 1]
        promised = self.several and above is self.line
        return not (promised or above.kind == "heading" or above.bold)

    def _is_left(self, block: Block) -> bool:
        """Tell whether a line speaks of the person no more: it stands below a list, or heads something else."""
        if self.current is None:
            return False
        if clock.begins(block.text):
            # An entry of a chat or an item of an agenda; anybody may be named below it.
            self.ended = bool(_LETTERS.search(clock.TIME.sub("", block.text)))
            return True
        if not self.biography and _OTHER_LABEL.match(block.text):
            # "Interpreter: Ana Sample" is no office of whoever stands above, in a paragraph of its own or not.
            label = block.text.partition(":")[0]
            return not says_position(label.capitalize() if label.isupper() else label)
        if block.bold and block.starts and not self._may_be_office(block):
            # Type sets a heading apart: nobody knows of whom the lines below it speak.
            self.ended = True
            return True
        if not block.starts:
            return self._is_full() and (_is_place(block.text) or self._ends_at(block))
        if _OF_SESSION.match(block.text) or (self.role in ("facilitator", "host") and _is_of_body(block)):
            return True
        if self.in_list and block.kind == "item" and (self.current.position or self.current.affiliation):
            # In a list of people who are told on their line, an item that names nobody is no office of the one above.
            return True
        if self._ends_at(block):
            if self._may_be_affiliation(block):
                return False
            # What stands below a heading that nobody knows speaks of the person no more.
            self.finish()
            self.current = None
            return True
        below_list = (
            self.in_list and block.kind != "item" and not presenting.opens_with(block.text, [self.current])
        )
        if below_list and _ANNOUNCES.search(block.text):
            # "These people have signed up:" opens another list; a whole sentence may be about the person above.
            self.in_list = False
        return below_list or bool(self.details and _HEADS.match(block.text))

    def _is_full(self) -> bool:
        """Tell whether the line of the person above says all that further lines could: "Belize" is no more of it."""
        person = self.current
        return bool(
            person
            and self.told_on_line
            and person.position
            and person.affiliation
            and not _open_field(person)
        )

    def _ends_at(self, block: Block) -> bool:
        """Tell a heading that nobody marked as one; below the one facilitator nobody under it is a second one."""
        if not self._heads_something(block):
            return False
        self.ended = self.role in ("facilitator", "host") and not self._promises_another(block)
        self.tight = not block.starts
        return True

    def _heads_something(self, block: Block) -> bool:
        """Tell whether a short line below somebody who is told on one line is a heading that nobody marked as one."""
        short = len(block.text.split()) <= _MOST_WORDS_OF_A_HEADING
        named = says_position(block.text) or is_body(block.text) or _is_place(block.text)
        return self.told_on_line and short and not named

    def _promises_another(self, block: Block) -> bool:
        """Tell whether the label speaks of several where there is but one yet, and the next line presents another."""
        following = next((line for one, line in pairwise(self.lines) if one is block), None)
        if following is None or not self.several or len(self.found) > 1:
            return False
        return presenting.has_office(*split_line(following.text))

    def _may_be_office(self, block: Block) -> bool:
        """Tell whether a line in bold type may be what the person above does, or where."""
        known = says_position(block.text) or is_body(block.text) or _is_place(block.text)
        return known or self._may_be_affiliation(block)

    def _may_be_affiliation(self, block: Block) -> bool:
        """Tell whether a line may be where somebody works whose office alone is known: "Town Watch Belize"."""
        if self.current is None or self.details or not self.current.position or self.current.affiliation:
            return False
        words = block.text.split()
        return len(words) > 1 and all(word[:1].isupper() for word in words) and not _HEADS.match(block.text)

    def finish(self) -> None:
        """Give the person what the lines since the name said."""
        if self.current is not None:
            if self.current.position and self.current.affiliation:
                # Both are known: further lines speak of something else.
                self.stray += self.details
            else:
                _fill(self.current, self.details)
            self.current.biography = self.current.biography or prose.join(self.biography)
        self.details, self.biography = [], []

    def _begin(self, name: str, rest: str, block: Block) -> None:
        self.finish()
        self.in_list = block.kind == "item"
        self.line, self.numbered, self.in_row = block, _is_numbered(block), False
        self.current = Person(self.role, strip_courtesy(name), place=block.place)
        presenting.read_rest(self.current, rest)
        if presenting.tells_of_session(rest) or presenting.tells_of_session(self.current.biography):
            self.left_out.append(block)
            self.current.biography = ""
            if presenting.tells_of_session(rest):
                self.current.position = self.current.affiliation = ""
        self.told_in_sentence = presenting.introduces(block.text)
        self.told_on_line = bool(self.current.position or self.current.affiliation)
        self.found.append(self.current)

    def _labelled(self, block: Block, name: str, value: Block) -> None:
        if name == "name":
            self._begin(*(split_line(value.text) if split_line(value.text)[0] else (value.text, "")), block)
        elif self.current is None:
            self.stray.append(block)
        elif name != "biography":
            setattr(self.current, name, country_code(value.text) if name == "country" else trim(value.text))
        elif (other := presenting.opens_with(value.text, self.found)) and other is not self.current:
            other.biography = squeeze(value.text)
        else:
            self.biography.append(value)

    def _people(self, block: Block, told: Sequence[tuple[str, str]]) -> list[Person]:
        people = [Person(self.role, strip_courtesy(name), place=block.place) for name, _ in told]
        for person, (_, rest) in zip(people, told, strict=True):
            presenting.read_rest(person, rest)
        return people

    def _name(self, position: int, block: Block) -> tuple[str, str]:
        """Return the name with which a line begins and what else it says, or nothing."""
        text, nothing = block.text, ("", "")
        start = block.bold_start.strip(" :,–—-")
        if start and start != text and (is_name(start) or key(start) in self.names):
            return start, text[len(block.bold_start) :].lstrip(" :,–—-\t")
        if key(text) in self.names and (self.current is None or key(text) != key(self.current.name)):
            return text, ""
        name, rest = split_line(text)
        told = presenting.family_first(text)
        if told[0] or (not name and (told := presenting.turned(text))[0]):
            name, rest = told
        if "?" in rest:
            # Who asks presents nobody.
            return nothing
        if block.kind == "heading" or block.bold:
            if name:
                return name, rest
            return (text, "") if self.current is None and is_name(text, fewest=1) else nothing
        starts = block.starts or _is_numbered(block) or id(block) in self.listed
        within = not starts and (self.details or not self.lines[position - 1].bold)
        if self.current is not None and within:
            # Further lines of a paragraph are position and office, unless each line presents a person.
            presents = self.current.affiliation or (self.current.position and says_position(rest))
            each = name and rest and not self.details and presents
            return (name, rest) if each else nothing
        if presenting.introduces(text) and presenting.asked(text):
            return nothing
        if presenting.is_prose(block) and key(name) not in self.names and not presenting.presents(rest):
            first = position == 0 and len(rest) <= presenting.LONGEST_DETAIL
            office = presenting.is_office(rest)
            if self.several and block.starts and self.told_in_sentence and presenting.introduces(text):
                return name, rest
            return (name, rest) if first and (office or presenting.tells_of_session(rest)) else nothing
        return (name, rest) if name else nothing


def _bare_names(lines: Sequence[Block]) -> list[Block]:
    """Return the lines of the first paragraph where each is a name and nothing else: "Speakers:" stood over them.

    Of two lines the second may be where the first works, if another paragraph presents somebody else.
    """
    end = next((at for at, line in enumerate(lines) if at and line.starts), len(lines))
    paragraph = list(lines[:end])
    bare = all(
        is_name(line.text) and not (line.links or is_body(line.text) or _is_place(line.text))
        for line in paragraph
    )
    return paragraph if bare and len(paragraph) >= (2 if end == len(lines) else 3) else []


def _is_numbered(block: Block) -> bool:
    return NUMBERING.match(block.text) is not None


def _is_item(block: Block) -> bool:
    return block.kind == "item" or _is_numbered(block)


def _is_of_body(block: Block) -> bool:
    """Tell a sentence on an office from one on whoever stands above: "The Reef Office counts boats."."""
    is_sentence = block.text.endswith((".", "!")) and len(block.text.split()) >= _FEWEST_WORDS_OF_A_SENTENCE
    return is_sentence and bool(_ARTICLE.match(block.text)) and not _OF_A_PERSON.search(block.text)


def _is_name_and_name(text: str) -> bool:
    """Tell what may be a name and an office that looks like one: "Ana Coral, Blue Marlin"."""
    return re.fullmatch(r"[^,;|/&]+,[^,;|/&]+", text) is not None


def _is_place(text: str) -> bool:
    return is_town(text) or country_code(text) != ""


def _open_field(person: Person) -> str:
    """Return the field of a person that breaks off within a phrase: "Audit Office of"."""
    field = "affiliation" if person.affiliation else "position"
    return field if _BROKEN_OFF.search(getattr(person, field)) else ""


def _fill(person: Person, details: Sequence[Block]) -> None:
    """Read the lines below a name: position, then affiliation."""
    lines = []
    for block in details:
        text = block.text
        if match := EMAIL.search(text):
            person.email = person.email or match[0]
            text = text.replace(match[0], " ")
        if not (_NUMBER_ONLY.fullmatch(text.strip()) or _HASHTAGS.fullmatch(text.strip())):
            lines.append(trim(presenting.without_empty_brackets(text)))
    lines = [line for line in lines if line]
    if person.position and not person.affiliation:
        position, affiliation = "", ", ".join(lines)
    elif len(lines) == 1:
        position, affiliation = split_position(lines[0])
    else:
        position, affiliation = ", ".join(lines[:-1]), "".join(lines[-1:])
    person.position = person.position or position
    person.affiliation = person.affiliation or affiliation
