"""When a session takes place, in words and in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from ckan.plugins.toolkit import _

# The day before the month, as Belize writes it; babel's plain English puts the month first.
LONG_DATES = {"en": "EEEE d MMMM y", "es": "EEEE d 'de' MMMM 'de' y"}
SHORT_DATES = {"en": "d MMMM y", "es": "d 'de' MMMM 'de' y"}
LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class When:
    """A session's time as a page shows it.

    Attributes:
        text: date and time in one line, such as "Thursday 13 February 2020, 10:30–12:00 (Belize time)".
        date: the date alone, or the prose of a record that gives no exact date.
        time: the hours with their zone, or empty.
        day: day of the month, or empty.
        month: short month, or empty.
        year: four digits, or empty.
        iso: what ``<time datetime>`` takes, or empty.
    """

    text: str
    date: str
    time: str = ""
    day: str = ""
    month: str = ""
    year: str = ""
    iso: str = ""


def moment(text: Any) -> datetime | None:
    """Return the time that an ISO 8601 text names, with its offset; None where it names none.

    A text without an offset is taken as UTC, so that times stay comparable.
    """
    try:
        found = datetime.fromisoformat(str(text or "").strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def order(package: dict[str, Any]) -> tuple[int, datetime, str]:
    """Return the key by which the sessions of one series are ordered: by number, then by start."""
    number = str(package.get("session_number") or "")
    place = int(number) if number.isdigit() else 10**6
    return place, moment(package.get("start")) or LAST, package.get("name", "")


def when(package: dict[str, Any], language: str) -> When | None:
    """Return a session's time in words, or None where the record gives none.

    Args:
        package: the webinar.
        language: the reader's language, as CKAN names locales.
    """
    stated = str(package.get("date_as_stated") or "").strip()
    start = moment(package.get("start"))
    if start is None:
        return When(text=stated, date=stated) if stated else None
    locale = _locale(language)
    date = _long_date(start, locale)
    end = moment(package.get("end"))
    zone = _zone(package.get("timezone"), start)
    hours = f"{start:%H:%M}"
    if end and end.date() == start.date():
        hours = f"{start:%H:%M}–{end:%H:%M}"
    time = f"{hours} ({zone})"
    if end and end.date() > start.date():
        time = f"{hours} – {_long_date(end, locale)}, {end:%H:%M} ({zone})"
    return When(
        text=f"{date}, {time}",
        date=date,
        time=time,
        day=str(start.day),
        month=format_date(start, "MMM", locale).rstrip("."),
        year=str(start.year),
        iso=start.isoformat(),
    )


@lru_cache(maxsize=4096)
def day(text: Any, language: str) -> str:
    """Return a day in words, such as "13 February 2020"; what is given, where it is no day."""
    try:
        found = date.fromisoformat(str(text or ""))
    except ValueError:
        return str(text or "")
    locale = _locale(language)
    return format_date(found, SHORT_DATES.get(locale.language, "long"), locale)


def stamp(time: Any, language: str) -> str:
    """Return a time in words with its offset, such as "13 February 2020, 10:30 (UTC-06:00)"; without one it is UTC.

    Args:
        time: a datetime, or an ISO 8601 text, also of a day only; what is neither is returned as it is.
        language: the reader's language, as CKAN names locales.
    """
    found = moment(time)
    if found is None or ":" not in str(time):
        return day(time, language)
    offset = f"UTC{found.isoformat()[-6:]}" if found.utcoffset() else "UTC"
    return f"{day(found.date(), language)}, {found:%H:%M} ({offset})"


def brief(time: Any, language: str) -> str:
    """Return a time for a column of a table, such as "13 Feb 2020, 16:30 UTC"; it has no offset or that of UTC."""
    found = moment(time)
    if found is None:
        return str(time or "")
    return f"{format_date(found.date(), 'd MMM y', locale=_locale(language))}, {found:%H:%M} UTC"


def span(start: Any, end: Any, language: str) -> str:
    """Return from when to when, in words; one of the two may be missing."""
    if start and end:
        return f"{day(start, language)} – {day(end, language)}"
    if start:
        return _("from {day}").format(day=day(start, language))
    return _("until {day}").format(day=day(end, language)) if end else ""


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="_")
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def _long_date(day: datetime, locale: Locale) -> str:
    text = format_date(day, LONG_DATES.get(locale.language, "full"), locale)
    return text[:1].upper() + text[1:]


def _zone(name: Any, start: datetime) -> str:
    if name == "America/Belize":
        return _("Belize time")
    if name:
        return str(name).rpartition("/")[2].replace("_", " ")
    return f"UTC{start.isoformat()[-6:]}" if start.utcoffset() else "UTC"
