"""What counts as a good value, one plain function a kind. The validators of forms and API call these.

A function returns the value as it is stored, or raises ``ValueError`` with a sentence that tells how to mend
it. The sentence never repeats the value, which might hold what must not be published.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import ckan.plugins.toolkit as tk

from ..privacy import patterns
from ..records import addresses
from ..records.zones import is_zone

LONGEST_LINE = 1_000
LONGEST_TEXT = 50_000
LONGEST_LINK = 2_000

_YEARS = range(1900, 2101)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")


def line(value: object, longest: int = LONGEST_LINE) -> str:
    """Return text on one line."""
    return " ".join(text(value, longest).split())


def text(value: object, longest: int = LONGEST_TEXT) -> str:
    """Return text without the line ends of browsers and without characters that cannot be printed."""
    if not isinstance(value, str):
        raise ValueError(tk._("Give text here."))
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    printable = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    cleaned = unicodedata.normalize("NFC", printable).strip()
    if len(cleaned) > longest:
        raise ValueError(tk._("The text is too long: at most {number} characters.").format(number=longest))
    return cleaned


def without_private_patterns(value: str, allowed: frozenset[str] = frozenset()) -> str:
    """Return ``value`` if it holds no e-mail address, telephone number, handle or the like.

    ``allowed`` are kinds of ``privacy.patterns`` that this field may hold.
    """
    if any(span.kind not in allowed for span in patterns.find(value)):
        raise ValueError(
            tk._(
                "This text holds an e-mail address, a telephone number, a personal handle or a number of a "
                "paper. Take it out: such details are not published here."
            )
        )
    return value


def link(value: object) -> str:
    """Return a web address."""
    address = line(value, LONGEST_LINK)
    if not patterns.is_web_address(address) or re.search(r"[\s<>\"\\]", address):
        raise ValueError(tk._("Give a whole web address that begins with http:// or https://."))
    if patterns.is_personal_link(address) or patterns.EMAIL in _kinds(unquote(address)):
        raise ValueError(tk._("This link leads to one person. Give a public page instead."))
    return address


def links(value: object) -> str:
    """Return one web address or several, with a space between them."""
    found = addresses.several(line(value, LONGEST_LINK))
    return " ".join(link(address) for address in found)


def zone(value: object) -> str:
    """Return the name of a time zone."""
    name = line(value)
    if not is_zone(name):
        raise ValueError(tk._("Give a time zone by its name, such as America/Belize."))
    return name


def time(value: object, zone_name: str) -> str:
    """Return a time in ISO 8601 with its offset; one without offset is taken to be in ``zone_name``."""
    message = tk._("Give day and time, such as 2020-02-13 10:30 or 2020-02-13T10:30:00-06:00.")
    stated = line(value)
    # A day alone would become midnight, which nobody said.
    if not re.match(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", stated):
        raise ValueError(message)
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        raise ValueError(message) from None
    if moment.year not in _YEARS:
        raise ValueError(message)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone_name))
    return moment.isoformat(timespec="seconds")


def day(value: object) -> str:
    """Return a day in ISO 8601."""
    message = tk._("Give a day as year-month-day, such as 2021-06-30.")
    stated = line(value)
    try:
        found = date.fromisoformat(stated)
    except ValueError:
        raise ValueError(message) from None
    if found.year not in _YEARS or found.isoformat() != stated:
        raise ValueError(message)
    return stated


def in_utc(value: str) -> str:
    """Return a stored time as Solr wants it: in UTC, ending in Z."""
    return datetime.fromisoformat(value).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def number(value: object) -> int:
    """Return a whole number from 1 on."""
    message = tk._("Give a whole number from 1 on.")
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,6}", str(value).strip()):
        raise ValueError(message)
    if not (found := int(str(value))):
        raise ValueError(message)
    return found


def flag(value: object) -> bool:
    """Return yes or no."""
    known = {
        "true": True,
        "yes": True,
        "1": True,
        "on": True,
        "false": False,
        "no": False,
        "0": False,
        "off": False,
    }
    try:
        return known[str(value).strip().lower()]
    except KeyError:
        raise ValueError(tk._("Give true or false.")) from None


def code(value: object) -> str:
    """Return the code of a row."""
    found = line(value)
    if not _CODE.fullmatch(found):
        raise ValueError(tk._("A code has at most 100 letters, digits, dots, hyphens and underscores."))
    return found


def choice(value: object, codes: list[str]) -> str:
    """Return one of ``codes``."""
    if isinstance(value, str) and value in codes:
        return value
    if len(codes) > 20:
        raise ValueError(tk._("Give one of the codes of this field's list."))
    raise ValueError(tk._("Give one of: {codes}.").format(codes=", ".join(codes)))


def public_email(value: object, role: object, domains: tuple[str, ...]) -> str:
    """Return the address of a coordinator on one of the domains that the portal allows."""
    address = line(value).lower()
    if not re.fullmatch(r"[a-z0-9.+_-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", address):
        raise ValueError(tk._("This is no e-mail address."))
    if role != "coordinator":
        raise ValueError(tk._("Only coordinators may have an e-mail address here. Leave it empty."))
    if address.partition("@")[2] not in domains:
        raise ValueError(
            tk._("Addresses of this domain are not published here. Leave it empty, or ask the operator.")
        )
    return address


def _kinds(value: str) -> set[str]:
    return {span.kind for span in patterns.find(value)}
