"""Time zones as records of this region name them, and the offset of a time in one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from .once import once

BELIZE = "America/Belize"
# All the year, since 1983.
_BELIZE_OFFSET = "-06:00"
_DIFFERENCE = r"(?P<sign>[+−–-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>[034][05]))?"
_OFFSET = re.compile(rf"\b(?:UTC|GMT)\s*{_DIFFERENCE}\b", re.IGNORECASE)
_ONLY_OFFSET = re.compile(rf"\s*{_DIFFERENCE}\s*")
# Zones by the names that records of this region use. Offsets are those that the name itself fixes.
_ZONES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), zone)
    for pattern, zone in (
        (r"\bAmerica/Belize\b|\bBZ[ET]?\s*[-/–]?\s*CST\b|\bBZ[ET]?\b|\bBelize(?:an)? (?:standard "
         r"|local )?time\b|(?<=[ap]m )Belize\b|(?<=[ap]\.m\. )Belize\b|\b(?:hora"
         r"|tiempo)(?: local)? (?:de |del )?Belice\b", BELIZE),
        (r"\bC\.?S\.?T\b\.?|\bcentral standard time\b|\bhora est[aá]ndar del centro\b"
         r"|\btiempo del centro\b|\bGuatemala time\b|\bhora de Guatemala\b"
         r"|\bcentral america(?:n)? time\b|\bhora de Centroam[eé]rica\b", BELIZE),
        (r"\bE\.?D\.?T\b\.?|\beastern daylight time\b", "-04:00"),
        (r"\bE\.?S\.?T\b\.?|\beastern standard time\b", "-05:00"),
        (r"\b(?:ET|eastern(?: time)?|Washington(?:,? D\.?C\.?)? time|hora de Washington(?:,? D\.?C\.?)?"
         r"|New York time|hora del este)\b", "America/New_York"),
        (r"\bC\.?D\.?T\b\.?|\bcentral daylight time\b", "-05:00"),
        # As Rails, and so TeSS, calls them.
        (r"\bcentral time \(US (?:&|and) Canada\)", "America/Chicago"),
        (r"\bmountain time \(US (?:&|and) Canada\)", "America/Denver"),
        (r"\bpacific time \(US (?:&|and) Canada\)", "America/Los_Angeles"),
        (r"\b(?:Mexico City time|hora de (?:la )?(?:ciudad de )?M[eé]xico)\b", "America/Mexico_City"),
        (r"\bM\.?S\.?T\b\.?", "-07:00"),
        (r"\bP\.?S\.?T\b\.?", "-08:00"),
        (r"\bP\.?D\.?T\b\.?", "-07:00"),
        (r"\b(?:CET|MEZ)\b", "+01:00"),
        (r"\bCEST\b", "+02:00"),
        (r"\b[A-Z]\w+/[A-Z]\w+(?:_\w+)?\b", ""),
    )
)  # fmt: skip
_UTC = re.compile(r"\b(?:UTC|GMT)\b(?!\s*[+−–-]\s?\d)|(?<=\d)Z\b", re.IGNORECASE)
_UNKNOWN = re.compile(r"\(\s*[A-Z]{2,4}T\s*\)|(?<=[ap]m )[A-Z]{2,4}T\b|\b[A-Z][a-z]+ time\b")


def is_zone(name: str) -> bool:
    """Tell whether this is the name of a time zone, such as America/Belize."""
    try:
        return bool(name) and bool(ZoneInfo(name))
    except (ValueError, KeyError, OSError):
        return False


def zone_or_belize(name: str) -> ZoneInfo:
    """Return the zone of this name, or that of Belize where there is none such."""
    return ZoneInfo(name if is_zone(name) else BELIZE)


@once
def zone_in(text: str) -> tuple[str, tuple[int, int] | None]:
    """Return the zone that a text names, with where it does; an empty zone where the name is not known."""
    for pattern, zone in _ZONES:
        if not (match := pattern.search(text)):
            continue
        if zone or is_zone(match[0]):
            return zone or match[0], match.span()
    if match := _OFFSET.search(text) or _ONLY_OFFSET.fullmatch(text):
        hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
        if hours <= 14:
            offset = f"{'+' if match['sign'] == '+' else '-'}{hours:02}:{minutes:02}"
            return BELIZE if offset == _BELIZE_OFFSET else offset, match.span()
    if match := _UTC.search(text):
        return "+00:00", match.span()
    if re.fullmatch(r"\s*(?:local(?: time)?|hora local|belize|belice)\s*", text, re.IGNORECASE):
        return BELIZE, (0, len(text))
    return "", None


def has_unknown(text: str) -> bool:
    """Tell whether a text seems to name a zone that is not known, such as "10 am WAST"."""
    return _UNKNOWN.search(text) is not None


def localized(moment: datetime, zone: str) -> datetime:
    """Give a time its offset: a fixed one, so that it reads the same wherever it goes."""
    if "/" in zone:
        offset = moment.replace(tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()
    else:
        sign = -1 if zone.startswith("-") else 1
        offset = sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
    return moment.replace(tzinfo=timezone(offset))


def name_of(zone: str, moment: datetime) -> str:
    """Return the zone if it has a name, and the time is in it."""
    if "/" not in zone or moment.replace(tzinfo=ZoneInfo(zone)).utcoffset() != moment.utcoffset():
        return ""
    return zone
