"""Private data known by its shape: e-mail, phone numbers, handles, personal links, numbers of papers.

So is what opens a meeting: its link, number and password.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import phonenumbers

from ..folding import Folded, fold_in_place
from ..records import access

EMAIL, PHONE, HANDLE, LINK, ID_NUMBER, BIRTH, ADDRESS, ACCESS = (
    "email",
    "phone",
    "handle",
    "personal-link",
    "id-number",
    "birth",
    "address",
    "meeting-access",
)

WITHHELD = "[withheld]"


@dataclass(frozen=True)
class Span:
    """A place in a text that holds private data of one kind."""

    start: int
    end: int
    kind: str


_TLD = r"(?:com|org|net|edu|gov|gob|mil|int|info|bz|mx|gt|hn|sv|ni|cr|pa|co|us|ca|uk|es|eu|io|me|tv|biz)"
_AT = r"(?:\[\s*(?:at|arroba)\s*\]|\(\s*(?:at|arroba)\s*\)|\{\s*(?:at|arroba)\s*\}|<\s*at\s*>|\barroba\b)"
_DOT = (
    r"(?:\[\s*(?:dot|punto|\.)\s*\]|\(\s*(?:dot|punto|\.)\s*\)|\{\s*(?:dot|punto|\.)\s*\}|\b(?:dot|punto)\b)"
)
_DASH = r"\b(?:underscore|hyphen|dash|guion(?: bajo)?)\b"
_LOCAL = r"(?<![\w.+%'-])[\w.+%'-]{0,80}[\w+%-]"

_EMAIL_FORMS = [
    # name@example.org, also broken over lines: around @ and dots a line break with its indent may stand.
    re.compile(
        rf"(?:(?<!\w)\w{{1,64}}[._-]\n\s*)?{_LOCAL}[ \t]?(?:\n\s*)?(?:@|%40)[ \t]?(?:\n\s*)?[\w-]+"
        r"(?:(?:\n\s*)?\.(?:\n\s*)?[\w-]+)*(?:\n\s*)?\.(?:\n\s*)?[a-z][\w-]*"
    ),
    # name@exam
    # ple.org
    re.compile(rf"{_LOCAL}@[\w.-]+\n\s*[\w-]*(?:\.[\w-]+){{0,5}}\.{_TLD}\b"),
    # name @ example . org
    re.compile(
        rf"{_LOCAL}\s*(?:@|{_AT})\s*[\w-]+(?:\s*(?:\.|{_DOT})\s*[\w-]+){{0,5}}\s*(?:\.|{_DOT})\s*{_TLD}\b"
    ),
    # name at example dot org
    re.compile(
        rf"{_LOCAL}(?:\s*(?:{_DOT}|{_DASH})\s*[\w-]+){{0,5}}\s*(?:@|{_AT}|\bat\b)\s*[\w-]+(?:\s*{_DOT}\s*[\w-]+){{1,5}}"
    ),
    # first.last at example.org, and "write to name at example.org"
    re.compile(rf"\b\w{{1,64}}(?:[._]\w{{1,64}}|\d{{1,9}})\s+at\s+[\w-]+(?:\.[\w-]+){{0,5}}\.{_TLD}\b"),
    re.compile(rf"(?<=mail )(?:\w+\s+)?{_LOCAL}\s+at\s+[\w-]+(?:\.[\w-]+){{0,5}}\.{_TLD}\b"),
    re.compile(
        rf"(?:write to|contact|reach me|escrib\w+ a)\s+{_LOCAL}\s+at\s+[\w-]+(?:\.[\w-]+){{0,5}}\.{_TLD}\b"
    ),
    # As archives of mailing lists write it; nothing is held at a provider of mail.
    re.compile(
        rf"{_LOCAL}\s+at\s+(?:gmail|googlemail|hotmail|outlook|live|yahoo|ymail|icloud|proton(?:mail)?|aol)\.{_TLD}\b"
    ),
    # n a m e @ e x a m p l e . o r g
    re.compile(r"(?:\b\w[ .]){2,40}\w?\s?@\s?(?:\w[ .]{1,3}){2,40}\w\b"),
    # name(a)example.org, as some write where others must not copy it
    re.compile(rf"{_LOCAL}[(\[{{]a[)\]}}][\w-]+(?:\.[\w-]+){{0,5}}\.{_TLD}\b"),
    # whatever is left around an at sign: name@example
    re.compile(r"[\w+%-]{1,64}@[\w.-]{0,100}\w"),
]

# Without one of these a text holds no code, address, handle or home of any form: most texts are spared the search.
_MAY_BE_CODE = re.compile(r"[\d:=]|\s[ie]s\s", re.IGNORECASE)
_MAY_BE_EMAIL = re.compile(r"@|%40|[(\[{]a[)\]}]|\barroba\b|\bat\b")
_MAY_BE_HANDLE = re.compile(
    r"[@_]|\b(?:ig|insta|twitter|telegram|skype|snap|tiktok|signal|face|fb|discord|linkedin|whatsapp)"
)
_MAY_BE_HOME = re.compile(r"\b(?:liv|resid|home|domicilio|viv|h(?:er|is)|my|their)")

_HANDLES = [
    re.compile(r"(?<![\w%+-])@\s?[a-z_][\w.]*\w"),
    re.compile(
        r"\b(?:ig|insta|instagram|twitter|telegram|skype|snapchat|tiktok|signal|facebook|fb|discord|linkedin|whatsapp)"
        r"(?:\s+(?:id|user|username|usuario|handle|name))?\s*(?::|=|\bis\b|\bes\b)\s*(?!https?:)(?P<value>[\w.@-]*\w)"
    ),
    # on Instagram reefy77
    re.compile(
        r"\b(?:ig|insta|instagram|twitter|telegram|skype|snap|snapchat|tiktok|signal|facebook|discord|linkedin)\s+"
        r"(?!covid|cop\d|sdgs?\d|ods\d)(?P<value>[a-z]{3,}[._]?\d{1,4})\b"
    ),
    # A word with an underscore is nobody's prose.
    re.compile(r"\b(?=\w*[a-z])(?=\w*_)[a-z0-9]\w*[a-z0-9]\b"),
]

_NOT_IN_NUMBER = r"(?<!\w)(?<!\d[.,:-])"
_NUMBER_ENDS = r"(?!\w|[.,:-]\d)"
# With its separators a number is one, also where a lost tag or line break glued a word to it: 620-0103to.
_NOT_AFTER_DIGIT = r"(?<!\d)(?<!\d[.,:-])"
_NOT_BEFORE_DIGIT = r"(?!\d|[.,:-]\d)"
_PHONES = [
    re.compile(r"(?:\+|(?<![\w:.,])00)\s?\d[\d\s().-]{5,18}\d\b"),
    re.compile(rf"{_NOT_IN_NUMBER}\(?501\)?[\s.-]*\d{{3}}[\s.-]*\d{{4}}{_NUMBER_ENDS}"),
    re.compile(rf"{_NOT_IN_NUMBER}[2-8]\d{{2}}(?:\s?[.\-/_·•~*]\s?|\s)\d{{4}}{_NUMBER_ENDS}"),
    re.compile(rf"{_NOT_AFTER_DIGIT}[2-8]\d{{2}}-\d{{4}}{_NOT_BEFORE_DIGIT}"),
    re.compile(rf"{_NOT_IN_NUMBER}6(?!\d*000\b)\d{{6}}{_NUMBER_ENDS}"),
    re.compile(rf"{_NOT_IN_NUMBER}\(?\d{{3}}\)?[\s.-]\d{{3}}[\s.-]\d{{4}}{_NUMBER_ENDS}"),
    re.compile(
        r"\b(?:call|phone|tel|telephone|mobile|cell|cel|whatsapp|text|sms|ext|extension|fax|numero|number is|"
        r"llam\w+|telefono|celular|marc\w+)\b[^\d\n]{0,20}(?P<value>[\d(+][\d\s().-]{3,18}\d)"
    ),
    # Single digits: 6 2 0 0 1 0 3
    re.compile(r"\b(?:\d[\s.·•*_-]{1,3}){6,14}\d\b"),
]
_DIGIT = re.compile(r"\d")
# No country has telephone numbers of fewer digits, its own code included.
_FEWEST_DIGITS = 5
_DIGIT_WORD = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|"
    r"cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)"
)
# six two zero zero one zero three, and six two zero - 0103
_SPOKEN_PHONE = re.compile(
    rf"\b{_DIGIT_WORD}(?:[\s,-]+{_DIGIT_WORD}){{2,}}(?:(?:[\s,-]+{_DIGIT_WORD}){{3,}}\b|[\s,-]+(?!(?:19|20)\d\d)(?:\d{{3,4}}|\d\d[\s-]\d\d)\b)"
)
_DATE = re.compile(
    r"(?=\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[t\s]\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}"
    r"|(?:19|20)\d{2}\s?-\s?(?:19|20)\d{2}|(?:19|20)\d{2}\s\d{1,2}:\d{2}|\d{1,2}:\d{2}(?::\d{2})?)"
)
# The key of a row in a database: its digits are chance, and now and then look like a telephone number.
_UUID = re.compile(
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b", re.IGNORECASE
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[ .,]000)+(?!\d)")

# "the Hospital 2024-2025 plan", "rendición de cuenta 2023-2024": no number of somebody's
_NO_YEARS = r"(?!(?:19|20)\d\d(?:\s?[-/]\s?(?:(?:19|20)?\d\d|[a-z]+))?(?![\w-]))"
_ID_NUMBERS = [
    re.compile(
        # "Expediente 1234-2023" is a case at a court, unless it is somebody's own.
        r"\b(?:visa|nhi|hospital|patient|paciente|(?<=mi )expediente|(?<=su )expediente"
        r"|expediente(?!\W{0,3}(?:n\w{0,6}\W{1,3}(?:o\b\W{0,2})?)?\d{1,5}[-/](?:19|20)\d\d\b))"
        r"(?:\s+(?:number|no|num|numero|n|is|es))*\s*[.:#o°]*\s*"
        rf"{_NO_YEARS}(?P<value>[a-z]{{0,3}}-?\d[\da-z-]{{3,}})"
    ),
    re.compile(
        r"\b(?:passport|pasaporte|social security|seguro social|ssn|ssb|dpi|cedula|curp|"
        r"(?:id|identity|identification|identidad|licen[cs]e|licencia|matricula|voter|badge|employee)(?=[\s:#]))"
        r"(?:\s+(?:card|number|no|num|numero|n|is|es|de identidad))*\s*[.:#o°]*\s*"
        r"(?P<value>[a-z]{0,3}-?\d[\da-z-]{3,})"
    ),
    # account no. 211 445 889, but no code of a budget's accounts
    re.compile(
        r"\b(?:account|acct|a/c|cuenta)(?:\s+(?:card|number|no|num|numero|n|is|es))*\s*[.:#o°]*\s*"
        rf"{_NO_YEARS}(?P<value>\d(?:[ -]?\d){{6,19}})(?!\d)"
    ),
    # An IBAN has at least ten digits: "the WG12 that will meet from today" is none.
    re.compile(
        r"\b(?=[a-z]{2}\d{2})(?!iban)(?=(?:[a-z -]{0,9}\d){10})"
        r"[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){3,7}(?:[ -]?[a-z0-9]{1,3})?\b"
    ),
    # plate C-12345
    re.compile(
        r"\b(?:plates?|placas?)(?:\s+(?:number|no|num|numero|is|es))*\s*[.:#o°]*\s*"
        # A word between blanks is none of its letters: "plates in 2023".
        r"(?P<value>(?:[a-z]{1,3}-|(?:bz|cy|cz|czl|ow|sc|tol)[ -])?"
        r"(?:[a-z]{1,3}-?|[b-df-np-tv-xz] )\d{3,6}[a-z]{0,3})\b"
    ),
    re.compile(rf"{_NOT_IN_NUMBER}\d{{3}}-\d{{2}}-\d{{4}}{_NUMBER_ENDS}"),
    re.compile(rf"{_NOT_IN_NUMBER}\d{{4}}\s\d{{5}}\s\d{{4}}{_NUMBER_ENDS}"),
    re.compile(rf"{_NOT_IN_NUMBER}\d{{8,}}{_NUMBER_ENDS}"),
    re.compile(r"\b[a-z]{4}\d{6}[hm][a-z]{5}\w\d\b"),
    re.compile(r"\b(?:\d{4}[ -]){3}\d{4}\b"),
]

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-z]*"


def _day(year: str) -> str:
    """Return an expression for a day of such years, as English and Spanish write it."""
    nth = r"\d{1,2}(?:st|nd|rd|th)?"
    return (
        rf"(?P<value>\d{{1,2}}[-/. ]\d{{1,2}}[-/. ]{year}|{year}[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
        rf"|{nth}(?: of| de)? {_MONTH},?(?: del?)? {year}|{_MONTH} {nth},? {year})\b"
    )


# When somebody was born. Offices and programs are born as well, most of them later than those who take part.
_BIRTHS = [
    re.compile(
        r"\b(?:date of birth|birth ?date|birthday|d\.?o\.?b\.?|fecha de nacimiento)(?: is| es)?\W{0,3}"
        + _day(r"(?:19|20)?\d\d")
    ),
    re.compile(
        r"(?<!\bit )(?<!\bit was )(?<!belize was )(?<!which was )\b(?:born|nacid[oa]|nacio|naci)"
        r"(?: on| el| in)?(?: the| dia)?:? " + _day(r"(?:19\d\d|200\d)")
    ),
]
_MAY_BE_BIRTH = re.compile(r"born|birth|nac|d\.?o\.?b")

_ADDRESSES = [
    re.compile(
        r"(?:#\s?|\b)\d{1,5}[a-z]?,?\s+(?:[\w'.]+\s+){1,3}"
        r"(?:street|st\b|avenue|ave\b|road|rd\b|lane|ln\b|drive|dr\b|boulevard|blvd|crescent|close|highway)\.?"
    ),
    re.compile(
        r"\b(?:calle|avenida|avda?|carretera|callejon|camino)\.?\s+(?:[\w']+\s+){1,4}?(?:no\.?\s?|#\s?)?\d{1,5}\b"
    ),
    re.compile(r"\bp\.?\s?o\.?\s+box\s+\d+\b"),
]

# Where somebody lives; the address of a venue is public.
_HOMES = [
    re.compile(
        r"\b(?:lives?|living|resid(?:es?|ing|ente?)|home address|"
        r"(?:her|his|my|their) home|domicilio|vive|viven|residencia)\b[^.;\n]{0,25}?"
        rf"(?P<value>{expression.pattern})"
    )
    for expression in _ADDRESSES
]

# What a page of somebody is called there, and seldom one of a body: its first and last name with a point between.
_OWN_PAGE = r"[a-z-]+\.(?!(?:com|org|net|edu|gov|gob|bz|example)\b)[\w.-]+"
# Any of these anywhere in a web address: somebody's own page or number.
_PERSONAL_LINK = re.compile(
    r"^(?:mailto|tel|sms|skype|sip|sips|xmpp|callto|facetime|whatsapp|tg|viber|data|javascript):"
    r"|^https?://(?:www\.)?(?:wa\.me|api\.whatsapp\.com|chat\.whatsapp\.com|t\.me|telegram\.me|m\.me|ig\.me)(?:/|$)"
    r"|^https?://(?:\w+\.)?linkedin\.com/(?:in|pub)/"
    rf"|^https?://(?:[\w-]+\.)?(?:facebook|fb|instagram)\.com/(?:profile\.php|people/|{_OWN_PAGE}(?:[/?]|$))"
    r"|^https?://(?:\w+\.)?orcid\.org/"
    r"|^https?://[^/?#]+/@"
    r"|^https?://[^/?#]*@"
    r"|^https?://[^/?#]+/~"
)
_BARE_PERSONAL_LINK = re.compile(
    r"\b(?:wa\.me|t\.me|m\.me|linkedin\.com/(?:in|pub)|(?:facebook|fb)\.com/profile\.php"
    rf"|chat\.whatsapp\.com)[/?]\S+|\b(?:facebook|fb|instagram)\.com/(?:people/\S+|{_OWN_PAGE})"
)
_URL = re.compile(
    r"\b(?:https?|ftps?|file)://[^\s<>\"\[\]|]+|\b(?:mailto|tel|sms|skype|sip|callto|tg|whatsapp):[^\s<>\"\])]+",
    re.IGNORECASE,
)
_URL_TAIL = ".,;:!?)'*_"


def urls(text: str) -> list[Span]:
    """Return the places of web addresses in ``text``; ``kind`` is the address itself."""
    found: list[Span] = []
    if ":" not in text:
        return found
    for match in _URL.finditer(text):
        address = match.group().rstrip(_URL_TAIL)
        if address.count("(") > address.count(")") and match.group()[len(address) :].startswith(")"):
            address += ")"
        found.append(Span(match.start(), match.start() + len(address), address))
    return found


def is_web_address(url: str) -> bool:
    """Return whether ``url`` is a plain ``http`` or ``https`` address without a user name or a blank in its host."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    has_host = bool(parts.hostname) and len(parts.netloc.split()) == 1
    return parts.scheme.lower() in ("http", "https") and has_host and "@" not in parts.netloc


def is_personal_link(url: str) -> bool:
    """Return whether ``url`` leads to one person or into a meeting: a profile, a number, a chat, an address."""
    plain = unquote(url.strip()).lower()
    if access.is_meeting_link(plain):
        return True
    return bool(_PERSONAL_LINK.search(plain)) or bool(_first(_EMAIL_FORMS[:1], plain))


def find(text: str) -> list[Span]:
    """Return where private data stands in ``text``: e-mail, phone, handle, personal link, number of a paper.

    Disguises are seen through: ``name at example dot org``, wide or invisible characters, addresses broken
    over lines. Dates, times, years and round numbers are none.
    """
    return merge(_find(text))


def find_addresses(text: str) -> list[Span]:
    """Return where a postal address stands. Apart from ``find``, since the address of a venue is public."""
    folded = fold_in_place(text)
    return merge(_spans(folded, _ADDRESSES, ADDRESS))


def merge(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, overlapping ones made one.

    That is a handle only where all of them are: handles may stay in places where numbers and addresses may not.
    """
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            kind = span.kind if last.kind == HANDLE else last.kind
            merged[-1] = Span(last.start, max(last.end, span.end), kind)
        else:
            merged.append(span)
    return merged


def mask(text: str, spans: Iterable[Span]) -> str:
    """Return ``text`` with each of the spans replaced by a mark."""
    parts = []
    position = 0
    for span in merge(spans):
        parts += [text[position : span.start], WITHHELD]
        position = span.end
    return "".join([*parts, text[position:]])


def _find(text: str) -> Iterator[Span]:
    links = urls(text)
    yield from (Span(link.start, link.end, LINK) for link in links if is_personal_link(link.kind))
    for match in access.CODE.finditer(text) if _MAY_BE_CODE.search(text) else ():
        group = str(match.lastgroup)
        yield Span(match.start(group), match.end(group), ACCESS)
    folded = fold_in_place(text)
    if "/" in folded.text or "?" in folded.text:
        yield from _spans(folded, [_BARE_PERSONAL_LINK], LINK)
    if _MAY_BE_EMAIL.search(folded.text):
        yield from _spans(folded, _EMAIL_FORMS, EMAIL)
    # Paths of ordinary web addresses hold numbers and underscores of all sorts.
    keys = [Span(*match.span(), match.group()) for match in _UUID.finditer(text)]
    prose = fold_in_place(_blank(text, [*links, *keys])) if links or keys else folded
    if _MAY_BE_HANDLE.search(prose.text):
        yield from _spans(prose, _HANDLES, HANDLE)
    if _MAY_BE_HOME.search(prose.text):
        yield from _spans(prose, _HOMES, ADDRESS)
    digits = len(_DIGIT.findall(prose.text))
    if not digits:
        yield from _spans(prose, [_SPOKEN_PHONE], PHONE)
        return
    yield from _spans(prose, _ID_NUMBERS, ID_NUMBER)
    if _MAY_BE_BIRTH.search(prose.text):
        yield from _spans(prose, _BIRTHS, BIRTH)
    numbers = Folded(_blank_dates(prose.text), prose.origins)
    yield from _spans(numbers, [*_PHONES, _SPOKEN_PHONE], PHONE)
    if digits >= _FEWEST_DIGITS:
        yield from _listed_phones(numbers)


def _blank(text: str, spans: Iterable[Span]) -> str:
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _blank_dates(text: str) -> str:
    def blank(match: re.Match[str]) -> str:
        return "," * len(match.group())

    return _THOUSANDS.sub(blank, _DATE.sub(_unless_in_number(blank), text))


def _unless_in_number(blank):
    """Return a replacement that leaves what only looks like a date inside a longer number."""

    def replace(match: re.Match[str]) -> str:
        before = match.string[max(0, match.start() - 2) : match.start()]
        after = match.string[match.end() : match.end() + 2]
        if re.search(r"\d[\s.-]?$|[+(]$", before) or re.match(r"[\s.-]?\d\d|\d", after):
            return match.group()
        return blank(match)

    return replace


def _spans(folded: Folded, expressions: Iterable[re.Pattern[str]], kind: str) -> Iterator[Span]:
    for expression in expressions:
        for match in expression.finditer(folded.text):
            group = "value" if "value" in expression.groupindex else 0
            start, end = match.span(group)
            if end > start:
                yield Span(*folded.original_span(start, end), kind)


def _first(expressions: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((match for expression in expressions if (match := expression.search(text))), None)


def _listed_phones(folded: Folded) -> Iterator[Span]:
    """Yield the numbers that the world's numbering plans know, read as dialled in Belize."""
    matcher = phonenumbers.PhoneNumberMatcher(folded.text, "BZ", leniency=phonenumbers.Leniency.VALID)
    for match in matcher:
        yield Span(*folded.original_span(match.start, match.end), PHONE)
