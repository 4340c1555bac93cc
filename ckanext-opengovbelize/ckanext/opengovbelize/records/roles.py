"""Sentences that give somebody a public role: "The session is moderated by Ana Sample, Analyst"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .names import is_name, strip_courtesy, without_title
from .positions import says_position
from .session import Person
from .vocabulary import any_of, load
from .words import trim

_WORDS = load("people")
_DONE = {
    "host": r"opened|hosted|inaugurated|inaugurad[oa]|abiert[oa]|convocad[oa]",
    "facilitator": r"moderated|facilitated|chaired|led|moderad[oa]|facilitad[oa]|conducid[oa]|dirigid[oa]",
    "speaker": r"presented|given|delivered|taught|presentad[oa]|impartid[oa]|dictad[oa]",
}
_SESSION = r"(?:session|webinar|workshop|event|module|class|it|sesi[oó]n|webinario|seminario|taller|evento|m[oó]dulo)"
# All sessions of the record, "All three webinars of this series": other sessions, "The breakout sessions", are not its.
_ALL_SESSIONS = (
    r"(?:^|(?<=[.!?]\s)|(?<=\n))(?i:(?:all|both|these|the|our|tod[oa]s|amb[oa]s|est[oa]s|l[oa]s|nuestr[oa]s)\s){1,2}"
    r"(?i:(?:\d{1,2}|two|three|four|five|six|dos|tres|cuatro|cinco|seis)\s)?"
    r"(?i:(?:session|webinar|workshop|event|module|webinario|seminario|evento|m[oó]dulo)s|classes|sesiones|talleres)"
    r"(?i:\s(?:of|in|de|del)\s(?:this|the|our|la|el|est[ae]|nuestr[oa])?\s?(?:series?|program(?:me|a)?|ciclo))?"
)
_IS = r"(?:is|was|are|were|will be|has been|have been|es|fue|fueron|ser[aá]n?|ha sido|han sido|est[aá])"
_CAPITAL = r"[^\W\d_a-záéíóúñü][\w'’-]*"
_TITLE = rf"(?:(?i:{any_of(_WORDS['honorific'])})\b\.?\s+)*"
_NAME = rf"(?:{_CAPITAL}|[A-Z]\.)(?:\s+(?:(?:de|del|la|los|van|von)\s+)*(?:{_CAPITAL}|[A-Z]\.)){{1,4}}"
_GIVEN = re.compile(
    r"(?:(?P<start>(?:^|(?<=[.!?]\s)|(?<=\n))(?:It is |Es |It will be |Ser[aá] )?)"
    rf"|(?:\b(?i:{_SESSION})\b(?:\s[\w'’:-]+){{0,8}}?|{_ALL_SESSIONS})\s(?i:{_IS})\s(?:\w+ly\s)?"
    r"|(?P<further>(?:,|\sand|\sy|\se)\s(?:then\s|luego\s)?))"
    rf"(?i:{'|'.join(f'(?P<{role}>{done})' for role, done in _DONE.items())})"
    rf"\s+(?:by|por)\s+(?:the\s+|la\s+|el\s+)?(?P<name>{_TITLE}{_NAME})"
    r"(?:,\s+(?P<position>[^.,;\n]{3,120}?)(?=[.,;\n]|\sand\s\w+ed\sby|$))?"
)
_HOLDERS = {
    "speaker": r"speakers?|presenters?|panell?ists?|lecturers?|ponentes?|expositor(?:es|a)?|panelistas?",
    "facilitator": r"moderators?|facilitators?|chair(?:person)?|moderador(?:es|a)?|facilitador(?:es|a)?",
    "host": r"hosts?|anfitri[oó]n|anfitriona",
}
# "The presenter was Ms. Ana Sample, Analyst.": a sentence of its own, with nothing else in it.
_HELD = re.compile(
    r"(?:^|(?<=[.!?]\s)|(?<=\n))(?i:the|our|el|la|nuestr[oa])\s+(?:(?i:guest|main|keynote|only)\s)?"
    rf"(?i:{'|'.join(f'(?P<{role}>{words})' for role, words in _HOLDERS.items())})\s(?i:{_IS})\s(?i:the\s|la\s|el\s)?"
    rf"(?P<name>{_TITLE}{_NAME})(?:,\s+(?P<position>[^.;\n]{{3,120}}))?(?=\.(?:\s|$)|\n|$)"
)
# A paragraph with such a word may speak of another session, or of somebody who stayed away; so may the words of a
# sentence before the name.
_OTHERWISE = re.compile(
    r"\b(?:last|previous\w*|next|earlier|former\w*|past|ago|yesterday|before|another|other|first|second|third|years?|months?"
    r"|who|whose|not|never|but|instead|absent|unable|pasad[oa]s?|anterior\w*|antes|ayer|pr[oó]xim[oa]s?|otr[oa]s?"
    r"|primer[oa]?|segund[oa]|tercer[oa]?|años?|mes(?:es)?|quien|quienes|cuy[oa]|no|nunca|pero|ausente)\b|n['’]t\b",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.!?]\s+|\n")
# "Ana Sample's colleague" is somebody else.
_OF_SOMEBODY = re.compile(r"(?:['’]s|s['’])$")
# A second role in one sentence follows the first within so many characters.
_SAME_SENTENCE = 200


def given(text: str) -> Iterator[Person]:
    """Yield the people to whom sentences of a text give a role in the session."""
    end = -_SAME_SENTENCE - 1
    for match in _GIVEN.finditer(text):
        if match["further"] and match.start() - end > _SAME_SENTENCE:
            continue
        end = match.end()
        if not _OTHERWISE.search(_begin_of_sentence(text, match)):
            yield from _person(match)
    for match in _HELD.finditer(text):
        paragraph = text[text.rfind("\n", 0, match.start()) + 1 : match.end()]
        if not _OTHERWISE.search(paragraph) and _is_somebody(match):
            yield from _person(match)


def _begin_of_sentence(text: str, match: re.Match[str]) -> str:
    """Return a sentence up to the name in it."""
    before = text[max(0, match.start() - _SAME_SENTENCE) : match.start("name")]
    return _ENDS_SENTENCE.split(before)[-1]


def _position(match: re.Match[str]) -> str:
    return trim((match["position"] or "").partition(",")[0])


def _is_somebody(match: re.Match[str]) -> bool:
    """Tell whether a sentence names a person and, behind the comma, an office; a host may be a body without a title."""
    if stated := _position(match):
        return says_position(stated)
    return not match["host"] or without_title(match["name"]) != match["name"]


def _person(match: re.Match[str]) -> Iterator[Person]:
    if is_name(match["name"]) and not _OF_SOMEBODY.search(match["name"]):
        role = next(role for role in _DONE if match[role])
        position = _position(match)
        yield Person(
            role, strip_courtesy(match["name"]), position=position if says_position(position) else ""
        )
