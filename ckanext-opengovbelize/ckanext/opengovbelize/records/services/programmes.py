"""Programmes of a conference: ``schedule.json`` of frab and pretalx, and what Sessionize gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def sessions(content: Any) -> Any:
    """Return the talks of a programme as sessions, each with its room and who speaks; else what is given."""
    if not isinstance(content, Mapping):
        return content
    schedule = content.get("schedule")
    conference = schedule.get("conference") if isinstance(schedule, Mapping) else None
    if isinstance(conference, Mapping) and isinstance(conference.get("days"), list):
        zone = conference.get("time_zone_name")
        return [_talk(talk, room, day, zone) for day, room, talk in _talks(conference["days"])]
    listed = content.get("sessions")
    if isinstance(listed, list) and isinstance(content.get("speakers"), list) and _is_of_sessionize(listed):
        return [_session(one, content) for one in listed if one.get("isServiceSession") is not True]
    return content


def _talks(days: list[Any]) -> list[tuple[Mapping[str, Any], str, Mapping[str, Any]]]:
    return [
        (day, str(room), talk)
        for day in days
        if isinstance(day, Mapping) and isinstance(day.get("rooms"), Mapping)
        for room, talks in day["rooms"].items()
        for talk in (talks if isinstance(talks, list) else [])
        if isinstance(talk, Mapping)
    ]


def _talk(talk: Mapping[str, Any], room: str, day: Mapping[str, Any], zone: Any) -> dict[str, Any]:
    start = talk.get("date") or f"{day.get('date', '')} {talk.get('start', '')}"
    title = " – ".join(filter(None, (_text(talk.get("title")), _text(talk.get("subtitle")))))
    return {
        "id": talk.get("guid") or talk.get("id"),
        "title": title,
        "start": start,
        "duration": _minutes(_text(talk.get("duration"))),
        "time zone": zone,
        "venue": _text(talk.get("room")) or room,
        "language": talk.get("language"),
        "description": "\n\n".join(
            filter(None, (_text(talk.get("abstract")), _text(talk.get("description"))))
        ),
        "url": talk.get("url"),
        "speakers": [_person(one) for one in _listed(talk.get("persons"))],
        "links": _addresses(talk.get("links")),
        "slides": _addresses(talk.get("attachments")),
        "video": talk.get("video_download_url"),
    }


def _minutes(stated: str) -> str:
    """Return a length of hours and minutes, such as ``01:30``, in minutes."""
    hours, _, minutes = stated.partition(":")
    return f"{int(hours) * 60 + int(minutes)} min" if hours.isdecimal() and minutes.isdecimal() else ""


def _person(stated: Mapping[str, Any]) -> dict[str, Any]:
    name = stated.get("public_name") or stated.get("full_public_name") or stated.get("name")
    return {"name": name, "biography": stated.get("biography") or stated.get("abstract")}


def _is_of_sessionize(listed: list[Any]) -> bool:
    return bool(listed) and all(
        isinstance(one, Mapping) and "startsAt" in one and "roomId" in one for one in listed
    )


def _session(session: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
    rooms = {str(one.get("id")): one.get("name") for one in _listed(content.get("rooms"))}
    people = {str(one.get("id")): one for one in _listed(content["speakers"])}
    speakers = session.get("speakers")
    named = (
        [people[one] for one in speakers if isinstance(one, str) and one in people]
        if isinstance(speakers, list)
        else []
    )
    return {
        "id": session.get("id"),
        "title": session.get("title"),
        "start": session.get("startsAt"),
        "end": session.get("endsAt"),
        "venue": session.get("room") or rooms.get(str(session.get("roomId"))),
        "description": session.get("description"),
        "recording": session.get("recordingUrl"),
        "speakers": [
            {"name": one.get("fullName"), "position": one.get("tagLine"), "biography": one.get("bio")}
            for one in named
        ],
    }


def _addresses(listed: Any) -> list[str]:
    return [address for one in _listed(listed) if (address := _text(one.get("url")))]


def _listed(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
