"""Dublin Core (``oai_dc``), as repositories give it over OAI-PMH.

Of a repository's records only those that say to be an event are sessions: by the type, never by the title. Creators
and contributors have no public role in that: the screen gets their names, so that no text tells them.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from .. import facts, xml
from ..problems import Problem
from ..session import SessionRecord
from ..words import fold
from .content import Content, unreadable

MEDIA_TYPE = "application/vnd.oai_dc+xml"

_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,300}>\s*)?(?:<!--.{0,2000}?-->\s*|<\?[^>]{0,300}>\s*)*<(?:\w+:)?(?:dc|record|OAI-PMH)\b",
    re.DOTALL,
)
_NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
_MOST = 2_000
_EVENT = re.compile(
    r"\b(?:event|events|evento|eventos|webinars?|seminario web|webinario|seminars?|seminarios?|lectures?|workshops?|"
    r"talleres|taller|conferencia|charla|training session|course|curso|panel)\b"
)
_OF_EVENT = re.compile(r"\b(?:object|paper|poster|item|proceedings|contribution|output|document|article)s?\b")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?)?")
_FILE = re.compile(r"\.(?:pdf|pptx?|odp|mp4|webm|vtt|srt)$", re.IGNORECASE)
_LANGUAGES = {"eng": "en", "spa": "es", "en": "en", "es": "es"}

_DAMAGED = Problem(
    "file-damaged",
    "The Dublin Core record cannot be read: it is cut off or damaged. Send it again.",
    rejects=True,
)
_NO_RECORD = Problem(
    "answer-empty",
    "The repository's answer holds no record: none fits what was asked, or it was deleted. Ask for others.",
    rejects=True,
)
_REFUSED = Problem(
    "file-refused", "The file declares entities, which no such record does. It was not read.", rejects=True
)
_NO_EVENT = Problem(
    "not-a-session",
    "The record's type says nothing of an event, so it is no session. If it is one, give it the type “Event”.",
    field="status",
    rejects=True,
)
_DATES_DIFFER = Problem(
    "date-ambiguous",
    "The record has several dates and does not say which is the session's. Leave the session's date alone in it.",
    field="start",
    rejects=True,
)
_DATE_MISSING = Problem(
    "date-missing",
    "The record has no day on which the session is. Give its date as year-month-day.",
    field="start",
    rejects=True,
)


def recognises(content: Content) -> bool:
    """Tell it by its first element and the names of its namespaces."""
    return bool(_START.match(content.sample)) and ("oai_dc" in content.sample or _NAMESPACE in content.sample)


def read(content: Content) -> list[SessionRecord]:
    """Read one record, or all in an answer that was saved."""
    # What it says of its encoding is no longer so.
    data = re.sub(r"^\s*<\?xml[^>]{0,300}>", "", content.text).encode("utf-8", "replace")
    if xml.declares_entities(data):
        return [unreadable(content, _REFUSED)]
    root = xml.parse(data)
    if root is None:
        return [unreadable(content, _DAMAGED)]
    elements = [element for element in root.iter() if xml.name(element) == "dc"][:_MOST]
    if not elements:
        is_answer = xml.name(root) in ("OAI-PMH", "record")
        return [unreadable(content, _NO_RECORD if is_answer else _DAMAGED)]
    records = [
        _record(element, content.file, number if len(elements) > 1 else 0)
        for number, element in enumerate(elements, 1)
    ]
    if any(xml.name(element) == "resumptionToken" and xml.text(element) for element in root.iter()):
        message = (
            "The file is one part of a repository's answer, and the other records are in the next parts. Give the"
            " repository's address instead of a file: all parts are then fetched."
        )
        records[0].problems.append(Problem("export-incomplete", message))
    others = _others(elements)
    for record in records:
        for name in others:
            facts.other(record, name)
    return records


def _others(elements: list[Any]) -> list[str]:
    """Return the names of those who made something, or had part in it."""
    stated = [
        xml.text(child)
        for element in elements
        for child in element
        if xml.name(child) in ("creator", "contributor", "publisher")
    ]
    # "Sample, Ana (Moderator)"
    return list(dict.fromkeys(re.split(r"\s*[(\[<;]", name or "")[0] for name in stated))


def _record(element: Any, file: str, number: int) -> SessionRecord:
    record = SessionRecord(file, place=f"record {number}" if number else "")
    said: dict[str, list[str]] = {}
    for child in element:
        if value := xml.text(child):
            said.setdefault(xml.name(child), []).append(value)
    if number:
        record.key = next(iter(said.get("identifier", [])), "") or f"record {fold(str(said.get('title')))}"
    if not any(_is_event(kind) for kind in said.get("type", [])):
        record.problems.append(_NO_EVENT)
    facts.title(record, next(iter(said.get("title", [])), ""))
    record.introduction = facts.text("\n\n".join(said.get("description", [])))
    _when(record, said.get("date", []))
    for place in said.get("coverage", []):
        facts.where(record, place)
    for collection in said.get("relation", []) + said.get("source", []):
        facts.series_of_collection(record, collection)
    codes = [_LANGUAGES.get(code.lower()[:3].rstrip("-_")) for code in said.get("language", [])]
    record.languages = list(dict.fromkeys(filter(None, codes)))
    for url in said.get("identifier", []) + said.get("relation", []):
        if _FILE.search(url):
            facts.material(record, url, place=record.place)
        elif not record.address and facts.web_address(url) and not facts.is_meeting(url):
            record.address = url
    facts.complete(record)
    return record


def _is_event(kind: str) -> bool:
    """Tell whether a type is that of an event, and not of a paper or poster that was shown at one."""
    plain = fold(re.sub(r"([a-z])([A-Z])", r"\1 \2", kind.rstrip("/").rpartition("/")[2]))
    return bool(_EVENT.search(plain)) and not _OF_EVENT.search(plain)


def _when(record: SessionRecord, dates: list[str]) -> None:
    """Take start and end; repositories add the days of deposit and of publication under the same name."""
    parts = [part for stated in dict.fromkeys(dates) for part in stated.split("/")]
    if len(set(dates)) > 1 and len({part[:10] for part in parts}) > 1:
        record.problems.append(_DATES_DIFFER)
        return
    moments = [moment for part in parts if (moment := _moment(part.strip()))]
    if not moments:
        record.problems.append(_DATE_MISSING)
        return
    # A time beside the bare day says more.
    start = max(moments[:1] if len(dates) == 1 else moments, key=lambda moment: isinstance(moment, datetime))
    end = moments[1] if len(parts) == 2 and len(moments) == 2 and len(dates) == 1 else None
    if isinstance(start, datetime) != isinstance(end, datetime):
        end = None
    facts.when(record, start, end, place=record.place)


def _moment(stated: str) -> date | datetime | None:
    found = _MOMENT.fullmatch(stated)
    if not found:
        return None
    try:
        if not found[2]:
            return date.fromisoformat(found[1])
        return datetime.fromisoformat(f"{found[1]}T{found[2]}{(found[3] or '').replace('Z', '+00:00')}")
    except ValueError:
        return None
