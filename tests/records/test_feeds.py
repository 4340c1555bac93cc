"""RSS, Atom and JSON Feed, against the contract and as their programs write them."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord

from .contract import Contract, Given, published

SAMPLES = Path(__file__).parents[2] / "samples" / "formats"


def rss(*items: str, title: str = "Lagoon news") -> bytes:
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{title}</title>{body}</channel></rss>'.encode()


def _told(given: Given) -> str:
    return f"{given.day} May 2020, 10:30 AM - 12:00 PM\n{given.text}"


class TestRss(Contract):
    file = "feed.xml"
    form = "feed"

    def sessions(self, given: list[Given]) -> bytes:
        return rss(
            *(
                f"<title>{escape(f'Session {one.number}: {one.title}' if one.title else '')}</title><guid>boats-{one.number}</guid>"
                f"<pubDate>Fri, 17 Apr 2020 09:00:00 -0600</pubDate><description>{escape(_told(one))}</description>"
                for one in given
            )
        )

    def test_a_text_keeps_its_line_breaks_and_quotation_marks(self) -> None:
        (record,) = self.good(
            self.sessions([Given(1, "Boats", 7, 'She said: "count them", and then,\nwe did.')])
        )
        assert 'She said: "count them", and then,\nwe did.' in record.introduction


class TestAtom(TestRss):
    def sessions(self, given: list[Given]) -> bytes:
        entries = "".join(
            f"<entry><id>tag:example.org,2020:{one.number}</id><title>{escape(f'Session {one.number}: {one.title}' if one.title else '')}</title>"
            f"<updated>2020-04-17T09:00:00-06:00</updated><summary>{escape(_told(one))}</summary></entry>"
            for one in given
        )
        return f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{entries}</feed>'.encode()


class TestJsonFeed(Contract):
    file = "feed.json"
    form = "json-feed"

    def sessions(self, given: list[Given]) -> bytes:
        items = [
            {
                "id": str(one.number),
                "title": f"Session {one.number}: {one.title}" if one.title else "",
                "content_text": _told(one),
                "date_published": "2020-04-17T09:00:00-06:00",
            }
            for one in given
        ]
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": items}
        return json.dumps(feed, ensure_ascii=False).encode()


def codes(record: SessionRecord) -> list[str]:
    return [problem.code for problem in record.problems]


def test_the_sample_feeds() -> None:
    dated, undated = read((SAMPLES / "feed.xml").read_bytes(), file="feed.xml")
    assert (dated.series, dated.number, dated.title) == ("Lagoon Data Series", 3, "Mapping reefs & shoals")
    assert dated.start and dated.start.isoformat() == "2020-05-21T10:30:00-06:00"
    assert dated.introduction == "How a reef comes onto a map."
    assert (undated.start, undated.date_as_stated, codes(undated)) == (None, "", ["date-missing"])
    assert [material.url for material in undated.materials] == [
        "https://data.example.org/lagoon/4/slides.pdf"
    ]


def test_the_sample_of_json_feed() -> None:
    dated, undated = read((SAMPLES / "json-feed.json").read_bytes(), file="json-feed.json")
    assert (dated.series, dated.number, dated.title) == ("Lagoon Data Series", 3, "Mapping reefs & shoals")
    assert (dated.key, dated.address) == ("lagoon-3", "https://data.example.org/lagoon/3")
    assert dated.start and dated.start.isoformat() == "2020-05-21T10:30:00-06:00"
    assert [(one.role, one.name) for one in dated.people] == [("speaker", "Orla Sandpiper")]
    assert [material.url for material in dated.materials] == ["https://data.example.org/lagoon/3/slides.pdf"]
    assert (undated.start, codes(undated)) == (None, ["date-missing"])
    assert "Quillfeather" not in published(dated, undated)


def test_the_date_of_the_notice_is_never_that_of_the_session() -> None:
    (record,) = read(
        rss(
            "<title>Boats</title><pubDate>Fri, 17 Apr 2020 09:00:00 -0600</pubDate><description>About boats.</description>"
        ),
        file="feed.xml",
    )
    assert (record.start, codes(record)) == (None, ["date-missing"])


def test_a_text_with_several_dates_says_none() -> None:
    text = "First on 7 May 2020 at 10:30 AM, and again on 14 May 2020 at 10:30 AM."
    (record,) = read(
        rss(f"<title>Boats</title><description>{text} Or on 21 May 2020.</description>"), file="feed.xml"
    )
    assert record.start is None


def test_videos_add_to_their_sessions() -> None:
    first, second = read((SAMPLES / "youtube.xml").read_bytes(), file="youtube.xml")
    assert (first.belongs, first.number, first.start) == ("video", 1, None)
    assert [(material.kind, material.url) for material in first.materials] == [
        ("video", "https://www.youtube.com/watch?v=AbCdEf12345")
    ]
    assert (second.belongs, second.number, second.title) == ("video", None, "Mending nets")


def test_no_entry_tells_who_keeps_the_feed() -> None:
    first, second = read(
        rss(
            "<title>Session 1: Boats</title><author>desk@example.org (Wilbert Oarsman)</author>",
            "<title>Session 2: Ships</title><description>Wilbert Oarsman opens the doors.</description>",
        ),
        file="f.xml",
    )
    assert "opens the doors" in published(second)
    assert "Oarsman" not in published(first, second)


def test_the_event_module_of_rss_says_when_and_where() -> None:
    event = "http://purl.org/rss/1.0/modules/event/"
    (record,) = read(
        rss(
            f'<title>Boats</title><ev:startdate xmlns:ev="{event}">2020-05-07T10:30:00-06:00</ev:startdate>'
            f'<ev:location xmlns:ev="{event}">Reef Hall, Belmopan</ev:location>'
        ),
        file="f.xml",
    )
    assert record.start and record.start.isoformat() == "2020-05-07T10:30:00-06:00"
    assert (record.venue_name, record.locality) == ("Reef Hall", "Belmopan")


def test_an_entry_says_who_speaks_and_what_it_links_to() -> None:
    content = '<p>Speaker: Dr. Orla Tern, Analyst, Ministry of Reefs</p><p><a href="https://e.example.org/a.pptx">Slides</a></p>'
    (record,) = read(rss(f"<title>Boats</title><description>{escape(content)}</description>"), file="f.xml")
    assert [(one.name, one.affiliation) for one in record.people] == [("Dr. Orla Tern", "Ministry of Reefs")]
    assert [(one.kind, one.url) for one in record.materials] == [
        ("presentation", "https://e.example.org/a.pptx")
    ]


def test_labels_behind_other_sentences_of_a_description() -> None:
    said = "7 May 2020, 10:30 to 12:00. Speaker: Ana Coral, Director, Sample Office. Moderator: Orla Reef. Ask Wilmot."
    (record,) = read(
        rss(f"<title>Session 3: Boats</title><description>{said}</description>"), file="feed.xml"
    )
    assert [(one.role, one.name, one.position) for one in record.people] == [
        ("speaker", "Ana Coral", "Director"),
        ("facilitator", "Orla Reef", ""),
    ]


def test_a_sentence_below_a_person_in_a_description_is_no_office() -> None:
    said = "Facilitator: Orla Reef\nBring a pencil. Questions to the desk\nWilmot's cell: 620-0103"
    (record,) = read(
        rss(f"<title>Session 3: Boats</title><description>{said}</description>"), file="feed.xml"
    )
    assert [(one.name, one.position) for one in record.people] == [("Orla Reef", "")]


def test_an_office_that_a_source_states_apart_is_not_said_twice() -> None:
    speaker = {"first_name": "Ana", "last_name": "Coral", "affiliation": "Reef Agency"}
    event = {
        "_type": "Conference", "id": "7", "title": "Boats", "description": "Speaker: Ana Coral (Reef Agency).",
        "startDate": {"date": "2020-05-07", "time": "10:30:00", "tz": "America/Belize"}, "chairs": [speaker],
    }  # fmt: skip
    (record,) = read(json.dumps({"_type": "HTTPAPIResult", "results": [event]}).encode(), file="export.json")
    assert [(one.position, one.affiliation) for one in record.people] == [("", "Reef Agency")]


def test_a_comment_in_a_feed_is_no_session() -> None:
    (record,) = read(
        rss(
            "<title>Comment on Session 1 by Ana Sample</title><link>https://example.org/1#comment-5</link>"
            "<description>7 May 2020, 10:30 AM does not suit me.</description>"
        ),
        file="feed.xml",
    )
    assert codes(record) == ["not-a-session"]
    assert not (record.title or record.introduction or record.date_as_stated or record.start)


def test_related_pages_and_media_of_an_entry_are_kept() -> None:
    entry = (
        "<title>Session 1: Boats</title><link rel='alternate' href='https://example.org/1'/>"
        "<link rel='related' title='Boat register' href='https://example.org/register'/>"
        "<link rel='related' title='Presentation' href='https://example.org/1.pdf'/>"
        "<media:content xmlns:media='http://search.yahoo.com/mrss/' type='video/mp4' url='https://example.org/1.mp4'/>"
    )
    (record,) = read(
        f"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{entry}</entry></feed>".encode(), file="feed.xml"
    )
    assert [(link.url, link.title) for link in record.links] == [
        ("https://example.org/register", "Boat register")
    ]
    assert {(material.kind, material.url) for material in record.materials} == {
        ("video", "https://example.org/1.mp4"),
        ("presentation", "https://example.org/1.pdf"),
    }


@pytest.mark.parametrize("before", ["7 May 2020, 10:30 am. ", "Forty people met. "])
def test_a_label_behind_a_short_word_begins_a_sentence(before: str) -> None:
    (record,) = read(
        rss(
            f"<title>Session 1: Boats</title><description>{before}Facilitator: Ana Sample, Reef Office.</description>"
        ),
        file="feed.xml",
    )
    assert [(person.role, person.name) for person in record.people] == [("facilitator", "Ana Sample")]


def test_a_title_with_a_point_begins_no_sentence_in_a_list() -> None:
    listed = "&lt;h3&gt;Speakers&lt;/h3&gt;&lt;ul&gt;&lt;li&gt;Ana Sample, Reef Office&lt;/li&gt;&lt;li&gt;Prof. Ben Sample – Reef College&lt;/li&gt;&lt;/ul&gt;"
    (record,) = read(
        rss(f"<title>Session 1: Boats</title><description>{listed}</description>"), file="feed.xml"
    )
    assert [person.name for person in record.people] == ["Ana Sample", "Prof. Ben Sample"]


def test_what_a_time_says_to_machines_decides_what_its_words_leave_open() -> None:
    (record,) = read(
        rss(
            "<title>Boats</title><guid>1</guid><description>"
            + escape('<p>When: <time datetime="2020-06-09T15:00:00Z">Tue, 06/09/2020 - 09:00</time></p>')
            + "</description>"
        ),
        file="feed.xml",
    )
    assert str(record.start) == "2020-06-09 09:00:00-06:00"


def test_a_user_name_of_who_wrote_an_entry_is_as_private_as_the_name() -> None:
    (record,) = read(
        rss(
            "<title>Boats</title><guid>1</guid><author>petronel.vask</author><description>7 May 2020, 10:30 AM\n"
            "All are welcome.\nSubmitted by petronel.vask</description>"
        ),
        file="feed.xml",
    )
    assert "welcome" in published(record) and "vask" not in published(record)


def test_a_link_to_somebodys_page_on_a_social_network_is_left_out() -> None:
    text = escape(
        'On 7 May 2020, 10:30 AM. <p>Thanks <a href="https://social.example/@quillfeather">to all</a></p>'
    )
    (record,) = read(
        rss(f"<title>Boats</title><guid>1</guid><description>{text}</description>"), file="feed.xml"
    )
    assert "quillfeather" not in published(record)


def test_videos_of_vimeo_add_to_their_sessions_too() -> None:
    (record,) = read(
        rss(
            "<title>Webinar 3: Boats</title><link>https://vimeo.com/812345678</link><description>By us</description>"
        ),
        file="feed.xml",
    )
    assert (record.belongs, record.number) == ("video", 3)
    assert [material.url for material in record.materials] == ["https://vimeo.com/812345678"]


def test_a_chat_in_an_entry_is_a_chat_and_no_prose() -> None:
    text = (
        "<p>Date: 7 May 2020, 10:30 AM</p><h2>Chat</h2><p>Zeno Coral: good morning</p>"
        "<p>Yara Quillfin: When is the next?</p>"
    )
    (record,) = read(
        rss(f"<title>Webinar 3: Boats</title><description>{escape(text)}</description>"),
        file="f.xml",
    )
    assert [(message.author, message.text) for message in record.messages] == [
        ("Zeno Coral", "good morning"),
        ("Yara Quillfin", "When is the next?"),
    ]
    assert "Chat" not in record.introduction and "Coral" not in record.introduction


def test_the_calendar_module_of_rss_says_when_and_where_and_not_who() -> None:
    calendar = 'xmlns:xCal="urn:ietf:params:xml:ns:xcal"'
    (record,) = read(
        rss(
            f"<title>Boats</title><xCal:dtstart {calendar}>2020-05-07T10:30:00-06:00</xCal:dtstart>"
            f"<xCal:dtend {calendar}>2020-05-07T12:00:00-06:00</xCal:dtend>"
            f"<xCal:location {calendar}>Lagoon Hall</xCal:location>"
            f"<xCal:organizer {calendar}>Wilbert Oarsman</xCal:organizer>"
            "<description>Wilbert Oarsman opens the doors.</description>"
        ),
        file="f.xml",
    )
    assert (record.start, record.end) != (None, None)
    assert record.venue_name == "Lagoon Hall"
    assert "Oarsman" not in published(record)
