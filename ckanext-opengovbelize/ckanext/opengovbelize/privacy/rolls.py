"""Links to lists of who took part, which are nothing for the public, wherever a source has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus, urlsplit

from ..folding import fold

_HINT = re.compile(r"attend|particip|registr|asist|inscri|guest|invitad|sign.?in|firmas|%", re.IGNORECASE)
_PRESENT = r"(?:attendees?|participants?|registrants?|asistentes|participantes|inscrit[oa]s)"
_PEOPLE = rf"(?:{_PRESENT}|guests?|invitad[oa]s)"
_PRESENCE = r"(?:attendance|asistencia)"
_LIST = (
    r"(?:lists?|(?:spread ?)?sheets?|register|registro|log|roll|export|listas?|listado|planilla|hoja|nomina)"
)
_OF = r"(?: of| de| del| los| las| the){0,3}"
# What says that it is a list, in so many words.
_ROLL = re.compile(
    rf"\b(?:(?:{_PEOPLE}|{_PRESENCE}) ?{_LIST}|{_LIST}{_OF} (?:{_PEOPLE}|{_PRESENCE})"
    r"|sign ?in ?(?:list|sheet)s?|lista de firmas)\b"
)
# What is one among the files of a session, whatever it is called after, and as often figures among those of a dataset:
# nothing in a name tells a school's attendance from that of a session about schools.
_REPORT = re.compile(
    rf"\b(?:{_PEOPLE} ?(?:reports?|informe)|(?:reports?|informe){_OF} {_PRESENCE}"
    rf"|{_PRESENCE} ?(?:reports?|informe)|registrations? ?(?:{_LIST}|reports?)"
    rf"|{_LIST}{_OF} (?:registrations|inscripciones))\b"
)
_TABLE = re.compile(rf"\b{_PEOPLE}\b.*\b(?:csv|tsv|xlsx?|ods)$")
_NOTHING_ELSE = re.compile(
    rf"(?:the |los |las |zoom |teams |webex |final )*(?:(?:{_PRESENT}|{_PRESENCE})(?: final| \d+)*"
    r"(?: (?:csv|tsv|xlsx?|ods|pdf|docx?))?|(?:registrations?|inscripciones)(?: final| \d+)* (?:csv|tsv|xlsx?|ods))"
)
_COUNTED = re.compile(
    r"\b(?:(?:number|count|total)s? of|numero de|(?:by|per|por) (?:district|distrito|sector|sex|sexo|gender|genero|age"
    r"|edad|country|pais|year|ano|month|mes|session|sesion|webinar|town|village|region))\b"
)
_SIGNS = re.compile(r"[\W_]+")
# "AttendanceList2020" are three words.
_WORD_BEGINS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
# What stands behind the name of a file that is opened in some way.
_OPENED = frozenset(("view", "edit", "preview", "download", "export", "pub", "pubhtml"))


def lists_people(title: str, url: str, *, among_figures: bool = False) -> bool:
    """Return whether a link leads to a list of who took part, going by its title and its address.

    Args:
        title: what the link is called.
        url: where it leads.
        among_figures: whether it belongs to a dataset or was reviewed, where only what says that it is a list is one.
    """
    if not (_HINT.search(title) or _HINT.search(url)):
        return False
    folders, files = _names(url)
    said = [_words(text) for text in (title, *files)]
    if any(_ROLL.search(text) for text in (*said, *map(_words, folders))):
        return True
    return not among_figures and any(_may_list(text) for text in said)


def _may_list(text: str) -> bool:
    if _COUNTED.search(text):
        return False
    return any((_REPORT.search(text), _TABLE.search(text), _NOTHING_ELSE.fullmatch(text)))


def _names(url: str) -> tuple[list[str], list[str]]:
    """Return the folders of an address, and what in it may be the name of a file."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return [], []
    folders = [piece for piece in unquote_plus(parts.path).split("/") if piece]
    while folders and folders[-1].lower() in _OPENED:
        folders.pop()
    return folders[:-1], [*folders[-1:], *_values(f"{parts.query}&{parts.fragment}")]


def _values(query: str) -> Iterator[str]:
    for pair in query.split("&"):
        yield from filter(None, unquote_plus(pair.rpartition("=")[2]).split("/"))


def _words(text: str) -> str:
    return fold(_SIGNS.sub(" ", _WORD_BEGINS.sub(" ", text))).strip()
