"""Which column is which, by its header in English or Spanish."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from ...folding import fold
from . import stated

_FOLDER = Path(__file__).parent
_TRAILING = re.compile(r"\s*[:*.?]+$")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_ALTERNATIVES = re.compile(r"\s*[/|]\s*")
# A question of a registration form, such as "Which district do you live in?", names what it asks for.
_ASKED = {
    "sector": re.compile(r"\bsector\b"),
    "district": re.compile(r"\b(?:district|distrito)\b"),
    "gender": re.compile(r"\b(?:gender|genero|sexo|sex)\b"),
    "country": re.compile(r"\b(?:country|pais)\b"),
    "institution": re.compile(r"\b(?:organi[sz]ation|organizacion|institution|institucion)\b"),
}
# "Name of the participant (in block letters)": a name, and words that say no more than whose.
_NAME = re.compile(r"\b(?:names?|nombres?)\b")
_WHOSE = re.compile(
    r"names?|nombres?|full|completos?|complet[ea]|the|of|and|in|your|their|participants?|attendees?|person|guest|s"
    r"|what|is|cual|es|su|tu|given|family|first|last|surname|please|print(?:ed)?|block|capital|letters|clearly|legible"
    r"|y|del?|la|el|los|las|en|participantes?|asistentes?|invitado|persona|apellidos?|letras?|molde|imprenta"
)
# Beside a column for the family name, these head that of the given one.
_GIVEN = frozenset({"nombre", "nom", "nome", "name"})
_WORDS_IN = re.compile(r"[^\W_]+")
# Software words its columns of times anew with every language and version.
_TIMED = {
    "minutes": re.compile(
        r"(?:(?:total|in-meeting|in-event|attendance) )?(?:duration|duracion|\w*dauer|duree|duracao)\b"
    ),
    "joined": re.compile(
        r"(?:hora|horario|fecha|primer[ao]?|first|time|heure|premiere|erster|zeit|primeira)\b.*"
        r"\b(?:join(?:ed|ing)?|entrada|entrar|union|unirse|ingreso|ingresar|acceso|conexion|incorporacion"
        r"|arrivee|connexion|conexao|participation|beitritts?|teilnahme|ingresso)\b|beitritts?zeit\b"
    ),
    "left": re.compile(
        r"(?:hora|horario|fecha|ultim[ao]|last|time|heure|derniere?|letzt[a-z]+|zeit|zeitpunkt)\b.*"
        r"\b(?:leave|left|leaving|exit(?:ed)?|salida|salir|abandono|abandonar|desconexion|deconnexion|desconexao|depart|saida"
        r"|verlassens?|austritts?)\b|verlassens?zeit\b|austritts?zeit\b"
    ),
}
_LONGEST_TIMED = 50
_LONGEST_QUESTION = 150


@cache
def _words() -> Mapping[str, str]:
    content = yaml.safe_load((_FOLDER / "columns.yaml").read_text(encoding="utf-8"))
    return {fold(str(word)): ours for ours, words in content.items() for word in words}


def ours(header: str) -> str:
    """Return our name of a column, or nothing for a header that nobody knows."""
    if len(header) > _LONGEST_QUESTION:
        return ""
    words, plain = _words(), _TRAILING.sub("", fold(header))
    without = _BRACKETS.sub("", plain)
    if found := words.get(plain) or words.get(without):
        return found
    if plain.endswith("(upn)"):
        return "upn"
    either = {words[part] for part in _ALTERNATIVES.split(without) if part in words}
    if len(either) == 1:
        return either.pop()
    found = _asked(header, plain, without)
    # A category, such as "Private sector", heads a column of ticks; it asks for nothing.
    return "" if found and _is_category(header) else found


def _asked(header: str, plain: str, without: str) -> str:
    if "?" not in header and len(plain) <= _LONGEST_TIMED and (timed := _timed(plain)):
        return timed
    if _NAME.search(without) and all(map(_WHOSE.fullmatch, _WORDS_IN.findall(without))):
        return "name"
    asked = [name for name, word in _ASKED.items() if word.search(plain)]
    return asked[0] if len(asked) == 1 else ""


def _is_category(header: str) -> bool:
    return any(
        stated.code(dimension, header) != stated.UNKNOWN for dimension in ("sector", "gender", "district")
    )


def _timed(header: str) -> str:
    return next((name for name, words in _TIMED.items() if words.match(header)), "")


def mapped(header: Sequence[str]) -> dict[str, int]:
    """Return the place of each column of ours in a header; of two with one meaning the first counts."""
    found: dict[str, int] = {}
    for place, text in enumerate(header):
        if text and (name := ours(text)):
            found.setdefault(name, place)
    if "last_name" in found and "first_name" not in found and fold(header[found.get("name", 0)]) in _GIVEN:
        found["first_name"] = found.pop("name")
    return found


def by_choice(header: Sequence[str], chosen: Mapping[str, str]) -> dict[str, int]:
    """Return the place of each column of ours that somebody chose a header for."""
    places = {fold(text): place for place, text in reversed(list(enumerate(header))) if text}
    return {name: places[fold(text)] for name, text in chosen.items() if text and fold(text) in places}


class Cells(dict[str, str]):
    """The cells of one line by our names of the columns; empty where there is none."""

    __slots__ = ()

    def __init__(self, cells: Sequence[str], places: Mapping[str, int]) -> None:
        try:
            super().__init__(zip(places, map(cells.__getitem__, places.values()), strict=True))
        except IndexError:
            width = len(cells)
            super().__init__({name: cells[place] for name, place in places.items() if place < width})

    def __missing__(self, name: str) -> str:
        return ""


def name_in(cells: Cells) -> str:
    """Return the name of a line, from one column or from two."""
    return cells.get("name") or " ".join(filter(None, (cells["first_name"], cells["last_name"])))
