"""Names of series: the form by which phrases are matched, the name in addresses, a title for people."""

from __future__ import annotations

import re
import unicodedata

from .vocabulary import load

_FILLER = frozenset(load("series")["filler"])
_PROGRAM = re.compile(
    r"\b(?:open (?:government|gov|state)|gobierno abierto|estado abierto|opengov|ogp|aga)\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# The number of a session, folded: "ecosystem webinar 3" names the ecosystem series.
_SESSION = re.compile(
    r"\b(?:webinars?|webinarios?|sessions?|sesion|seminario|workshop|taller|module|modulo)(?: n[ro]?o?)? \d{1,2}\b"
)
_SPANISH = re.compile(r"\b(?:serie|ciclo|para|del|de|los|las|el|la|dirigid[oa]s?)\b")
_SERIES_WORD = re.compile(r"\b(?:series|serie|ciclo)\b", re.IGNORECASE)
# Longer phrases say whom a series is for rather than what it is called.
_LONGEST_TITLE = 6


def key(phrase: str) -> str:
    """Return what of a phrase tells its series from others: ``ecosystem`` for "Ecosystem series 2020"."""
    return " ".join(_words(phrase))


def slug(phrase: str, year: int | str | None = None) -> str:
    """Return the series' name in addresses, with its year: ``ecosystem-2020``."""
    words = _words(phrase)[:6] or ["series"]
    found = _YEAR.search(phrase)
    year = year or (found[0] if found else None)
    return "-".join([*words, str(year)] if year else words)


def title(phrase: str) -> str:
    """Return the phrase as a title: itself where it is one, else made from what tells it from others."""
    plain = " ".join(phrase.split()).strip(" .,:;\"'“”«»")
    spanish = bool(_SPANISH.search(_plain(phrase)))
    if _SERIES_WORD.search(plain) and len(plain.split()) <= _LONGEST_TITLE:
        return plain.capitalize() if plain.isupper() else plain[:1].upper() + plain[1:]
    words = _spelled(phrase)
    if not words:
        return plain
    name = " ".join(words)
    name = name.capitalize() if name.isupper() else name[:1].upper() + name[1:]
    return f"Serie {name}" if spanish else f"{name} series"


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.sub(r"[^\w]+", " ", plain).replace("_", " ").split())


def _words(phrase: str) -> list[str]:
    plain = _SESSION.sub(" ", _YEAR.sub(" ", _PROGRAM.sub(" ", _plain(phrase))))
    words = [word for word in plain.split() if word not in _FILLER]
    return [word for word in words if word.isascii()] or words


def _spelled(phrase: str) -> list[str]:
    """The words of the key as the phrase spells them."""
    wanted = _words(phrase)
    spelled = []
    for word in re.findall(r"[^\W_]+", phrase):
        if wanted and _plain(word) == wanted[0]:
            spelled.append(word)
            wanted = wanted[1:]
    return spelled
