"""RSS and Atom feeds, and a video site's feed of a channel or playlist.

The date of an entry is that of the notice, never that of the session: the session's own stands in the text. A
feed of YouTube's or Vimeo's adds its videos to their sessions, which it knows by series and number, or by their title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

import feedparser

from .. import clock, dates, day_order, described, document, facts, given_on, labels, schedule, titles, xml
from ..problems import Problem
from ..prose import sentences
from ..session import SessionRecord
from ..words import fold
from .content import Content, unreadable

_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,300}>\s*)?(?:<!--.{0,2000}?-->\s*|<\?[^>]{0,300}>\s*)*<(?:rss|feed|rdf:RDF)\b",
    re.DOTALL,
)
_DECLARATION = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ITEM = re.compile(r"<(?:item|entry)\b")
_VIDEO_PAGE = re.compile(
    r"https?://(?:www\.)?(?:youtube\.com/(?:watch\?v=|shorts/|live/)|youtu\.be/)[\w-]{6,20}"
    r"|https?://(?:www\.)?vimeo\.com/\d{6,12}(?:$|[/?#])"
)
_MEDIA = re.compile(r"video|audio|application/(?:pdf|vnd)", re.IGNORECASE)
# Feeds of comments stand beside those of entries; what somebody wrote below a page is no session.
_COMMENT = re.compile(r"#comment-?\d|/comments?/\d|[?&]replytocom=", re.IGNORECASE)
_LONGEST_MOMENT = 60
_MOST = 2_000
_LONGEST = 5_000_000

_DAMAGED = Problem("file-damaged", "The feed cannot be read: it is cut off or is no feed.", rejects=True)
_REFUSED = Problem(
    "file-refused", "The feed declares entities, which no feed does. It was not read.", rejects=True
)
_TOO_DEEP = Problem(
    "file-refused",
    "The feed is nested deeper than any feed is. It was not read: check its address.",
    rejects=True,
)
_IS_COMMENT = Problem(
    "not-a-session",
    "The entry is a comment that somebody wrote, and no session. Give the address of the feed of the pages.",
    rejects=True,
)
_EMPTY = Problem("feed-empty", "The feed has no entries. Check its address.", rejects=True)


def recognises(content: Content) -> bool:
    """Tell a feed by its first element."""
    return bool(_START.match(content.sample))


def read(content: Content) -> list[SessionRecord]:
    """Read the entries of a feed."""
    text = content.text[:_LONGEST]
    feed = _parsed(text)
    if isinstance(feed, Problem):
        return [unreadable(content, feed)]
    entries = feed.get("entries", [])[:_MOST]
    if not entries:
        return [unreadable(content, _EMPTY if not _ITEM.search(text) else _DAMAGED)]
    records = of_entries(content, entries, feed.get("feed", {}))
    if feed.get("bozo") and not text.rstrip().endswith(">"):
        message = "The feed is cut off or has an error, so entries may be missing."
        records[0].problems.append(Problem("feed-damaged", message))
    return records


def of_entries(content: Content, entries: Sequence[Any], feed: Any) -> list[SessionRecord]:
    """Return the sessions of which entries tell, which ``feedparser`` gives or another reader in the same form.

    Args:
        content: the file.
        entries: its entries, by name of their fields.
        feed: what the feed says of itself.
    """
    parts = [_parts(entry) for entry in entries]
    said = [_said(entry, words) for entry, (_, words) in zip(entries, parts, strict=True)]
    records = [
        _entry(entry, feed, content.file, number, text)
        for number, (entry, text) in enumerate(zip(entries, said, strict=True), 1)
    ]
    others = _others(entries, feed)
    for record in records:
        for name in others:
            facts.other(record, name)
    told = [
        (record, stated, text, _is_video(entry))
        for record, (stated, _), text, entry in zip(records, parts, said, entries, strict=True)
        if _IS_COMMENT not in record.problems
    ]
    for record, stated, _, _ in told:
        for part in () if record.belongs else stated:
            described.read(record, part)
    _times([one[0] for one in told], [one[2] for one in told], [one[3] for one in told])
    for record, *_ in told:
        facts.complete(record, needs_date=not record.belongs)
    return records


def _parsed(text: str) -> feedparser.FeedParserDict | Problem:
    """Return the feed as the library gives it, or the ``Problem`` that keeps it from being read."""
    if _DECLARATION.search(text[:100_000]):
        return _REFUSED
    if not _START.match(text):
        return _DAMAGED
    # What it says of its encoding is no longer so; a feed without it is read as what it now is.
    plain = re.sub(r"^\s*<\?xml[^>]{0,300}>", "", text)
    data = plain.encode("utf-8", "replace")
    if xml.is_too_deep(data):
        return _TOO_DEEP
    try:
        return feedparser.parse(data, response_headers={"content-type": "application/xml; charset=utf-8"})
    except ValueError:
        # A name in it that expat gives on and Python's own parser cannot take apart.
        return _DAMAGED


def _string(entry: Any, name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""


def _others(entries: Sequence[Any], feed: Any) -> list[str]:
    """Return the names of those who keep the feed or wrote its entries: no public role in a session."""
    found: dict[str, None] = {}
    for one in (feed, *entries):
        people = [
            *(one.get("authors") or []),
            *(one.get("contributors") or []),
            one.get("publisher_detail") or {},
        ]
        names = [_string(person, "name") for person in people if isinstance(person, dict)]
        names += [
            _string(one, name)
            for name in ("author", "publisher", "ev_organizer", "xcal_organizer", "media_credit")
        ]
        found.update(dict.fromkeys(filter(None, names)))
    return [re.sub(r"\s*\(?\S+@\S+\)?\s*", " ", name).strip(" ()") for name in found]


def _is_video(entry: Any) -> bool:
    return bool(entry.get("yt_videoid")) or bool(_VIDEO_PAGE.match(_string(entry, "link")))


def _parts(entry: Any) -> tuple[list[str], list[str]]:
    """Return summary and content of an entry as they stand, and what they say in words, each once.

    A summary that is the beginning of the content says nothing more.
    """
    summary = _string(entry, "summary")
    stated = [summary, *(one.get("value", "") for one in entry.get("content") or [])]
    words = {part: facts.text(part) for part in stated if part}
    begins = summary and any(
        part != summary and given_on.is_beginning(words[summary], text) for part, text in words.items()
    )
    kept = [part for part in words if not (begins and part == summary)]
    return kept, list(dict.fromkeys(words[part] for part in kept))


def _said(entry: Any, words: Sequence[str]) -> str:
    """Return all that an entry says in words, but for what some sites put first: title, who posted it, and when."""
    return _without_notice("\n\n".join(words).split("\n"), entry)


def _without_notice(lines: list[str], entry: Any) -> str:
    """Return lines without those above the text: whoever stands below may speak, and a day may be the session's."""
    told = {fold(facts.plain(_string(entry, name))) for name in ("author", "title")} - {""}
    above = list(
        takewhile(lambda line: not line.strip() or fold(line) in told or _is_posted(line, entry), lines)
    )
    rest = "\n".join(lines[len(above) :])
    # Some calendars say that a notice was posted when the session begins.
    days = [] if _line_with_date(rest) else [line for line in above if _is_posted(line, entry)]
    return "\n".join((*days, rest)).strip()


def _is_posted(line: str, entry: Any) -> bool:
    """Tell a line that is nothing but the time at which the notice was posted."""
    posted = entry.get("published_parsed") or entry.get("updated_parsed")
    if not posted or len(line) > _LONGEST_MOMENT or not dates.has_full_date(line):
        return False
    stated = dates.read(line).start
    return stated is not None and stated.astimezone(UTC).timetuple()[:5] == tuple(posted[:5])


def _entry(entry: Any, feed: Any, file: str, number: int, said: str) -> SessionRecord:
    record = SessionRecord(file, place=f"entry {number}")
    link = _string(entry, "link")
    record.key = _string(entry, "id") or link
    if _COMMENT.search(link):
        record.problems.append(_IS_COMMENT)
        return record
    facts.title(record, _string(entry, "title"))
    facts.series_of_collection(record, _string(feed, "title"))
    if _is_video(entry):
        record.belongs = "video"
        if record.number is None:
            record.number = titles.number_within(record.title)
        video = _string(entry, "yt_videoid")
        url = f"https://www.youtube.com/watch?v={video}" if re.fullmatch(r"[\w-]{6,20}", video) else link
        facts.material(record, url, facts.plain(_string(entry, "title")), "video", record.place)
        return record
    record.introduction = said
    facts.where(record, _string(entry, "ev_location") or _string(entry, "xcal_location"))
    _stated_time(record, entry)
    record.address = link if facts.web_address(link) and not facts.is_meeting(link) else ""
    for one in entry.get("enclosures") or []:
        facts.material(record, _string(one, "href") or _string(one, "url"), place=record.place)
    for one in entry.get("media_content") or []:
        if _MEDIA.match(_string(one, "type") or _string(one, "medium")):
            facts.material(record, _string(one, "url"), place=record.place)
    for one in entry.get("links") or []:
        if _string(one, "rel") == "related":
            facts.related(record, _string(one, "href"), _string(one, "title"), record.place)
    language = (_string(entry, "language") or _string(feed, "language"))[:2].lower()
    if language in ("en", "es"):
        record.languages = [language]
    if not record.key:
        record.key = f"entry {fold(record.title)}"
    return record


def _stated_time(record: SessionRecord, entry: Any) -> None:
    """Take start and end of RSS's modules for events, which speak of the session and not of the notice."""
    start, end = (
        _moment(_string(entry, of_events) or _string(entry, of_calendars))
        for of_events, of_calendars in (("ev_startdate", "xcal_dtstart"), ("ev_enddate", "xcal_dtend"))
    )
    if start is not None:
        facts.when(record, start, end, place=record.place)


def _moment(stated: str) -> datetime | None:
    try:
        return datetime.fromisoformat(stated) if len(stated) > len("2020-05-07") else None
    except ValueError:
        return None


def _times(records: list[SessionRecord], said: list[str], videos: list[bool]) -> None:
    """Find when each session is in what its entry says; what can be read in two ways waits for the others."""
    found = [
        [] if video or record.start else _lines_with_date(text)
        for record, text, video in zip(records, said, videos, strict=True)
    ]

    def read_line(number: int, line: str) -> None:
        record = records[number]
        if line:
            _when(record, line)
            if schedule.is_date_line(found[number][0]):
                kept = [one for one in record.introduction.split("\n") if one not in found[number]]
                record.introduction = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
        elif not videos[number] and not record.start:
            message = (
                "The entry does not say when the session is, or names several days; its own date is that of the"
                " notice. Write the session's date into the text, such as: 23 April 2020, 10:30 AM - 12:00 PM."
            )
            record.problems.append(Problem("date-missing", message, place=record.place, field="start"))

    day_order.settle(records, [", ".join(lines) for lines in found], read_line)


def _lines_with_date(text: str) -> list[str]:
    """Return the line that says on which day the session is, and the one that says at what time, if it is another."""
    day = _line_with_date(text)
    if not day:
        return []
    lines = [line for line in text.split("\n") if line.strip()]
    times = [at for at, line in enumerate(lines) if line != day and _is_time(line)]
    if len(times) != 1 or day not in lines or _has_time(day):
        return [day]
    # Without a label the time of a break or of a deadline looks the same.
    (at,) = times
    of_session = abs(at - lines.index(day)) == 1 or not dates.is_time(lines[at])
    return [day, lines[at]] if of_session else [day]


def _is_time(stated: str) -> bool:
    """Tell a line that gives a time of day and nothing else, with a label or without: "Time: 10:30 AM (Belize)"."""
    label = labels.match(document.line(stated, ""))
    if label is not None and label.name == "time" and label.rest.text:
        return _has_time(label.rest.text) and len(label.rest.text) <= _LONGEST_MOMENT
    return dates.is_time(stated)


def _has_time(stated: str) -> bool:
    return clock.first_in(stated) is not None


def _line_with_date(text: str) -> str:
    """Return the line or sentence that says when the session is, if there is only one such."""
    if dates.days_in(text) > 1:
        return ""
    lines = [line for line in text.split("\n") if line.strip()]
    dated = [line for line in lines if schedule.is_date_line(line) and dates.has_date(line)]
    dated = dated or [line for line in lines if len(line) < 300 and dates.has_full_date(line)]
    if not dated:
        dated = [
            one
            for line in lines
            for one in sentences(line)
            if dates.has_full_date(one) and dates.read(one).start
        ]
    return dated[0] if dated and len({fold(line) for line in dated}) == 1 else ""


def _when(record: SessionRecord, line: str) -> None:
    found = dates.read(line, place=record.place)
    record.start, record.end, record.timezone = found.start, found.end, found.zone
    record.date_as_stated = found.stated
    record.problems += found.problems
