"""What organisers call the parts of a record, in English and Spanish, and finding it in a line.

To teach the reader another wording, add it to ``vocabulary/labels.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import dates
from .document import Block
from .names import is_name, split_line
from .once import once
from .places import is_town
from .positions import country_code
from .titles import heading_of
from .vocabulary import any_of, load
from .words import fold

# Fields with one short value, those with prose, and parts with several lines of their own kind.
SINGLE = frozenset(
    [
        "series",
        "program",
        "project",
        "number",
        "title",
        "date",
        "time",
        "start",
        "end",
        "duration",
        "timezone",
        "venue",
        "locality",
        "district",
        "mode",
        "status",
        "planned_sessions",
        "audience",
        "language",
        "topics",
        "address",
        "invented",
        "organisers",
        "funders",
        "country",
    ]
)
PROSE = frozenset(("introduction", "objective", "rationale", "certificate_rule"))
PEOPLE = frozenset(("speaker", "facilitator", "coordinator", "host"))
_OVER_PEOPLE = PEOPLE | {"attendees", "audience"}
PERSON_FIELDS = frozenset(("name", "position", "affiliation", "biography", "email"))

# In what the vocabulary does not have word by word, these decide; the first that fits.
_KEYWORDS: tuple[tuple[str, str], ...] = (
    ("chat", r"\bchat\b"),
    ("biographies", r"\b(?:bios?|biogra\w+|semblanzas?|(?:about|meet|sobre|acerca de"
                    r"|conozca) .*(?:speakers?|panell?ists?|presenters?|ponentes|expositores|panelistas"
                    r"|oradores))\b"),
    ("social_media", r"\b(?:social (?:media|networks?)|redes sociales)\b"),
    ("coordinator", r"\b(?:coordinat\w+|coordinacion|coordinador\w*)\b"),
    ("certificate_rule", r"\b(?:certificat\w+|certificados?|constancias?)\b"),
    ("links", r"\b(?:links?|enlaces?|vinculos?)\b"),
    ("video", r"\b(?:recordings?|video|grabacion(?:es)?)\b"),
    ("presentation", r"\b(?:presentations|slides|presentaciones|diapositivas)\b"),
    ("materials", r"\b(?:materials|materiales)\b"),
    ("facilitator", r"\b(?:facilitators?|moderators?|facilitador\w*|moderador\w*)\b"),
    ("speaker", r"\b(?:speakers?|panell?ists?|presenters?|ponentes?|expositores|panelistas?|oradores)\b"),
    ("objective", r"\b(?:objectives?|objetivos?)\b"),
    ("rationale", r"\b(?:rationale|justificacion|antecedentes|background)\b"),
)  # fmt: skip
_KEYWORDS_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _KEYWORDS)

# A statement begins with these and runs on without a sign: "Facilitated by Ana Sample, ...".
_STATEMENTS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (language, name, re.compile(pattern, re.IGNORECASE))
    for language, name, pattern in (
        ("en", "facilitator", r"(?:(?:the )?(?:session|webinar|event) )?(?:is |was "
                              r"|will be )?(?:facilitated|moderated|chaired) by\b\s*:?"),
        ("es", "facilitator", r"(?:(?:la )?sesi[oó]n )?(?:es |fue |ser[aá] )?(?:facilitad|moderad"
                              r"|conducid)[oa]s? por\b\s*:?|(?:modera|facilita|conduce)n?\b(?!\w)\s*:?"),
        ("en", "organisers", r"(?:implemented|organi[sz]ed|convened|executed|delivered) by\b\s*:?"),
        ("es", "organisers", r"(?:implementad|organizad|ejecutad|convocad)[oa]s? por\b\s*:?"),
        ("en", "funders", r"(?:funded|financed|sponsored|supported) by\b\s*:?|with (?:the )?(?:kind "
                          r"|generous |financial )*(?:support|funding|sponsorship) (?:of|from|by)\b\s*:?"),
        ("es", "funders", r"(?:financiad|patrocinad|auspiciad)[oa]s? por\b\s*:?|con (?:el )?(?:apoyo"
                          r"|financiamiento|auspicio|patrocinio)(?: financiero)? de(?=l?\b)\s*:?"),
        ("en", "coordinator", r"(?:locally )?coordinated by\b\s*:?"),
        ("es", "coordinator", r"coordinad[oa]s? por\b\s*:?"),
        ("en", "coordinator", r"for (?:more|further|any|additional) (?:information|questions?"
                          r"|details)\b[^@:]{0,40}?"
                              r"\b(?:contact|write to|e-?mail|call)\b\s*:?"),
        ("es", "coordinator", r"para (?:m[aá]s|mayor|cualquier) (?:informaci[oó]n|pregunta"
                          r"|consulta)\b[^@:]{0,40}?"
                              r"\b(?:contact\w+|escrib\w+|comun[ií]\w+)\b(?:\s+(?:a|con))?\s*:?"),
        ("en", "speaker", r"(?:presented|speakers? will be)\s+by\b\s*:?"),
        ("es", "speaker", r"(?:presentad[oa]|impartid[oa]) por\b\s*:?"),
        ("en", "speaker", r"(?:the |our )?(?:speakers?|panell?ists?|presenters?) "
                          r"(?:will be|are|is|were|was|include)\b\s*:?"),
        ("en", "host", r"(?:(?:the )?(?:session|webinar|event) )?(?:is |was |will be )?hosted by\b\s*:?"),
        ("en", "speaker", r"(?:opening|welcome|welcoming|introductory|closing) "
                          r"(?:remarks|words|address)\s*:\s*(?=[A-Z])"),
        ("es", "speaker", r"palabras de (?:apertura|bienvenida|clausura|cierre)\s*:\s*(?=[A-ZÁÉÍÓÚÑ])"),
        ("en", "project", r"(?:in|within|under) the (?:framework|frame|context) of (?:the )?project\b\s*:?"),
        ("en", "staff", r"(?:(?:the )?(?:minutes|notes|report|record|summary|transcript)(?: (?:was|were))? )?"
                        r"(?:taken|kept|recorded|prepared|compiled|translated|transcribed|typed) by\b\s*:?"),
        ("es", "staff", r"(?:(?:el |la )?(?:acta|minuta|memoria|relator[ií]a|notas)(?: fue)? )?"
                        r"(?:elaborad|levantad|tomad|redactad|preparad|traducid|transcrit)[oa]s? por\b\s*:?"),
        ("es", "speaker", r"(?:ponencia|charla|presentaci[oó]n|exposici[oó]n|conferencia|taller) a cargo de\b\s*:?"),
        ("es", "facilitator", r"(?:bajo|con) la (?:moderaci[oó]n|facilitaci[oó]n|conducci[oó]n) de\b\s*:?"),
        ("es", "project", r"en el marco del? (?:proyecto)\b\s*:?"),
    )
)  # fmt: skip
# These are statements where somebody is thanked: "Thanks to a law of 2019, ..." is prose.
_THANKS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (language, "staff", re.compile(pattern, re.IGNORECASE))
    for language, pattern in (
        ("en", r"(?:we (?:also )?(?:thank|acknowledge)|(?:many |special |our )?thanks (?:to|go to))\b"),
        ("es", r"(?:(?:tambi[eé]n )?se agradece|agradecemos|(?:muchas )?gracias a)\b"),
    )
)
_NAME_WORDS = re.compile(
    r"[^\W\d_a-zà-ÿ][\w'’-]*\.?(?:\s+(?:(?:de|del|la|las|los|van|von|di|da)\s+){0,2}[^\W\d_a-zà-ÿ][\w'’-]*\.?){0,5}"
)
_STATEMENT_START = re.compile(
    r"(?:(?:the|la|session|webinar|sesi[oó]n|event|is|was|will|be|es|fue|ser[aá]|locally|speakers?)\s+){0,5}"
    r"(?:\w+(?:ed|ad[oa]s?|id[oa]s?) (?:by|por)\b|be by|modera|facilita|conduce|with\b|con\b|for\b"
    r"|para\b|in\b"
    r"|within\b|under\b|(?:opening|welcome|welcoming|introductory|closing|palabras) "
    r"|en el marco|(?:minutes|notes|report|record|summary|transcript|acta|minuta|memoria|relator[ií]a"
    r"|notas|speakers?|panell?ists?|presenters?) |(?:taken|kept|written|transcrit[oa]) (?:by|por)\b"
    r"|(?:we|special|many|our|thanks|tambi[eé]n|se|agradecemos|muchas|gracias|ponencia|charla|presentaci[oó]n|exposici[oó]n"
    r"|conferencia|taller|bajo) )",
    re.IGNORECASE,
)
_FOLLOW = re.compile(
    r"(?:follow|find) (?:us|the|our|this)\b|(?:s[ií]g(?:a|ue)(?:nos)?|encu[eé]ntrenos)\b", re.IGNORECASE
)
_SIGN = re.compile(r"\s*[:：]\s*|\?\s+|\s{3,}|\s+[–—-]+\s+|\s*[|=\t]\s*|\s*[–—]\s*")
_ANNEX = re.compile(r"^(?:annex|appendix|anexo|ap[eé]ndice)\b\s*\w{0,4}\s*[:.–—-]\s*(?=\w)", re.IGNORECASE)
# "1. Objective", "b) Speakers", "IV. Chat".
_NUMBERING = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})?|[A-Ha-h]|[IVX]{1,5})[.)]\s*(?=[^\W\d])")
_SPANISH_KIND = re.compile(
    r"(?:\w+ )?(?:sesi|semin|webinario|taller|m[oó]dulo|encuentro|clase)", re.IGNORECASE
)
_LONGEST_LABEL = 70
_MOST_THANKED = 1_000
_MOST_LABEL_WORDS = 10
_CAPITALS = re.compile(r"((?:[A-ZÁÉÍÓÚÑ&/]{2,}\.?\s){1,4})\s*(?=[A-ZÁÉÍÓÚÑ\"“«][a-zà-ÿ\w.’']*[a-zà-ÿ.]|\d)")
_MOST_WORDS_BEFORE_DATE = 4
_FEWEST_DASHED = 3


@dataclass(frozen=True)
class Match:
    """A label found: the part that it opens, what stands behind it on the line, its language.

    ``sign`` says that colon, heading, bold type or layout mark it as a label; ``known`` that the vocabulary
    has it word by word.
    """

    name: str
    rest: Block
    language: str
    sign: bool
    known: bool


def _index() -> dict[str, tuple[str, str]]:
    return {
        wording: (name, language)
        for language, names in load("labels")["wordings"].items()
        for name, listed in names.items()
        for wording in listed
    }


_INDEX = _index()
_INVITED = frozenset(load("labels")["invited"])
_EVERYBODY = re.compile(rf"{any_of(load('labels')['everybody'])}\b")
_WHO_CAME = frozenset(("audience", "attendees", "staff"))
_NEEDS_SIGN = frozenset(load("labels")["needs_sign"])


@once
def lookup(text: str) -> tuple[str, str] | None:
    """Return part and language of a wording, with or without an article or a number, or None."""
    folded = fold(
        _NUMBERING.sub("", re.sub(r"\([^()]{0,40}\)\s*$", "", text) if text.endswith(")") else text)
    )
    if not folded or folded.count(" ") > _MOST_LABEL_WORDS:
        return None
    first, _, others = folded.partition(" ")
    found = _INDEX.get(folded) or (_INDEX.get(others) if first in _LEADS else None)
    if found:
        return found
    if "/" in text and (found := _in_two_languages(text)):
        return found
    before, _, last = folded.rpartition(" ")
    if last.isdigit() and len(last) < 3 and (found := _INDEX.get(before)) and found[0] in _NUMBERED:
        return found
    return None


def _in_two_languages(text: str) -> tuple[str, str] | None:
    """Return part and language of "Date / Fecha": the first of two words for one thing."""
    both = [_INDEX.get(fold(part)) for part in text.split("/")]
    return both[0] if len(both) == 2 and both[0] and both[1] and both[0][0] == both[1][0] else None


_LEADS = frozenset(("the", "el", "la", "los", "las", "our", "project", "session", "webinar"))
_NUMBERED = frozenset(
    ("speaker", "presentation", "video", "facilitator", "host", "coordinator", "links", "materials")
)


def match_all(blocks: Sequence[Block]) -> list[Match | None]:
    """Return the label with which each line begins, or None; where most labels have a dash, all may."""
    found = [match(block) for block in blocks]
    for position, block in enumerate(blocks[:-1]):
        found[position] = found[position] or _over_people(block, blocks[position + 1])
    headings = _items_over_others(blocks, found)
    if len(headings) > 1:
        found = [headings.get(position) or one for position, one in enumerate(found)]
    dashed = sum(bool(one and one.known and not one.sign and one.rest.text) for one in found)
    if dashed < _FEWEST_DASHED:
        return found
    return [
        one or _with_sign(block, block.text, dashes=True) for one, block in zip(found, blocks, strict=True)
    ]


def _over_people(block: Block, below: Block) -> Match | None:
    """A word that without a sign may be anything else stands over somebody's name: "Panel", "Host"."""
    if block.term or block.links or block.kind == "item" or block.text.count(" ") > 1:
        return None
    found = lookup(block.text)
    if not found or found[0] not in _OVER_PEOPLE or not split_line(below.text)[0]:
        return None
    if found[0] in PEOPLE and not block.starts:
        # Within a paragraph it may be somebody's office; a list of those present may begin anywhere.
        return None
    return Match(found[0], block.after(len(block.text)), found[1], sign=True, known=True)


def _items_over_others(blocks: Sequence[Block], found: Sequence[Match | None]) -> dict[int, Match]:
    """Return the items of a list that are labels, each over items that are none: a numbered list of parts.

    In a list of what a session is about, or of its agenda, they would follow each other.
    """
    labelled: dict[int, Match] = {}
    for position, block in enumerate(blocks):
        if block.kind != "item" or block.term or block.links or found[position]:
            continue
        told = lookup(block.text)
        # Whoever came must not be taken for those who stand above them.
        if told and (fold(block.text) not in _NEEDS_SIGN or told[0] in _WHO_CAME):
            labelled[position] = Match(told[0], block.after(len(block.text)), told[1], sign=True, known=True)
    over = [
        position + 1 < len(blocks)
        and position + 1 not in labelled
        and found[position + 1] is None
        and blocks[position + 1].kind in ("item", "paragraph", "line")
        for position in labelled
    ]
    return labelled if all(over) else {}


@once
def match(block: Block) -> Match | None:
    """Return the label with which a line begins, or None."""
    if block.term:
        found = lookup(block.term) or _numbered(block.term) or _by_keyword(block.term)
        return Match(found[0], block, found[1], sign=True, known=True) if found else None
    text = block.text
    if not text:
        return None
    return (
        _whole(block, text)
        or _with_sign(block, text)
        or _bold_start(block)
        or _in_capitals(block, text)
        or _statement(block, text)
        or _before_date(block, text)
    )


def _numbered(term: str) -> tuple[str, str] | None:
    """Return the part of the title for "Webinar 2", beside which the title stands."""
    heading = heading_of(term)
    if heading is None or heading.title:
        return None
    return "title", "es" if _SPANISH_KIND.match(term) else "en"


def _whole(block: Block, text: str) -> Match | None:
    """The line is a label and nothing else."""
    # A heading may link to itself; elsewhere a link is a value.
    if len(text) > _LONGEST_LABEL or (block.links and block.kind != "heading"):
        return None
    bare = _ANNEX.sub("", text.rstrip(" :：.?–—-*#¶"))
    sign = block.kind == "heading" or block.bold or text.rstrip().endswith((":", "：", ":-"))
    sign = sign or (text.isupper() and block.starts and len(bare) > 3)
    if found := lookup(bare):
        if sign or (fold(bare) not in _NEEDS_SIGN and block.kind != "item"):
            return Match(found[0], block.after(len(text)), found[1], sign, known=True)
        return None
    if sign and ":" not in bare and len(bare.split()) <= 9 and (found := _by_keyword(bare)):
        return Match(found[0], block.after(len(text)), found[1], sign, known=False)
    if _FOLLOW.match(text) and sign:
        return Match(
            "social_media", block.after(len(text)), "es" if text[:1] in "sSeE" else "en", sign, known=False
        )
    return None


def _with_sign(block: Block, text: str, *, dashes: bool = False) -> Match | None:
    """The line is a label, a sign and a value; ``dashes`` says that a dash is a sign here."""
    if any(run.href is not None for run in block.runs[:1]):
        return None
    for sign in _SIGN.finditer(text[: _LONGEST_LABEL + 3]):
        if not text[: sign.start()].strip() or text.startswith("//", sign.end()):
            continue
        prefix = text[: sign.start()].strip(" *_#>")
        found = lookup(prefix)
        colon = sign[0].strip() in ("", ":", "：", "|", "=", "?")
        presents = found and found[0] in PEOPLE and all(split_line(text[sign.end() :]))
        if found and (colon or dashes or presents or fold(prefix) not in _NEEDS_SIGN):
            return Match(found[0], block.after(sign.end()), found[1], colon, known=True)
        if colon and not found and len(prefix.split()) <= 8 and _FOLLOW.match(prefix):
            return Match("social_media", block.after(sign.end()), "en", sign=True, known=False)
        if (
            colon
            and not found
            and len(prefix.split()) <= 7
            and "," not in prefix
            and (found := _by_keyword(prefix))
            and found[0] in _OPENING
        ):
            return Match(found[0], block.after(sign.end()), found[1], sign=True, known=False)
        if sign[0].strip() in (":", "："):
            return None
    return None


# Parts that may begin on the line of a label that the vocabulary has by its keyword only.
_OPENING = frozenset(("chat", "biographies", "social_media", "coordinator", "links"))


def _bold_start(block: Block) -> Match | None:
    """Bold type marks the label, and no sign is needed."""
    start = block.bold_start
    if not start or start == block.text or len(start) > _LONGEST_LABEL:
        return None
    found = lookup(start.rstrip(" :.?–—-"))
    if not found:
        return None
    rest = block.after(len(start))
    return Match(
        found[0], rest.after(len(rest.text) - len(rest.text.lstrip(" :–—-"))), found[1], True, known=True
    )


def _in_capitals(block: Block, text: str) -> Match | None:
    """A label in capitals stands out without a sign, where what follows is none: "HOSTED BY Ministry of Reefs"."""
    capitals = _CAPITALS.match(text)
    if block.kind == "item" or not capitals or (found := lookup(capitals[1].strip(" .:"))) is None:
        return None
    return Match(found[0], block.after(capitals.end()), found[1], sign=True, known=True)


def _statement(block: Block, text: str) -> Match | None:
    # Two words at least, and one of them a preposition or a verb that few lines begin with.
    if not _STATEMENT_START.match(text):
        return None
    for language, name, pattern in (*_STATEMENTS, *_THANKS):
        if (found := pattern.match(text)) and (behind := text[found.end() :].strip()):
            if (language, name, pattern) in _THANKS and not _names_somebody(behind):
                continue
            if name == "speaker" and not split_line(behind)[0]:
                # "The speakers were asked about ..."
                continue
            return Match(name, block.after(found.end()), language, sign=False, known=True)
    return None


def _names_somebody(text: str) -> bool:
    """Tell whether a name stands in a text; right at its beginning, one word may be one."""
    found = _NAME_WORDS.match(text)
    first = found[0] if found else ""
    owner = first.endswith(("'s", "’s"))
    if first and is_name(first, fewest=1) and not (owner or country_code(first) or is_town(first)):
        return True
    return _has_full_name(text)


def _has_full_name(text: str) -> bool:
    names = (words[0] for words in _NAME_WORDS.finditer(text[:_MOST_THANKED]))
    return any(is_name(name) and not is_town(name) for name in names)


def invites_everybody(label: str, text: str) -> bool:
    """Tell for whom a session is from a list of who was asked: "Invited: Everybody who keeps a boat"."""
    return (
        fold(label) in _INVITED
        and len(text) <= _MOST_THANKED
        and bool(_EVERYBODY.match(fold(text)))
        and not _has_full_name(text)
    )


def lists_invited(text: str) -> bool:
    """Tell whom a calendar lists under "Who": beside one of them it says who made the event."""
    return len(text) <= _MOST_THANKED and _MADE_EVENT.search(text) is not None


_MADE_EVENT = re.compile(
    r"[(\[–—-]\s*(?:organi[sz]er|creator|optional|organizador[a]?|creador[a]?|opcional)\b|\b(?:organi[sz]er|creator)\)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")


def _before_date(block: Block, text: str) -> Match | None:
    """A word for the date, with the date right behind it: "Date Thursday 7 May 2020"."""
    if not _FIGURE.search(text):
        return None
    for word in list(re.finditer(r"\w+[\s:–—-]+", text[:_LONGEST_LABEL]))[:_MOST_WORDS_BEFORE_DATE]:
        found = lookup(text[: word.end()].rstrip(" :–—-"))
        if found and found[0] in ("date", "start") and dates.begins_with_date(text[word.end() :]):
            return Match(found[0], block.after(word.end()), found[1], sign=False, known=True)
    return None


def _by_keyword(text: str) -> tuple[str, str] | None:
    folded = fold(text)
    for name, pattern in _KEYWORDS_COMPILED:
        if pattern.search(folded):
            return name, "es" if _SPANISH_HINT.search(folded) else "en"
    return None


_SPANISH_HINT = re.compile(
    r"\b(?:de|del|la|los|las|el|y|sobre|redes|enlaces?|vinculos?|grabacion|presentaciones|ponentes?|materiales"
    r"|coordinacion|objetivos?|semblanzas?|biografias?)\b"
)
