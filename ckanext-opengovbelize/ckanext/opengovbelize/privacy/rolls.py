"""Links to lists of who took part, which are nothing for the public, wherever a source has them."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from .folding import fold

_HINT = re.compile(r"attend|particip|registr|asist|inscri|sign.?in|firmas", re.IGNORECASE)
_PEOPLE = r"(?:attendees?|participants?|registrants?|asistentes|participantes|inscrit[oa]s)"
_LIST = r"(?:lists?|sheets?|reports?|register|log|roll|export|listas?|listado|planilla|hoja|nomina|informe)"
# The attendance of schools is figures, not a list of ours.
_ROLL = re.compile(
    rf"\b(?:{_PEOPLE} {_LIST}|{_LIST} (?:of |de |del |los |las |the ){{0,2}}(?:{_PEOPLE}|attendance|asistencia)"
    rf"|(?<!school )attendance {_LIST}|sign ?in (?:list|sheet)s?|lista de firmas|registro de asistencia)\b"
)
_TABLE = re.compile(rf"\b{_PEOPLE}\b.*\b(?:csv|tsv|xlsx?|ods)$")
_NOTHING_ELSE = re.compile(
    rf"(?:the |los |las |zoom |teams |webex |final )*(?:{_PEOPLE}|attendance|asistencia)(?: final| \d+)*"
    r"(?: (?:csv|tsv|xlsx?|ods|pdf|docx?))?"
)
_SIGNS = re.compile(r"[\W_]+")


def lists_people(title: str, url: str) -> bool:
    """Return whether a link leads to a list of who took part, going by its title or the name of its file."""
    if not (_HINT.search(title) or _HINT.search(url)):
        return False
    try:
        file = unquote(urlsplit(url).path.rpartition("/")[2])
    except ValueError:
        file = ""
    said = [fold(_SIGNS.sub(" ", text)).strip() for text in (title, file)]
    return any(_ROLL.search(text) or _TABLE.search(text) or _NOTHING_ELSE.fullmatch(text) for text in said)
