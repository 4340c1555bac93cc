"""Sessions as web services give them: boats on 7 May 2020, 10:30 to 12:00 in Belize, kept by people without a role."""

from __future__ import annotations

from typing import Any

TITLE = "Webinar 3: Counting boats"
START, END = "2020-05-07T10:30:00-06:00", "2020-05-07T12:00:00-06:00"
FROM_UTC, TO_UTC = "2020-05-07T16:30:00Z", "2020-05-07T18:00:00Z"
TEXT = "How boats are counted."
# Whoever keeps the calendar, organises, or comes.
PRIVATE = ("mooring", "halcyon", "gil@", "wren@", "610-4455")
Answer = dict[str, Any]


def both(stated: str) -> Answer:
    return {"text": stated, "html": f"<p>{stated}</p>"}


TESS: Answer = {
    "data": [
        {
            "id": "1",
            "type": "events",
            "attributes": {
                "title": TITLE,
                "url": "https://site.example.org/events/1",
                "description": f"<p>{TEXT}</p>",
                "start": "2020-05-07T10:30:00.000Z",
                "end": "2020-05-07T12:00:00.000Z",
                "timezone": "Central America",
                "venue": "Lagoon Hall",
                "city": "Belmopan",
                "contact": "Wren Halcyon wren@example.org",
                "host-institutions": ["River Watch"],
                "scraper-record": False,
            },
            "relationships": {"user": {"data": {"id": "5", "type": "users"}}},
        }
    ],
    "included": [{"id": "5", "type": "users", "attributes": {"name": "Gil Mooring"}}],
}
LOCALIST: Answer = {
    "events": [
        {
            "event": {
                "id": 107,
                "title": TITLE,
                "description_text": f"{TEXT} Ask Wren Halcyon, 610-4455.",
                "location_name": "Lagoon Hall",
                "geo": {"city": "Belmopan"},
                "private": False,
                "localist_url": "https://calendar.example.org/event/boats",
                "event_instances": [{"event_instance": {"id": 207, "start": START, "end": END}}],
                "custom_fields": {"contact_name": "Wren Halcyon", "contact_email": "wren@example.org"},
            }
        }
    ]
}
EVENTBRITE: Answer = {
    "events": [
        {
            "id": "1",
            "name": both(TITLE),
            "summary": TEXT,
            "description": both(TEXT),
            "start": {"timezone": "America/Belize", "local": START[:19], "utc": FROM_UTC},
            "end": {"timezone": "America/Belize", "local": END[:19], "utc": TO_UTC},
            "status": "completed",
            "online_event": False,
            "organizer_id": "22",
            "organizer": {"name": "Gil Mooring"},
            "venue": {"name": "Lagoon Hall", "address": {"city": "Belmopan"}},
            "attendees": [{"profile": {"name": "Wren Halcyon", "email": "wren@example.org"}}],
        }
    ]
}
ZOOM: Answer = {
    "webinars": [
        {
            "id": 80000000001,
            "host_id": "z8y",
            "host_name": "Gil Mooring",
            "host_email": "gil@example.org",
            "topic": TITLE,
            "type": 5,
            "start_time": FROM_UTC,
            "duration": 90,
            "timezone": "America/Belize",
            "agenda": TEXT,
            "join_url": "https://zoom.us/j/81",
            "settings": {"contact_name": "Wren Halcyon", "contact_email": "wren@example.org"},
        }
    ]
}
GRAPH: Answer = {
    "value": [
        {
            "iCalUId": "0400",
            "subject": TITLE,
            "bodyPreview": TEXT,
            "body": {"contentType": "html", "content": f"<p>{TEXT}</p>"},
            "start": {"dateTime": "2020-05-07T16:30:00.0000000", "timeZone": "UTC"},
            "end": {"dateTime": "2020-05-07T12:00:00.0000000", "timeZone": "Central America Standard Time"},
            "location": {"displayName": "Lagoon Hall, Belmopan"},
            "isCancelled": False,
            "isOnlineMeeting": False,
            "sensitivity": "normal",
            "organizer": {"emailAddress": {"name": "Gil Mooring", "address": "gil@example.org"}},
            "attendees": [{"emailAddress": {"name": "Wren Halcyon", "address": "wren@example.org"}}],
        }
    ]
}
MEETUP: Answer = {
    "id": "269",
    "name": TITLE,
    "local_date": "2020-05-07",
    "local_time": "10:30",
    "duration": 5400000,
    "venue": {"name": "Lagoon Hall", "city": "Belmopan"},
    "group": {"name": "Coral Data Group", "timezone": "America/Belize"},
    "link": "https://meet.example.org/269",
    "description": f"<p>{TEXT}</p>",
    "event_hosts": [{"name": "Gil Mooring"}],
}
MEETUP_GRAPHQL: Answer = {
    "data": {
        "groupByUrlname": {
            "pastEvents": {
                "edges": [
                    {
                        "node": {
                            "title": TITLE,
                            "eventUrl": "https://meet.example.org/269",
                            "description": TEXT,
                            "dateTime": START,
                            "endTime": END,
                            "venue": {"name": "Lagoon Hall", "city": "Belmopan"},
                            "hosts": [{"name": "Gil Mooring", "email": "gil@example.org"}],
                        }
                    }
                ]
            }
        }
    }
}
DRUPAL: Answer = {
    "data": [
        {
            "type": "node--event",
            "id": "5f1",
            "attributes": {
                "drupal_internal__nid": 12,
                "status": True,
                "created": "2020-04-01T15:00:00+00:00",
                "title": TITLE,
                "body": {"value": f"<p>{TEXT}</p>", "processed": f"<p>{TEXT}</p>", "summary": ""},
                "field_event_date": [{"value": START, "end_value": END}],
                "field_location": "Lagoon Hall, Belmopan",
            },
            "relationships": {
                "uid": {"data": {"type": "user--user", "id": "u"}},
                "field_speakers": {"data": [{"type": "node--person", "id": "p"}]},
                "field_participants": {"data": [{"type": "node--person", "id": "q"}]},
            },
        }
    ],
    "included": [
        {"type": "user--user", "id": "u", "attributes": {"display_name": "Gil Mooring"}},
        {"type": "node--person", "id": "p", "attributes": {"title": "Orla Sandpiper"}},
        {"type": "node--person", "id": "q", "attributes": {"title": "Wren Halcyon"}},
    ],
}
MOBILIZON: Answer = {
    "data": {
        "events": {
            "elements": [
                {
                    "title": TITLE,
                    "beginsOn": FROM_UTC,
                    "endsOn": TO_UTC,
                    "description": TEXT,
                    "physicalAddress": {"description": "Lagoon Hall", "locality": "Belmopan"},
                    "organizerActor": {"name": "Gil Mooring", "preferredUsername": "gil"},
                    "visibility": "PUBLIC",
                }
            ]
        }
    }
}
LUMA: Answer = {
    "entries": [
        {
            "api_id": "e1",
            "event": {
                "name": TITLE,
                "description": TEXT,
                "start_at": FROM_UTC,
                "end_at": TO_UTC,
                "timezone": "America/Belize",
                "visibility": "public",
                "geo_address_json": {"city": "Belmopan", "full_address": "Lagoon Hall, Belmopan"},
            },
            "hosts": [{"name": "Gil Mooring", "email": "gil@example.org"}],
        }
    ]
}
FULL_CALENDAR: Answer = {
    "title": TITLE,
    "start": START,
    "end": END,
    "extendedProps": {"description": TEXT, "location": "Lagoon Hall, Belmopan", "contact": "Wren Halcyon"},
}
AIRTABLE: Answer = {
    "records": [
        {
            "id": "rec1",
            "createdTime": FROM_UTC,
            "fields": {
                "Title": TITLE,
                "Date": "2020-05-07",
                "Start time": "10:30",
                "End time": "12:00",
                "Venue": "Lagoon Hall, Belmopan",
                "Description": TEXT,
                "Contact person": "Wren Halcyon",
                "Created by": {"id": "usr1", "email": "gil@example.org", "name": "Gil Mooring"},
            },
        }
    ]
}
ALL: dict[str, Any] = {
    "TeSS": TESS,
    "Localist": LOCALIST,
    "Eventbrite": EVENTBRITE,
    "Zoom": ZOOM,
    "Microsoft Graph": GRAPH,
    "Meetup": [MEETUP],
    "Meetup's GraphQL": MEETUP_GRAPHQL,
    "Drupal": DRUPAL,
    "Mobilizon": MOBILIZON,
    "Luma": LUMA,
    "FullCalendar": [FULL_CALENDAR],
    "Airtable": AIRTABLE,
}
TALK: Answer = {
    "guid": "g1",
    "date": START,
    "start": "10:30",
    "duration": "01:30",
    "room": "Lagoon Hall",
    "title": "Counting boats",
    "subtitle": "",
    "language": "en",
    "abstract": TEXT,
    "url": "https://talks.example.org/1/",
    "persons": [{"public_name": "Orla Sandpiper", "biography": "Orla counts boats."}],
    "attachments": [{"url": "https://talks.example.org/boats.pdf", "title": "Slides"}],
    "answers": [{"answer": "Wren Halcyon, wren@example.org"}],
}
SCHEDULE: Answer = {
    "schedule": {
        "conference": {
            "title": "Reef Data Days",
            "start": "2020-05-07",
            "end": "2020-05-07",
            "days": [{"date": "2020-05-07", "rooms": {"Lagoon Hall": [TALK], "Reef Room": []}}],
        }
    }
}
SESSIONIZE: Answer = {
    "sessions": [
        {
            "id": "101",
            "title": "Counting boats",
            "description": TEXT,
            "startsAt": "2020-05-07T10:30:00",
            "endsAt": "2020-05-07T12:00:00",
            "isServiceSession": False,
            "speakers": ["u1"],
            "roomId": 7,
        },
        {
            "id": "102",
            "title": "Lunch",
            "startsAt": "2020-05-07T12:00:00",
            "endsAt": "2020-05-07T13:00:00",
            "isServiceSession": True,
            "speakers": [],
            "roomId": 7,
        },
    ],
    "speakers": [
        {"id": "u1", "fullName": "Orla Sandpiper", "tagLine": "Analyst", "bio": "Orla counts boats."},
        {"id": "u2", "fullName": "Wren Halcyon"},
    ],
    "rooms": [{"id": 7, "name": "Lagoon Hall"}],
}
