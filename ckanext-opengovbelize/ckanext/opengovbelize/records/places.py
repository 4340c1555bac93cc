"""Where a session took place, and how people took part: venue, town, district, mode."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .vocabulary import load
from .words import fold, trim

DISTRICTS: dict[str, str] = load("places")["districts"]
# Every name of a town, folded, with the name under which it is published and its district.
TOWNS = {
    fold(name): (names[0], district)
    for district, towns in load("places")["towns"].items()
    for names in towns
    for name in names
}
_COUNTRY = frozenset(
    (
        "time",
        "local time",
        "bz time",
        "hora local",
        "hours",
        "belize",
        "belice",
        "belize c a",
        "central america",
        "belize central america",
        "bz",
        "centroamerica",
    )
)
_ONLINE = re.compile(
    r"\b(?:online|on-line|on line|virtual(?:ly|mente)?|remote(?:ly)?|remota(?:mente)?|(?:through|via|by"
    r"|por|vía) (?:the )?(?:webinar|webinario|web)"
    r"|via zoom|vía zoom|por zoom|zoom|microsoft teams|ms teams|teams meeting|webex|google meet"
    r"|adobe connect|gotowebinar"
    r"|go ?to ?webinar|skype|video ?-?conferenc(?:e|ing)|videoconferencias?|en línea|en linea"
    r"|a distancia|facebook live"
    r"|transmisión (?:en vivo|por|en|vía)|live ?stream(?:ed|ing)?|(?:youtube|facebook|instagram) live)\b",
    re.IGNORECASE,
)
_IN_PERSON = re.compile(
    r"\b(?:in[ -]person|presencial(?:es|mente)?|face[ -]to[ -]face|on[ -]?site|en persona|cara a cara)\b",
    re.IGNORECASE,
)
_HYBRID = re.compile(r"\b(?:hybrid|híbrid[oa]|hibrid[oa]|mixt[oa]|semi-?presencial|blended)\b", re.IGNORECASE)
# "Hybrid: Reef Hall", "Belize City & Zoom"
_MODE_FIRST = re.compile(
    r"^\s*(?:hybrid|híbrid[oa]|hibrid[oa]|in[ -]person|presencial|online|virtual)\s*:\s*", re.IGNORECASE
)
# "in the National Assembly", "en la Casa del Mar"
_LEAD = re.compile(
    r"^[\s–—-]*(?:(?:in|at|en)\s+(?:the|el|la|los|las)\s+|at\s+(?=(?-i:[A-Z])))", re.IGNORECASE
)
_AND_ONLINE = re.compile(rf"\s+(?:&|and|plus|y)\s+(?={_ONLINE.pattern})", re.IGNORECASE)
# Not within a number: the halves of a telephone number are none by themselves.
_SEPARATOR = re.compile(
    r"\s*[,;|/]\s*|\s\+\s|\s+[–—-]+\s+|\s*[()\[\]]\s*|\s*[–—](?!\d)\s*|\t"
    r"|(?<!\bSt)(?<!\bSta)(?<!\bSto)(?<!\bMt)(?<!\bFt)(?<!\bDr)(?<!\bAve)(?<!\bAv)(?<!\bBlvd)(?<!\bNo)(?<!\bDept)(?<!\b[A-Z])\.\s+|\n"
)
# What says how one gets in, and not where: "link sent after registration".
_WAY_IN = re.compile(
    r"\b(?:links?|url|enlaces?|liga|invitation|invitaci[oó]n)\b.{0,60}\b(?:sent|shared|provided|given|emailed|follow|upon|after|env[ií]a\w*"
    r"|comparti\w*|tras|luego)\b|\b(?:register|reg[ií]str\w+|registrarse|inscr[ií]b\w+)\b.{0,40}\b(?:link|enlace|address|direcci[oó]n)\b"
    r"|^\W*(?:register|reg[ií]str(?:ese|ate|arse)|inscr[ií]b(?:ase|ete)) (?:here|now|at|aqu[ií]|en)\b",
    re.IGNORECASE,
)
_ONLY_ONLINE = re.compile(
    r"(?:online|on-line|virtual|zoom|microsoft teams|ms teams|teams|webex|google meet|adobe connect"
    r"|gotowebinar|skype"
    r"|en línea|en linea|plataforma|platform|meeting|event|evento|session|sesión|room|sala|via|vía|por|through|on|en"
    r"|la|the|a través de"
    r"|and|y|webinar|reuni[oó]n|(?:video)?llamada|call"
    r"|de|only|solo|sólo|solamente|in[ -]person|presencial|hybrid|híbrid[oa]|mode"
    r"|modalidad|video ?-?conferenc(?:e|ing|ia)"
    r"|facebook live|link|live|youtube|facebook|instagram|transmisi[oó]n|(?:live)?stream(?:ed|ing)?|broadcast"
    r"|vivo|also|tambi[eé]n|by"
    r"|\s|[&+:.])+",
    re.IGNORECASE,
)


_CAPITALS = r"[A-ZÁÉÍÓÚÑ][\w'’.-]*(?:\s+(?:of|de|del|la|las|los|the|and|y|for|[A-ZÁÉÍÓÚÑ][\w'’.-]*))*"
# "at the Reef Hall in Dangriga", "en la Casa del Mar, Corozal"
_WITHIN = re.compile(
    rf"\b(?:at|in|en)\s+(?:the\s+|el\s+|la\s+)?(?P<venue>{_CAPITALS})\s*(?:,\s*|\s(?:in|en|of|de)\s+)(?P<town>{_CAPITALS})"
)


@dataclass(frozen=True)
class Place:
    """A venue as it is published; ``known`` says whether its town is."""

    venue: str = ""
    locality: str = ""
    district: str = ""
    online: bool = False


def read(text: str) -> Place:
    """Read a place such as "BTEC, Belize City" or "Online via Zoom"."""
    online = bool(_ONLINE.search(text))
    text = _AND_ONLINE.sub(", ", _MODE_FIRST.sub("", _LEAD.sub("", text)))
    parts = [part for part in (trim(piece) for piece in _SEPARATOR.split(text)) if part]
    venue: list[str] = []
    locality = district = ""
    for part in parts:
        folded = fold(part)
        if found := TOWNS.get(folded) or TOWNS.get(
            re.sub(r" (?:town|city|village|belize|belice)$", "", folded)
        ):
            # The last town counts: "Corozal House, Belmopan" is in Belmopan.
            locality, district = found[0], district or found[1]
        elif code := district_code(part):
            district = code
        elif folded in _COUNTRY or not folded or _ONLY_ONLINE.fullmatch(part) or _WAY_IN.search(part):
            continue
        else:
            venue.append(part)
    if not locality:
        locality, inner = _town_within(text)
        district = district or inner
    elif locality and not district:
        district = TOWNS[fold(locality)][1]
    return Place(", ".join(venue), locality, district, online)


def in_sentence(text: str) -> Place:
    """Read where a sentence says that something is: "at the Reef Hall in Dangriga, and online"."""
    for match in _WITHIN.finditer(text):
        if found := TOWNS.get(fold(match["town"])):
            return Place(match["venue"].strip(), found[0], found[1], bool(_ONLINE.search(text)))
    return Place(online=bool(_ONLINE.search(text)))


def is_town(text: str) -> bool:
    """Tell whether a text is the name of a town and nothing else."""
    found = read(text)
    return bool(found.locality) and not found.venue and len(text) <= 60


def district_code(text: str) -> str:
    """Return the code of a district by its name or code, or nothing."""
    folded = fold(text)
    if re.fullmatch(r"bz (?:bz|cy|czl|ow|sc|tol)", folded):
        return folded.replace(" ", "-").upper()
    if match := re.fullmatch(r"(.+?) district|(?:distrito|district) (?:de |of )?(.+)", folded):
        name = match[1] or match[2]
        return DISTRICTS.get({"belice": "belize"}.get(name, name), "")
    return DISTRICTS.get(folded, "") if folded != "belize" else ""


def _town_within(text: str) -> tuple[str, str]:
    """Find a town within words: "the CITO training room in Belmopan"."""
    folded = f" {fold(text)} "
    for lead in ("in", "at", "en", "de", "of"):
        for name, found in TOWNS.items():
            if f" {lead} {name} " in folded:
                return found
    return "", ""


def mode_of(text: str) -> str:
    """Return the mode that a value names: ``in-person``, ``online``, ``hybrid``, or nothing."""
    online, in_person = (
        bool(_ONLINE.search(text) or re.search(r"\bweb(?:inar)?\b", text, re.I)),
        bool(_IN_PERSON.search(text)),
    )
    if _HYBRID.search(text) or (online and in_person):
        return "hybrid"
    return "online" if online else "in-person" if in_person else ""


def mode_stated(prose: str) -> str:
    """Return the mode that prose states, where a title with the word webinar is no statement."""
    online, in_person = bool(_ONLINE.search(prose)), bool(_IN_PERSON.search(prose))
    if re.search(
        r"\b(?:hybrid|híbrid[oa]) (?:session|format|mode|webinar|sesión|formato|modalidad)"
        r"|modalidad híbrida\b|(?:^|[,;|(])\s*h[iíy]br[ií]d[oa]?\s*(?:$|[,;|)])",
        prose,
        re.I,
    ):
        return "hybrid"
    return "hybrid" if online and in_person else "online" if online else "in-person" if in_person else ""
