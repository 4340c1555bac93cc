"""Small helpers on words that several recognisers share."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from .. import folding
from .once import once

URL = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+%-]{1,80}@[\w-]{1,80}(?:\.[\w-]{1,80}){1,6}")
_ENGLISH = frozenset(
    ["the", "of", "and", "to", "in", "for", "is", "with", "by", "on", "from", "at", "this", "will", "that"]
)
_SPANISH = frozenset(
    [
        "el",
        "la",
        "los",
        "las",
        "de",
        "del",
        "y",
        "para",
        "en",
        "con",
        "por",
        "que",
        "una",
        "un",
        "este",
        "esta",
        "sesion",
    ]
)
# Neither names nor where somebody works hold these: "Ana and Ben de la Cruz from the Ministry of Reefs".
_SMALL = frozenset(
    (
        "to",
        "in",
        "for",
        "is",
        "are",
        "with",
        "how",
        "what",
        "on",
        "this",
        "en",
        "que",
        "para",
        "por",
        "con",
        "se",
    )
    + ("como", "una", "un", "es", "su", "sobre")
)


@once
def fold(text: str) -> str:
    """Return the words of a text in lower case, without accents and signs, one space between them."""
    return " ".join(folding.words(text))


@once
def squeeze(text: str) -> str:
    """Return the text with one space between words."""
    return " ".join(text.split())


_AROUND = " \t,;:|–—-•·*_"
# Small pictures that stand for a label: a calendar, a clock, a pin.
_PICTURE = r"[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff\s]+"
_PICTURES = re.compile(rf"^{_PICTURE}|{_PICTURE}$")


@once
def trim(text: str) -> str:
    """Return a value without the signs that layouts leave round it."""
    return _PICTURES.sub("", squeeze(text).strip(_AROUND)).strip(_AROUND)


def find_urls(text: str) -> list[str]:
    """Return the web addresses in a text, without the signs that end the sentence round them."""
    return [trim_url(url) for url in URL.findall(text)]


def trim_url(url: str) -> str:
    """Return an address without closing signs that belong to the sentence."""
    url = url.rstrip(".,;:!?'*")
    while url.endswith((")", "]", "}")) and url.count(url[-1]) > url.count(
        {")": "(", "]": "[", "}": "{"}[url[-1]]
    ):
        url = url[:-1].rstrip(".,;:!?'*")
    return url


# Programs put these round an address to see who follows it; some hold the reader's e-mail address.
_REDIRECTS = re.compile(
    r"https?://(?:www\.google\.[a-z.]{2,6}/url|l(?:m)?\.facebook\.com/l\.php|l\.instagram\.com/"
    r"|[\w-]+\.safelinks\.protection\.outlook\.com/|www\.youtube\.com/redirect)\?",
    re.IGNORECASE,
)


def behind_redirect(url: str) -> str:
    """Return where an address leads that Google Docs, Outlook or Facebook put in place of the real one."""
    if not _REDIRECTS.match(url):
        return url
    try:
        said = parse_qs(urlsplit(url).query)
    except ValueError:
        return url
    targets = [said[name][0] for name in ("q", "url", "u") if name in said]
    return next((target for target in targets if re.match(r"https?://", target)), url)


_LETTERS_OF_SPANISH = re.compile(r"[¿¡ñÑ]|ci[oó]n(?:es)?\b", re.IGNORECASE)


def guess_language(text: str) -> str:
    """Return ``es`` where a text has more of the small words of Spanish than of English, else ``en``.

    A title may have none of either: then its letters tell, "Participación" or "¿Quién?".
    """
    words = fold(text[:20_000]).split()
    spanish, english = (sum(word in small for word in words) for small in (_SPANISH, _ENGLISH))
    if spanish == english == 0:
        return "es" if _LETTERS_OF_SPANISH.search(text[:20_000]) else "en"
    return "es" if spanish > english else "en"


def has_small_words(text: str) -> bool:
    """Tell whether a text has a small word of English or Spanish between others, of those that names have none of."""
    return not _SMALL.isdisjoint(fold(text).split()[1:])
