"""Facts as calendars, tables and other structured sources state them, put into a record by one set of rules.

Readers of such formats call these functions, so that a title, a time or a place means the same wherever it
stands, and two sources of one session are found to be of one session.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from . import given_on, mail, places, values, zones
from .document import clean
from .links import kind_of
from .links import web_address as web_address
from .names import is_name, key, split_line, strip_courtesy, without_title
from .problems import Problem
from .readers import html
from .recurrence import YEARS
from .session import Link, Material, Person, SessionRecord
from .titles import clean_title, heading_in_pieces, heading_of
from .words import EMAIL, fold, guess_language, squeeze

LONGEST_TEXT = 20_000
_MOST_PEOPLE = 100
_MOST_OTHERS = 1_000
_LONGEST_TITLE = 300
# So our own calendar marks what is made up.
_INVENTED = re.compile(r"(?:invented|inventad[oa])\s*:\s*", re.IGNORECASE)
_SERIES_WORD = re.compile(r"\b(?:series|serie|ciclo)\b", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|&(?:[a-zA-Z]{2,10}|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
_MEETING = re.compile(
    r"https?://(?:[\w-]+\.)*(?:zoom\.us/(?:j|w|my|s|webinar|meeting)/|teams\.(?:microsoft|live)\.com/|meet\.google\.com/"
    r"|webex\.com/|gotomeeting\.com/|gotowebinar\.com/(?:join|register)|whereby\.com/|meet\.jit\.si/|adobeconnect\.com/)"
    r"|https?://meet\.",
    re.IGNORECASE,
)
_USER_NAME = re.compile(r"[a-z]{2,20}(?:[._][a-z]{2,20}){1,2}")
# What stands beside the name of a body, and what joins two.
_PIECES = re.compile(r"\s*[()\[\]/]\s*|\s+[–—-]\s+")
_AND = re.compile(r"\s+(?:&|and|y|e)\s+")
# What web sites write into texts for their own use: [et_pb_section], [caption id="a"], [/caption].
_SHORTCODE = re.compile(
    r"\[/?[a-z]+(?:_[a-z]+)+(?:\s[^\[\]\n]{0,500})?/?\]|\[[a-z]+(?:\s+[a-z_-]+=[\"'“”][^\[\]\n]{0,500})\]|\[/[a-z]+\]"
)
# A place may stand on several lines, as on an envelope.
_LINE_ENDS = re.compile(r"[\s,;]*[\r\n][\s,;]*")
_NO_PLACE = frozenset(
    (
        "",
        "tbd",
        "tba",
        "tbc",
        "to be announced",
        "to be confirmed",
        "por confirmar",
        "por definir",
        "n a",
        "none",
    )
)


def title(record: SessionRecord, text: str) -> None:
    """Take title, number, series and status from the title as it is stated."""
    text = mail.subject(squeeze(plain(text))[:_LONGEST_TITLE])
    if invented := _INVENTED.match(text):
        record.invented, text = True, text[invented.end() :]
    text = values.take_status(text, record)
    heading = heading_of(text) or heading_in_pieces(text)
    if heading is None:
        record.title = clean_title(text)
        return
    record.number = record.number if record.number is not None else heading.number
    record.series = record.series or heading.series
    record.title = heading.title


def series_of_collection(record: SessionRecord, name: str) -> None:
    """Take the name of a calendar, feed or category for the series, if it says that it is one."""
    name = squeeze(plain(name))
    if not record.series and len(name) <= _LONGEST_TITLE and _SERIES_WORD.search(name):
        record.series = name


def text(value: str) -> str:
    """Return a description as plain paragraphs, whether it came as text or as a piece of a web page."""
    value = without_shortcodes(value[: LONGEST_TEXT * 4])
    if not _MARKUP.search(value):
        lines = [clean(line).rstrip() for line in value.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
        return given_on.without(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:LONGEST_TEXT])
    blocks = html.parse(value).blocks
    said = "\n\n".join(block.text for block in blocks if block.text and block.kind != "beside")
    return given_on.without(said[:LONGEST_TEXT])


def without_shortcodes(value: str) -> str:
    """Return a description without the marks that a web site's own program makes something of."""
    return _SHORTCODE.sub("\n", value)


def is_markup(value: str) -> bool:
    """Tell whether a description is a piece of a web page."""
    return bool(_MARKUP.search(value))


def plain(value: str) -> str:
    """Return a short text without markup."""
    return " ".join(text(value).split()) if _MARKUP.search(value[:5_000]) else clean(value)


def when(
    record: SessionRecord,
    start: date | datetime,
    end: date | datetime | timedelta | None = None,
    zone: str = "",
    place: str = "",
) -> None:
    """Set start and end; a time without offset is in ``zone``, and where there is none in that of Belize.

    A day without a time of day is kept as prose, since nobody knows when on it the session is.
    """
    if start.year not in YEARS:
        message = "The year of the session cannot be right. Correct its date."
        record.problems.append(Problem("date-unreadable", message, place=place, field="start", rejects=True))
        return
    if isinstance(end, date) and end.year not in YEARS:
        end = None
    if not isinstance(start, datetime):
        record.date_as_stated = _days(start, end)
        record.problems.append(
            Problem(
                "time-missing",
                "The date has no time of day, so it is kept as it is written. Give the start and the end.",
                place=place,
                field="start",
            )
        )
        return
    name = zone if "/" in zone and not zone.startswith("Etc/") and zones.is_zone(zone) else zones.BELIZE
    record.start = _local(start, name)
    if isinstance(end, timedelta):
        end = record.start + end
    if isinstance(end, datetime):
        record.end = _local(end, name)
    record.timezone = zones.name_of(name, record.start)
    check_order(record, place)


def in_zone(moment: datetime, zone: str) -> datetime:
    """Return a time without offset in the zone of this name, or in Belize's where there is none such."""
    return moment.replace(tzinfo=zones.zone_or_belize(zone))


def check_order(record: SessionRecord, place: str = "") -> None:
    """Reject a record that ends before it starts; one that ends as it starts states no end."""
    if record.start is None or record.end is None:
        return
    if record.end < record.start:
        message = "The session ends before it starts. Correct the times; noon is 12:00 PM, midnight 12:00 AM."
        record.problems.append(Problem("end-before-start", message, place=place, field="end", rejects=True))
    if record.end <= record.start:
        record.end = None


def where(record: SessionRecord, stated: str) -> None:
    """Set venue, town and district from a place in words; an address on the web means online."""
    stated = squeeze(plain(_LINE_ENDS.sub(", ", stated.strip())))[:500]
    if fold(stated) in _NO_PLACE:
        return
    if re.match(r"https?://", stated):
        record.mode = record.mode or "online"
        return
    has_link = "http" in stated
    stated = re.sub(r"https?://\S+", " ", stated)
    if is_online := has_link or places.read(stated).online:
        stated = re.sub(r"\s*(?:[&+/]|\band\b|\by\b)\s*", ", ", stated)
    found = places.read(stated)
    record.venue_name = record.venue_name or found.venue
    record.locality = record.locality or found.locality
    record.district = record.district or found.district
    if is_online and not record.mode:
        record.mode = "hybrid" if found.venue or found.locality else "online"


def person(record: SessionRecord, role: str, name: str, place: str = "", **said: str) -> bool:
    """Add somebody in a public role, once; False where the name is none of a person."""
    name = strip_courtesy(turned(strip_courtesy(squeeze(plain(name)))))
    if not is_name(name) or len(record.people) >= _MOST_PEOPLE:
        return False
    same = [other for other in record.people if (other.role, key(other.name)) == (role, key(name))]
    if not same:
        record.people.append(Person(role, name, place=place))
        same = record.people[-1:]
    for field, value in said.items():
        if value and not getattr(same[0], field):
            setattr(same[0], field, text(value) if field == "biography" else squeeze(plain(value)))
    if fold(same[0].position) == fold(same[0].affiliation):
        # A label said the office in brackets that the source states apart.
        same[0].position = ""
    return True


def other(record: SessionRecord, stated: str) -> None:
    """Remember a name that the source gives without a public role, so that no text of the record tells it."""
    others(record, names_of_others([stated]))


def others(record: SessionRecord, names: Iterable[str]) -> None:
    """Remember names of people without a public role, as ``names_of_others`` gives them, each once."""
    record.others = list(dict.fromkeys((*record.others, *names)))[:_MOST_OTHERS]


def names_of_others(stated: Iterable[str]) -> list[str]:
    """Return what is somebody's name, each once and no more of them than a record remembers."""
    found: dict[str, None] = {}
    for text in stated:
        name = _without_capitals(turned(strip_courtesy(squeeze(plain(text[:_LONGEST_TITLE])))))
        if _USER_NAME.fullmatch(name):
            # Programs write who wrote something as "ana.sample".
            name = re.sub(r"[._]", " ", name).title()
        if is_name(name):
            found[name] = None
        if len(found) == _MOST_OTHERS:
            break
    return list(found)


def organisers(
    record: SessionRecord, names: Iterable[str], bodies: Iterable[str] = (), place: str = ""
) -> None:
    """Set who organises a session: bodies, since who sees to it has no public role by that.

    Args:
        record: the session.
        names: who organises it as the source states them; what may be a person is left out and told.
        bodies: whom the source calls institutions.
        place: where they stand.
    """
    kept: list[str] = []
    for name in filter(None, map(str.strip, names)):
        if people := _people_in(name):
            others(record, people)
            message = (
                "An organiser may be a person or an office, and was left out. Write the office so that its name says"
                " what it is, such as Reef Office; in structured data give its type: Organization."
            )
            record.problems.append(Problem("organiser-unclear", message, place=place, field="organisers"))
        elif not EMAIL.search(name):
            kept.append(name)
    kept += [body for body in map(str.strip, bodies) if body and not EMAIL.search(body)]
    record.organisers = "; ".join(dict.fromkeys(kept))


def _people_in(stated: str) -> list[str]:
    """Return whom the name of an organiser may mean, alone, before an office, in brackets or joined by "and"."""
    stated = stated.title() if stated.islower() and " " in stated else stated
    joined = _AND.split(stated)
    together = names_of_others(joined) if len(joined) > 1 else []
    if len(together) == len(joined):
        return together
    return names_of_others([stated, split_line(stated)[0], *_PIECES.split(stated)])


def turned(name: str) -> str:
    """Return "Last, First" as "First Last", and the family name without capitals: "Dr. LAST, First"."""
    last, comma, first = name.partition(",")
    family = without_title(last)
    title = last[: len(last) - len(family)]
    first = _without_capitals(first) if name.isupper() else first
    whole = f"{title}{first.strip()} {_without_capitals(family.strip())}"
    return whole if comma and "," not in first and is_name(whole) else name


def _without_capitals(name: str) -> str:
    """Return a name without the capitals in which programs write family names: they are no letters of an office."""
    return " ".join(word.title() if word.isupper() and len(word) > 2 else word for word in name.split())


def link(record: SessionRecord, url: str, name: str = "", place: str = "") -> None:
    """Add a link, once, if it leads to the web."""
    address = web_address(url)
    if address and all(address != other.url for other in record.links):
        record.links.append(Link("shared", address, squeeze(plain(name))[:_LONGEST_TITLE], place))


def material(record: SessionRecord, url: str, name: str = "", kind: str = "", place: str = "") -> None:
    """Add a presentation, video or the like, once, if it leads to the web."""
    address = web_address(url)
    if not address or any(address == other.url for other in record.materials):
        return
    name = squeeze(plain(name))[:_LONGEST_TITLE]
    kind = (
        kind
        or kind_of(name, address)
        or kind_of(re.sub(r"[-_./]", " ", address.rpartition("/")[2]))
        or "other"
    )
    record.materials.append(Material(kind, address, name or kind.capitalize(), place))


def related(record: SessionRecord, url: str, name: str = "", place: str = "") -> None:
    """Add what an address leads to: a presentation, video or the like where it says so, else a link."""
    if is_meeting(url):
        return
    if kind := kind_of(name, url):
        material(record, url, name, kind, place)
    else:
        link(record, url, name, place)


def is_meeting(url: str) -> bool:
    """Tell whether an address is the way into a meeting: it is for those who are invited, and is over soon."""
    return bool(_MEETING.match(url.strip()))


def mode(stated: str) -> str:
    """Return how people take part, going by a word for it or by the answer to "online?"."""
    is_online = answer(stated)
    if is_online is not None:
        return "online" if is_online else "in-person"
    return "in-person" if fold(stated) in ("onsite", "on site") else places.mode_of(stated)


def answer(stated: str) -> bool | None:
    """Return what a cell answers, yes or no; None where it says neither."""
    folded = fold(stated)
    if folded in ("true", "yes", "1", "y", "si", "verdadero", "x") or stated.strip() in ("✓", "✔", "☑"):
        return True
    return False if folded in ("false", "no", "0", "n", "falso") else None


def language(record: SessionRecord) -> None:
    """Guess the language of a record that does not state it, from its words."""
    said = f"{record.title} {record.introduction} {record.objective} {record.series}"
    record.language = record.languages[0] if record.languages else guess_language(said)


def complete(record: SessionRecord, *, needs_date: bool = True) -> None:
    """Report what a record lacks, and reject it where it cannot do without."""
    if not record.title and record.number is None:
        message = "The session has no title. Give it one."
        record.problems.append(
            Problem("title-missing", message, place=record.place, field="title", rejects=True)
        )
    dated = record.start is not None or record.date_as_stated
    if needs_date and not dated and not any(problem.field == "start" for problem in record.problems):
        message = "The session has no date. Give the day and the time at which it starts."
        record.problems.append(Problem("date-missing", message, place=record.place, field="start"))
    if not record.languages:
        language(record)


def _local(moment: datetime, zone: str) -> datetime:
    """Return a time with a fixed offset; one in UTC is told in the zone, since UTC is nobody's clock."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    elif moment.utcoffset() == timedelta() and str(moment.tzinfo) in ("UTC", "Z", "UTC+00:00", str(UTC)):
        moment = moment.astimezone(ZoneInfo(zone))
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()), microsecond=0)


def _days(start: date, end: date | timedelta | None) -> str:
    last = start + end - timedelta(days=1) if isinstance(end, timedelta) else end
    if isinstance(last, datetime):
        last = last.date()
    if last is None or last <= start:
        return start.isoformat()
    return f"{start.isoformat()} – {last.isoformat()}"
