"""Pages that describe events in the vocabulary of schema.org, against the contract and as web sites write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ckanext.opengovbelize.records.reading import read

from .contract import Contract, Given, published
from .given_pages import EVENT, in_context, only, page

SAMPLES = Path(__file__).parents[2] / "samples" / "formats"


class TestJsonLd(Contract):
    file = "page.html"
    form = "schema.org"

    def sessions(self, given: list[Given]) -> bytes:
        return page(
            in_context(
                *(
                    {
                        "@type": "Event",
                        "name": f"Session {session.number}: {session.title}" if session.title else "",
                        "startDate": session.start,
                        "endDate": session.end,
                        "description": session.text,
                        "location": session.place,
                    }
                    for session in given
                )
            )
        )

    def in_encoding(self, given: list[Given], encoding: str) -> bytes | None:
        return self.sessions(given).decode().encode(encoding)


class TestMicrodata(Contract):
    file = "page.html"
    form = "schema.org"

    def sessions(self, given: list[Given]) -> bytes:
        from html import escape

        events = "".join(
            f'<div itemscope itemtype="https://schema.org/Event"><h2 itemprop="name">{escape(f"Session {session.number}: {session.title}" if session.title else "")}</h2>'
            f'<time itemprop="startDate" datetime="{session.start}"></time><meta itemprop="endDate" content="{session.end}">'
            f'<p itemprop="description">{escape(session.text)}</p><span itemprop="location">{escape(session.place)}</span></div>'
            for session in given
        )
        return page(body=events)


class TestRdfa(Contract):
    file = "page.html"
    form = "schema.org"

    def sessions(self, given: list[Given]) -> bytes:
        from html import escape

        events = "".join(
            f'<div vocab="https://schema.org/" typeof="Event"><h2 property="name">{escape(f"Session {session.number}: {session.title}" if session.title else "")}</h2>'
            f'<time property="startDate" datetime="{session.start}"></time><meta property="endDate" content="{session.end}">'
            f'<p property="description">{escape(session.text)}</p><span property="location">{escape(session.place)}</span></div>'
            for session in given
        )
        return page(body=events)


def test_the_sample() -> None:
    record = only((SAMPLES / "event.html").read_bytes())
    assert (record.series, record.number, record.title) == ("Lagoon Data Series", 4, "Reading tides")
    assert (record.mode, record.venue_name, record.locality, record.district) == (
        "hybrid",
        "Lagoon Learning Centre",
        "San Ignacio",
        "BZ-CY",
    )
    assert [(person.name, person.position, person.affiliation) for person in record.people] == [
        ("Solana Reedwater", "Budget analyst", "Government of Coralia")
    ]
    assert (record.organisers, record.languages) == ("Lagoon Desk", ["en", "es"])
    assert [(material.kind, material.url) for material in record.materials] == [
        ("video", "https://video.example.org/lagoon-4")
    ]
    told = published(record)
    assert not any(word in told for word in ("Quillfeather", "desk@", "meet.example.org"))


def test_how_a_course_is_given_and_how_long_it_takes() -> None:
    event = {
        **EVENT,
        "courseMode": ["onsite", "Blended"],
        "startDate": "2020-05-07T10:30",
        "duration": "PT1H30M",
    }
    record = only(page(in_context({key: value for key, value in event.items() if key != "endDate"})))
    assert (record.mode, record.end and record.end.isoformat()) == ("hybrid", "2020-05-07T12:00:00-06:00")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"eventStatus": "https://schema.org/EventCancelled"}, ("cancelled", "")),
        ({"eventStatus": "EventPostponed"}, ("postponed", "")),
        ({"eventAttendanceMode": "OnlineEventAttendanceMode"}, ("", "online")),
        (
            {"eventStatus": ["https://schema.org/EventRescheduled", "https://schema.org/EventMovedOnline"]},
            ("", "online"),
        ),
        ({"location": {"@type": "VirtualLocation", "url": "https://meet.example.org/x"}}, ("", "online")),
    ],
)
def test_status_and_mode(fields: dict[str, Any], expected: tuple[str, str]) -> None:
    record = only(page(in_context({**EVENT, **fields})))
    assert (record.status, record.mode) == expected


def test_several_blocks_and_another_description_of_the_same_event_are_one() -> None:
    other = {**EVENT, "description": "How to count."}
    record = only(
        page(
            {"@context": "https://schema.org", "@type": "Organization", "name": "x"},
            in_context(EVENT),
            in_context(other),
        )
    )
    assert record.introduction == "How to count."


def test_a_session_record_with_such_a_block_keeps_its_chat() -> None:
    body = "<h1>Webinar 1: Boats</h1><p>Objective: To count boats.</p><h2>Chat</h2><p>Ana Coral: how many boats are there?</p>"
    record = only(page(in_context(EVENT), body=body))
    assert (record.objective, [message.text for message in record.messages]) == (
        "To count boats.",
        ["how many boats are there?"],
    )


def test_a_block_that_is_damaged_is_told_where_another_can_be_read() -> None:
    record = only(page("{damaged", in_context(EVENT)))
    assert [(problem.code, problem.place) for problem in record.problems] == [("json-damaged", "script 1")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("// made by a plug-in\n", ""),
        ("/* made by a plug-in */", "/* the end"),
        ("\n// <![CDATA[\n", "\n// ]]>\n"),
        ("<![CDATA[\n/* one */", "]]>"),
    ],
)
def test_comments_and_commas_behind_the_last_entry_damage_no_block(before: str, after: str) -> None:
    stated = json.dumps(EVENT | {"url": "https://example.org/tides//3", "keywords": ["a,]", "/* b */"]})
    loose = f'{before}{{"@context": "https://schema.org", {stated[1:-1]},}}{after}'
    record = only(page(loose))
    assert (record.title, record.address) == (
        only(page(in_context(EVENT))).title,
        "https://example.org/tides//3",
    )
    assert "json-damaged" not in [problem.code for problem in record.problems]


def test_a_file_of_json_ld() -> None:
    (record,) = read(json.dumps(in_context(EVENT)).encode(), file="event.jsonld")
    assert record.title == "Boats"


def test_no_scheme_but_the_webs_reaches_a_link() -> None:
    record = only(
        page(
            in_context(
                {
                    **EVENT,
                    "url": "javascript:alert(1)",
                    "subjectOf": {"@type": "CreativeWork", "url": "data:text/html,x"},
                }
            )
        )
    )
    assert (record.address, record.links, record.materials) == ("", [], [])


def test_a_recording_that_is_only_an_address_is_a_video() -> None:
    event = {
        "@type": "Event",
        "name": "Boats",
        "startDate": "2020-05-07",
        "recordedIn": "https://video.example.org/3",
    }
    record = only(page(in_context(event)))
    assert [(one.kind, one.url) for one in record.materials] == [("video", "https://video.example.org/3")]


def test_a_description_that_shows_its_markup_is_read_as_a_page() -> None:
    text = "&lt;p&gt;All come.&lt;/p&gt;&lt;p&gt;Speaker: Ana Sample&lt;/p&gt;"
    record = only(page(in_context({**EVENT, "description": text})))
    assert record.introduction.startswith("All come.")
    assert [person.name for person in record.people] == ["Ana Sample"]


def test_an_end_in_words_has_its_own_day() -> None:
    record = only(
        page(
            in_context(
                {**EVENT, "startDate": "May 7, 2020 10:30 AM", "endDate": "May 7, 2020 12:00 PM"},
            )
        )
    )
    assert record.end and record.end.isoformat() == "2020-05-07T12:00:00-06:00"


def test_all_parts_of_a_description_are_read() -> None:
    record = only(
        page(in_context({**EVENT, "description": ["Bring a boat.", "Speaker: Ana Sample, Analyst"]}))
    )
    assert record.introduction.startswith("Bring a boat.")
    assert [person.name for person in record.people] == ["Ana Sample"]


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        (
            ("03/04/2020 10:30", "17/04/2020 10:30"),
            ["2020-04-03 10:30:00-06:00", "2020-04-17 10:30:00-06:00"],
        ),
        (("03/04/2020 10:30", "05/06/2020 10:30"), ["None", "None"]),
    ],
)
def test_a_date_that_can_be_read_in_two_ways_is_decided_by_the_pages_others_or_rejected(
    starts: tuple[str, ...], expected: list[str]
) -> None:
    events = [{**EVENT, "name": f"Event {start}", "startDate": start} for start in starts]
    found = read(page(in_context(*events)), file="page.html")
    assert [str(record.start) for record in found] == expected
    told = {problem.code for record in found for problem in record.problems}
    assert told == ({"date-decided"} if "None" not in expected else {"date-ambiguous"})


@pytest.mark.parametrize("prefix", ["schema:", "http://schema.org/"])
def test_a_page_may_give_the_vocabulary_a_prefix(prefix: str) -> None:
    person = {"@type": f"{prefix}Person", f"{prefix}name": "Ana Sample"}
    event = {
        "@type": f"{prefix}Event",
        f"{prefix}name": [{"@value": "Boats"}],
        f"{prefix}startDate": [{"@value": "2020-05-07T10:30:00-06:00"}],
        f"{prefix}performer": person,
        f"{prefix}attendee": {**person, f"{prefix}name": "Orla Quillfeather"},
    }
    record = only(
        page({"@context": {"schema": "http://schema.org/"}, **event}, body="Orla Quillfeather comes.")
    )
    assert (record.title, [one.name for one in record.people]) == ("Boats", ["Ana Sample"])
    assert "Quillfeather" not in published(record)


@pytest.mark.parametrize(
    "place",
    [
        "Online (Zoom link sent after registration)",
        "Virtual - enlace enviado tras la inscripción",
        "Zoom; register to get the link",
    ],
)
def test_how_one_gets_the_link_of_a_meeting_is_no_venue(place: str) -> None:
    record = only(page(in_context({**EVENT, "location": place})))
    assert (record.mode, record.venue_name) == ("online", "")


def test_figures_without_a_nought_before_them() -> None:
    # As EventON of WordPress writes them.
    record = only(
        page(in_context(EVENT | {"startDate": "2020-5-7T9:30-6:00", "endDate": "2020-5-7T11:00-6:00"}))
    )
    assert record.start is not None
    assert record.end is not None
    assert (record.start.isoformat(), record.end.isoformat()) == (
        "2020-05-07T09:30:00-06:00",
        "2020-05-07T11:00:00-06:00",
    )


def test_what_a_reference_refers_to_is_followed() -> None:
    things = [
        EVENT | {"location": {"@id": "#hall"}},
        {"@type": "Place", "@id": "#hall", "name": "Lagoon Hall", "address": {"@id": "#town"}},
        {"@type": "PostalAddress", "@id": "#town", "addressLocality": "Belmopan", "addressCountry": "BZ"},
    ]
    record = only(page({"@context": "https://schema.org", "@graph": things}))
    assert (record.venue_name, record.locality) == ("Lagoon Hall", "Belmopan")


def test_the_name_of_the_site_is_no_part_of_the_title() -> None:
    site = {"@type": "WebSite", "name": "Coral Data Club"}
    event = EVENT | {"name": "Session 3: Boats &mdash; Coral Data Club"}
    record = only(page(in_context(site, event)))
    assert (record.number, record.title) == (3, "Boats")


def test_an_address_that_begins_with_the_name_of_the_place_says_it_once() -> None:
    place = {"@type": "Place", "name": "Town Library", "address": "Town Library, Belmopan, Belize"}
    record = only(page(in_context(EVENT | {"location": place})))
    assert (record.venue_name, record.locality) == ("Town Library", "Belmopan")


def test_rdfa_with_a_prefix_tells_who_speaks_and_nobody_else() -> None:
    body = (
        '<div prefix="schema: https://schema.org/" typeof="schema:Event"><b property="schema:name">Boats</b>'
        '<meta property="schema:startDate" content="2020-05-07T10:30:00-06:00">'
        '<div property="schema:location" typeof="schema:Place"><i property="schema:name">Lagoon Hall</i></div>'
        '<div property="schema:performer" typeof="schema:Person"><i property="schema:name">Orla Sandpiper</i></div>'
        '<div rel="schema:attendee"><p typeof="schema:Person"><i property="schema:name">Wren Halcyon</i></p></div>'
        '<p property="schema:description">Wren Halcyon brings tea.</p></div>'
    )
    record = only(page(body=body))
    assert (record.title, record.venue_name) == ("Boats", "Lagoon Hall")
    assert [person.name for person in record.people] == ["Orla Sandpiper"]
    assert "halcyon" not in published(record).lower()


ITEM = '<{0} {1} typeof="Person"><i property="name">{2}</i></{0}>'
EVENT_OF_PAGE = (
    '<div vocab="https://schema.org/" typeof="Event"><b property="name">Boats</b>'
    '<meta property="startDate" content="2020-05-07T10:30:00-06:00">{}</div>'
)


@pytest.mark.parametrize(
    "within",
    [
        # A property that is an item; one below another element; one below a relation; both at once.
        ITEM.format("div", 'property="performer"', "Orla Sandpiper"),
        "<ul><li><section>"
        + ITEM.format("p", 'property="performer"', "Orla Sandpiper")
        + "</section></li></ul>",
        '<ul rel="performer">' + ITEM.format("li", "", "Orla Sandpiper") + "</ul>",
        '<ul rel="performer attendee">' + ITEM.format("li", "", "Orla Sandpiper") + "</ul>",
    ],
)
def test_rdfa_an_item_within_another_is_what_its_property_says(within: str) -> None:
    record = only(page(body=EVENT_OF_PAGE.format(within)))
    assert (record.title, [person.name for person in record.people]) == ("Boats", ["Orla Sandpiper"])


def test_rdfa_what_stands_in_an_item_is_none_of_the_one_round_it() -> None:
    place = (
        '<div property="location" typeof="Place"><i property="name">Lagoon Hall</i><p property="description">Large.</p>'
        '<div property="address" typeof="PostalAddress"><i property="addressLocality">Belmopan</i></div></div>'
    )
    record = only(page(body=EVENT_OF_PAGE.format(place)))
    assert (record.title, record.venue_name, record.locality) == ("Boats", "Lagoon Hall", "Belmopan")
    assert "Large" not in record.introduction


@pytest.mark.parametrize(
    "event",
    ['property="{}" typeof="Event"', 'rel="{}"><section typeof="Event"'],
    ids=["property", "relation"],
)
@pytest.mark.parametrize("name", ["superEvent", "about", "recordedIn"])
def test_rdfa_what_is_a_property_of_a_session_is_no_session_of_its_own(event: str, name: str) -> None:
    inner = EVENT_OF_PAGE.format("").partition(">")[2].replace("Boats", "Open days").replace("05-07", "05-01")
    body = EVENT_OF_PAGE.format(f"<div {event.format(name)}>{inner}</div>")
    assert [record.title for record in read(page(body=body), file="page.html")] == ["Boats"]


def test_rdfa_two_sessions_on_one_page_are_two() -> None:
    body = EVENT_OF_PAGE.format("") + EVENT_OF_PAGE.format("").replace("Boats", "Canoes").replace(
        "05-07", "05-14"
    )
    assert [record.title for record in read(page(body=body), file="page.html")] == ["Boats", "Canoes"]


def test_rdfa_nested_without_end_costs_no_session() -> None:
    deep = '<div property="superEvent" typeof="Event">' * 400 + "</div>" * 400
    assert only(page(body=EVENT_OF_PAGE.format(deep))).title == "Boats"


def test_what_has_no_time_of_its_own_within_a_session_is_an_item_of_its_programme() -> None:
    items = [
        {"@type": "Event", "name": "Welcome", "performer": {"@type": "Person", "name": "Orla Sandpiper"}},
        {"@type": "Event", "name": "Questions"},
    ]
    record = only(page(in_context(EVENT | {"name": "Boats", "performer": [], "subEvent": items})))
    assert record.title == "Boats"
    assert [person.name for person in record.people] == ["Orla Sandpiper"]
