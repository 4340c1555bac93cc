"""Numbered titles of sessions: "Webinar 1: Open Government", "Primer seminario web - ...", "Session Two"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .once import once
from .vocabulary import any_of, load
from .words import fold, squeeze, trim

_KIND = (
    r"(?:webinars?|webinarios?|web seminar|seminario (?:web|virtual|en línea)|seminario|(?:training "
    r"|online |virtual )?session"
    r"|sesi[oó]n(?: virtual)?|workshop|taller|module|m[oó]dulo|conferencia web|videoconferencia"
    r"|encuentro|clase|class)"
)
# Words that head a session only where a sign stands behind their number, and what may stand before them.
_WEAK_KIND = (
    r"(?:[^\W\d_][\w'’-]*\s){0,2}(?:talks?|seminar|lecture|round ?table|forum|clinic|dialogue|episode|master ?class|hub"
    r"|meeting|lesson|charla|conversatorio|coloquio|foro|di[aá]logo|mesa redonda|jornada|capacitaci[oó]n|episodio"
    r"|lecci[oó]n|reuni[oó]n)"
)
_KINDS_OF_DOCUMENT = frozenset(load("titles")["documents"])
_NUMBERS = {word: number for number, words in load("titles")["numbers"].items() for word in words}
_ORDINALS = {word: number for number, words in load("titles")["ordinals"].items() for word in words}
# The number of a session in figures, as a regular expression: up to 9999, and no year.
NUMERAL = r"(?!(?:19|20)\d\d(?!\d))\d{1,4}(?!\d)"
_NUMBER = rf"(?P<number>{NUMERAL}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
_ORDINAL_WORD = "(?P<ordinal>" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")"
_SIGN = r"\s*(?:[:.;,|)\]–—-]+|\s)\s*"
_NUMBERED = re.compile(
    rf"[(\[]?(?:the )?{_KIND}\s*(?:no\.?|n\.?\s?[º°o]\.?|nr\.?|nro\.?|num(?:ber|\.)?|n[uú]mero"
    rf"|#)?\s*{_NUMBER}(?![\w/])"
    rf"(?:\s*[(\[]?(?:of|de|/)\s*(?:\d{{1,4}}|{'|'.join(_NUMBERS)})\b)?[)\]]?(?:{_SIGN}(?P<title>.*))?$",
    re.IGNORECASE,
)
_WITHIN = re.compile(rf"(?<!\w){_KIND}\s*(?:no\.?|n[º°]\.?|#)?\s*{_NUMBER}(?![\w/])", re.IGNORECASE)
# "Webinars 1 to 3"
_GOES_ON = re.compile(r"\s*(?:to|and|through|al?|y|e|&|,|[-–])\s*\d", re.IGNORECASE)
_WEAKLY_NUMBERED = re.compile(
    rf"{_WEAK_KIND}\s*(?:no\.?|n\.?\s?[º°o]\.?|nro\.?|#)?\s*(?P<number>{NUMERAL})\s*[:|–—-]+\s*(?P<title>.*)$",
    re.IGNORECASE,
)
# "Minutes of Webinar 7", "Reminder: Webinar 7": what kind of record or notice it is.
_RECORD_OF = re.compile(
    r"(?:(?:the\s+)?(?:minutes|record|notes|report|summary|recap|transcript|proceedings)\s+(?:of|from|for|on)\s+(?:the\s+)?"
    r"|(?:acta|minuta|memoria|relator[ií]a|resumen|informe|registro|notas)\s+(?:de\s+la|de\s+el|del?)\s+"
    r"|(?:minutes|summary|notes|report|record|recap|recording|replay|reminder|invitation|upcoming|save the date"
    r"|register(?: now)?|acta|minuta|relator[ií]a|resumen|memoria|informe|grabaci[oó]n|recordatorio|invitaci[oó]n)"
    r"\s*[:–—-]\s*)(?=\w)",
    re.IGNORECASE,
)
# "[Invented] Webinar 7: Boats", "(CANCELLED) Webinar 7": it says something of the session, and is no part of its title.
_MARKED = re.compile(
    rf"[(\[]\s*(?P<mark>{any_of(load('titles')['marks'])})\s*[)\]]\s*[:–—-]?\s*", re.IGNORECASE
)
_IS_SERIES = re.compile(
    r"[^:]{0,80}\b(?:series|serie|ciclo)(?:,?\s*(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?)?$|(?:serie|ciclo)\s[^:]{3,80}$",
    re.IGNORECASE,
)
_OF_SERIES = re.compile(
    r"^(?:of|in|from) (?:the|our) |^(?:de la|de nuestra|del) (?!ciclo|series?\b)", re.IGNORECASE
)
_LAST_BRACKET = re.compile(r"\s*\([^()]{1,60}\)\s*$")
_ORDINAL = re.compile(
    rf"(?:the |el |la )?{_ORDINAL_WORD}\s+{_KIND}\b(?:\s*[:.|–—-]+\s*(?P<title>.*))?$", re.IGNORECASE
)
_ORDINAL_OF_SERIES = re.compile(
    rf"(?:the |el |la )?{_ORDINAL_WORD}\s+{_KIND}\s+(?:of|in|from|del?|en el|de la)\s+(?:the |our |la |el )?"
    r"(?P<series>(?:(?:series|serie|ciclo)\b\s*:?\s*)?[\"“«]?[^\"”»]{3,90}[\"”»]?(?:\s+(?:series|serie|ciclo))?)\.?$",
    re.IGNORECASE,
)
# "... to the fifth webinar of the River Data series on Thursday", "Webinar 3 of the River Data Series"
_WITHIN_SERIES = re.compile(
    rf"\b(?:{_ORDINAL_WORD}\s+{_KIND}|{_KIND}\s+(?P<number>{NUMERAL}))\s+(?:of|in|from|del?|en)\s+"
    r"(?:(?:the|our|its|la|el|nuestr[oa]|su)\s+)?(?:(?:series|serie|ciclo)(?:\s+de\s+\w+)?\s*[\"“«](?P<quoted>[^\"”»]{3,90})[\"”»]"
    r"|(?P<series>(?!(?:the|our|its|this|an?|la|el|nuestr[oa]|su|una?|esta)\b)(?:[^\W\d_][\w'’-]*\s+){1,8}?"
    r"(?:series|serie|ciclo)\b(?:\s+(?:19|20)\d\d)?))",
    re.IGNORECASE,
)
_SERIES_FIRST = re.compile(
    rf"(?P<series>[^:|–—]{{3,90}}?\b(?:series|serie|ciclo)\b[^:|–—]{{0,60}}?|(?:serie|ciclo)\b[^:|–—]{{3,90}}?)"
    rf"\s*[:|,–—-]+\s*(?P<rest>(?:the )?{_KIND}\b.*)$",
    re.IGNORECASE,
)
# "River Series #3: Boats", "River Series Webinar 3: Boats"
_SERIES_JOINED = re.compile(
    rf"(?P<series>[^:|–—#]{{3,90}}?\b(?:series|serie|ciclo))\s+"
    rf"(?:(?:#|no\.?|n\.?\s?[º°o]\.?|nro\.?)\s*(?P<number>{NUMERAL})(?P<title>\s*[:|–—-].*)|(?P<rest>{_KIND}\b.*))$",
    re.IGNORECASE,
)
_WEBINAR = re.compile(r"(?:webinar|webinario|web seminar|seminario web)\b", re.IGNORECASE)
_BETWEEN_PIECES = re.compile(r"\s+[|–—·-]\s+|\s*\|\s*")
_MOST_PIECES = 4
_SERIES_LAST = re.compile(r"(?P<title>.{4,200}?)\s*[(\[](?P<series>[^()\[\]]{3,90})[)\]]\s*$")
_SERIES_WORD = re.compile(r"\b(?:series|serie|ciclo)\b", re.IGNORECASE)
_NUMBER_FIRST = re.compile(rf"{NUMERAL}\s*(?:[:|.)]|\s[–—-])\s+\D")
_NUMBER_ALONE = re.compile(
    rf"(?:no\.?\s*|n[º°.]\s*|#\s*)?({NUMERAL})(?:\s*(?:of|de|/)\s*\d{{1,4}})?", re.IGNORECASE
)
_LONGEST = 300


@dataclass(frozen=True)
class Heading:
    """What the title line of a session says; each may be missing."""

    number: int | None
    title: str
    series: str


@once
def heading_of(text: str) -> Heading | None:
    """Read a line such as "Ecosystem series - Webinar 2: How plans are made"; None for other lines."""
    text = squeeze(text).strip(" *_#")
    if not text or len(text) > _LONGEST:
        return None
    series = ""
    if marked := _MARKED.match(text):
        found = heading_of(text[marked.end() :])
        return replace(found, title=f"{marked[0].rstrip(' :–—-')} {found.title}".strip()) if found else None
    text = _RECORD_OF.sub("", text, count=1) if _RECORD_OF.match(text) else text
    if match := _SERIES_FIRST.match(text):
        series, text = match["series"].strip(), match["rest"]
    elif match := _SERIES_JOINED.match(text):
        series = match["series"].strip()
        text = match["rest"] or f"webinar {match['number']}{match['title']}"
    if match := _NUMBERED.match(text):
        number = _NUMBERS.get(match["number"].lower()) or int(
            match["number"] if match["number"].isdigit() else 0
        )
        title = clean_title(match["title"] or "")
        # "Session 1 will be repeated" is a sentence, "Module II Budgets" a title.
        if not match["number"].isdigit() and len(match["number"]) == 1 and title[:1].islower():
            return None
        if title[:1].islower() and re.search(r"\.\s*$", text):
            return None
    elif match := _WEAKLY_NUMBERED.match(text):
        number, title = int(match["number"]), clean_title(match["title"])
        if not title[:1].isupper() and not title[:1].isdigit() and title[:1] not in "¿¡\"“«'":
            return None
    elif match := _ORDINAL.match(text):
        number = _ORDINALS[match["ordinal"].lower()]
        title = clean_title(match["title"] or "")
    elif (match := _ORDINAL_OF_SERIES.match(text)) and _names_series(match["series"]):
        number, title = _ORDINALS[match["ordinal"].lower()], ""
        series = clean_title(
            re.sub(r"^(?:series|serie|ciclo)\b\s*:?\s*(?=[\"“«])", "", match["series"], flags=re.I)
        )
    else:
        return None
    if not series and (last := _SERIES_LAST.match(title)) and _SERIES_WORD.search(last["series"]):
        title, series = last["title"], last["series"].strip()
    if not series and _IS_SERIES.fullmatch(bare := _LAST_BRACKET.sub("", title)):
        # "Webinar 7 – Coastal Data Series 2024", "Webinar 7 of the Coastal Data Series"
        title, series = "", _OF_SERIES.sub("", bare)
    return Heading(number, title, series)


def heading_in_pieces(text: str) -> Heading | None:
    """Read a title whose number stands in a piece of its own: "Counting boats | Webinar 3 | River Series".

    What else is numbered, such as the sessions of a conference, counts only beside the name of a series.
    """
    pieces = [squeeze(piece) for piece in _BETWEEN_PIECES.split(squeeze(text)) if piece.strip()]
    found = [(piece, heading) for piece in pieces if (heading := heading_of(piece)) and not heading.title]
    if not 2 <= len(pieces) <= _MOST_PIECES or len(found) != 1 or found[0][1].number is None:
        return None
    numbered, heading = found[0]
    series = next((piece for piece in pieces if is_series(piece)), heading.series)
    if not series and not _WEBINAR.match(numbered):
        return None
    titles = [piece for piece in pieces if piece not in (numbered, series)]
    return Heading(heading.number, clean_title(" – ".join(titles)), series)


def number_within(text: str) -> int | None:
    """Return the number of the only numbered session that a text names: "Our program's Webinar 3, whole"."""
    found = list(_WITHIN.finditer(text))
    numbers = {match["number"].lower() for match in found}
    if len(numbers) != 1 or any(_GOES_ON.match(text, match.end()) for match in found):
        return None
    number = numbers.pop()
    return _NUMBERS.get(number) or (int(number) if number.isdigit() else None)


def labelled_heading(term: str, value: str, *, is_number: bool) -> Heading | None:
    """Read the value of "Title:" or "Number:"; None where it says nothing.

    Args:
        term: what stands before the value in a table, if anything.
        value: the value.
        is_number: whether its label is that of the number.
    """
    text = trim(value)
    if not text:
        return None
    if (numbered := heading_of(term)) and not numbered.title:
        # "Webinar 2 | Title" in a table.
        return Heading(numbered.number, clean_title(text), numbered.series)
    if number := _NUMBER_ALONE.fullmatch(text):
        return Heading(int(number[1]), "", "")
    if says_nothing(text):
        return None
    # "Webinar | 2 - Title" has the kind in the label and its number in front of the title.
    if is_number or _NUMBER_FIRST.match(text):
        return heading_of(f"webinar {text}")
    return heading_of(text) or Heading(None, clean_title(text), "")


def begin_of_numbered(text: str) -> int | None:
    """Return where in a line the numbered title of a session begins: "7 March - Webinar 1: Open books"."""
    found = _WITHIN.search(text)
    return found.start() if found else None


def is_series(text: str) -> bool:
    """Tell whether a line is the name of a series and nothing else: "Serie «Cuentas claras»"."""
    return _IS_SERIES.fullmatch(squeeze(text).strip(" *_#")) is not None


def series_in(text: str) -> str:
    """Return the name of a series that a line consists of, or a piece of it does: "River Series 2024 – Schedule"."""
    pieces = [clean_title(piece) for piece in (text, *_BETWEEN_PIECES.split(squeeze(text)))]
    return next((piece for piece in pieces if is_series(piece)), "")


def _names_series(text: str) -> bool:
    return bool(_SERIES_WORD.search(text) or re.search(r"[\"“«]", text))


def without_mark(title: str) -> tuple[str, str]:
    """Return a title without what stands in brackets before it and says something of the session, and that."""
    marked = _MARKED.match(title)
    return (title[marked.end() :], marked["mark"]) if marked else (title, "")


def of_series(text: str) -> tuple[int | None, str]:
    """Return number and series that a sentence names: "The Trust holds the fifth webinar of the River Series"."""
    found = _WITHIN_SERIES.search(text)
    if found is None:
        return None, ""
    ordinal = _ORDINALS.get((found["ordinal"] or "").lower())
    number = ordinal or (int(found["number"]) if found["number"] else None)
    return number, clean_title(found["quoted"] or found["series"] or "")


def says_nothing(title: str) -> bool:
    """Tell a title that only says what kind of document it is: "Minutes", "Agenda"."""
    return fold(title) in _KINDS_OF_DOCUMENT


def clean_title(text: str) -> str:
    """Return a title without the quotes and signs round it."""
    text = squeeze(text).strip(" *_#:|–—-")
    if len(text) > 2 and text[0] in "\"“«'‘" and text[-1] in "\"”»'’":
        text = text[1:-1].strip()
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text
