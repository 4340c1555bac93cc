"""Values of one line, as they stand behind a label: organisers, topics, languages, status and the like."""

from __future__ import annotations

import re
from collections.abc import Callable

from .names import split_line
from .positions import says_position
from .session import SessionRecord
from .titles import clean_title, without_mark
from .vocabulary import any_of, load
from .words import find_urls, fold, trim

_WORDS = load("values")
_YES = frozenset(_WORDS["means_yes"])
_LANGUAGES: dict[str, str] = _WORDS["languages"]
_STATUS = {
    status: re.compile(rf"\b{any_of(words)}\b", re.IGNORECASE) for status, words in _WORDS["status"].items()
}
_CALLED_OFF = any_of(_WORDS["status"]["cancelled"] + _WORDS["status"]["postponed"])
_UNSETTLED = re.compile(rf"\b(?:{_CALLED_OFF}|{any_of(_WORDS['unsettled'])})\b", re.IGNORECASE)
_STATUS_NOTE = re.compile(
    rf"\s*[(\[–—-]\s*{_CALLED_OFF}\s*[)\]]?\s*$|^\s*[(\[]?{_CALLED_OFF}[)\]]?\s*[:–—-]\s*"
    rf"|^\s*[(\[]{_CALLED_OFF}[)\]]\s*",
    re.IGNORECASE,
)
_STATUS_ALONE = re.compile(rf"\W*{_CALLED_OFF}\W*", re.IGNORECASE)
_FUNDERS = re.compile(rf"[,;.]?\s*(?:and\s+|y\s+)?{any_of(_WORDS['funded_by'])}\s+", re.IGNORECASE)
_QUOTES = "\"“”«»'"


def read(name: str, text: str, record: SessionRecord) -> bool:
    """Read the value of the part ``name`` into the record; False where it says nothing that is known."""
    text = trim(text)
    if reader := _READERS.get(name):
        return reader(text, record)
    before = getattr(record, name, "")
    if not before and hasattr(record, name):
        setattr(record, name, text.strip(_QUOTES) if name in ("series", "program", "project") else text)
        return True
    return fold(str(before)) == fold(text)


def status_of(text: str) -> str:
    """Return the status that a text names, or nothing."""
    return next((status for status, pattern in _STATUS.items() if pattern.search(text)), "")


def says_unsettled(text: str) -> bool:
    """Tell whether words beside a date say that it may not hold: "postponed", "new date to be confirmed"."""
    return bool(_UNSETTLED.search(text))


def is_status(title: str) -> bool:
    """Tell whether what stands in the place of a title says nothing, or only that the session does not take place."""
    return not title or _STATUS_ALONE.fullmatch(title) is not None


def take_status(title: str, record: SessionRecord) -> str:
    """Take a note such as "(postponed)" or "[Invented]" out of a title, and keep what it says."""
    title, mark = without_mark(title)
    if mark:
        record.status = record.status or (status_of(mark) if says_unsettled(mark) else "")
        record.invented = record.invented or fold(mark) in _YES
    if is_status(title):
        record.status = record.status or status_of(title)
        return ""
    if match := _STATUS_NOTE.search(title):
        record.status = record.status or status_of(match[0])
        title = clean_title(_STATUS_NOTE.sub("", title))
    return title


def _organisers(text: str, record: SessionRecord) -> bool:
    """Read "the Sample Trust, with the support of the Sample Embassy"."""
    match = _FUNDERS.search(text)
    organisers, funders = (text[: match.start()], text[match.end() :]) if match else (text, "")
    bodies = []
    for piece in organisers.split(";"):
        name, office = split_line(piece)
        if name and says_position(office):
            # Who sees to a session has no public role by that.
            record.others.append(name)
        else:
            bodies.append(piece)
    if not bodies:
        return False
    stated = _without_article(trim(";".join(bodies)))
    if fold(stated) not in fold(record.organisers):
        # Partners, and who hosts it, stand under labels of their own.
        record.organisers = "; ".join(filter(None, (record.organisers, stated)))
    record.funders = record.funders or _without_article(trim(funders).rstrip("."))
    return True


def _funders(text: str, record: SessionRecord) -> bool:
    record.funders = record.funders or _without_article(text)
    return True


def _without_article(text: str) -> str:
    text = re.sub(r"^(?:(?:by|por) )?(?:(?:[Tt]he|[Ee]l|[Ll]a|[Ll]os|[Ll]as) )?", "", text)
    return text[:1].upper() + text[1:]


def _topics(text: str, record: SessionRecord) -> bool:
    record.topics += [topic for piece in re.split(r"\s*[,;|•]\s*", text) if (topic := trim(piece))]
    return True


def _languages(text: str, record: SessionRecord) -> bool:
    # "English, with interpretation into Spanish" names both.
    found = dict.fromkeys(_LANGUAGES[word] for word in fold(text).split() if word in _LANGUAGES)
    record.languages += [code for code in found if code not in record.languages]
    return bool(found)


def _invented(text: str, record: SessionRecord) -> bool:
    record.invented = record.invented or fold(text).split(" ")[0] in _YES
    return True


def _status(text: str, record: SessionRecord) -> bool:
    record.status = status_of(text) or record.status
    return bool(status_of(text))


def _planned_sessions(text: str, record: SessionRecord) -> bool:
    figures = re.search(r"\d{1,4}", text)
    if figures:
        record.planned_sessions = int(figures[0])
    return bool(figures)


def _address(text: str, record: SessionRecord) -> bool:
    urls = find_urls(text)
    if urls and not record.address:
        record.address = urls[0]
    # A second one would be lost.
    return bool(urls) and record.address == urls[0]


def _number(text: str, record: SessionRecord) -> bool:
    """Read nothing: a number that is none of a session, such as a year; others are read as titles are."""
    return text.isdecimal() and record.number == int(text)


_READERS: dict[str, Callable[[str, SessionRecord], bool]] = {
    "organisers": _organisers,
    "funders": _funders,
    "topics": _topics,
    "language": _languages,
    "invented": _invented,
    "status": _status,
    "number": _number,
    "planned_sessions": _planned_sessions,
    "address": _address,
}
