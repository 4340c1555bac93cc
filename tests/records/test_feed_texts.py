"""What the programs behind feeds write round a text: notices of their own, and times in lines of their own."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from ckanext.opengovbelize.records import facts, given_on, titles
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord

from .contract import published

NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def entry(
    content: str, summary: str = "", *, title: str = "Session 3: Boats", creator: str = ""
) -> SessionRecord:
    feed = (
        f'<rss version="2.0" {NAMESPACES}><channel><title>News</title><item><title>{title}</title>'
        f"<link>https://site.example.org/3</link><pubDate>Sun, 01 Sep 2024 15:12:00 +0000</pubDate>"
        f"<dc:creator>{creator}</dc:creator><description><![CDATA[{summary}]]></description>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded></item></channel></rss>"
    )
    (record,) = read(feed.encode(), file="feed.xml")
    return record


@pytest.mark.parametrize(
    "lines",
    [
        ("Date: 7 October 2024", "Time: 10:30 AM – 12:00 PM (Belize)"),
        ("Monday, 7 October 2024", "10:30 AM – 12:00 PM"),
        ("Fecha: 7 de octubre de 2024", "Hora: 10:30 a. m. a 12:00 m."),
        ("Horario: 10:30 a 12:00", "Fecha: 7 de octubre de 2024"),
    ],
)
def test_day_and_time_on_two_lines(lines: tuple[str, str]) -> None:
    record = entry("".join(f"<p><strong>{line}</strong></p>" for line in (*lines, "How boats are counted.")))
    assert record.start is not None
    assert record.start.isoformat() == "2024-10-07T10:30:00-06:00"
    assert record.end is not None
    assert record.end.isoformat() == "2024-10-07T12:00:00-06:00"
    assert record.introduction == "How boats are counted."


def test_the_time_of_a_break_is_not_that_of_the_session() -> None:
    record = entry("<p>7 October 2024</p><p>How boats are counted.</p><p>Coffee:</p><p>2:30 PM</p>")
    assert (record.start, record.date_as_stated) == (None, "7 October 2024")


@pytest.mark.parametrize(
    "lines",
    [
        ("1 September 2024, 9:12 AM", "How boats are counted."),
        ("How boats are counted.", "Sunday, September 1, 2024 9:12 AM"),
    ],
)
def test_a_notice_dated_as_the_session_says_when_that_is(lines: tuple[str, str]) -> None:
    record = entry("".join(f"<p>{line}</p>" for line in lines))
    assert record.start is not None
    assert record.start.isoformat() == "2024-09-01T09:12:00-06:00"


def test_who_posted_it_may_speak_and_its_title_be_a_topic() -> None:
    said = "<p>7 October 2024</p><p>Topics:</p><p>Boats</p><p>Speaker:</p><p>Orla Sandpiper</p>"
    record = entry(said, title="Boats", creator="Orla Sandpiper")
    assert record.introduction.split() == ["Topics:", "Boats", "Speaker:", "Orla", "Sandpiper"]


def test_of_two_times_nobody_knows_which() -> None:
    record = entry("<p>Date: 7 October 2024</p><p>Time: 10:30 AM</p><p>9:00 AM</p>")
    assert record.start is None
    assert record.date_as_stated


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("How boats are counted. And so [&hellip;]", "How boats are counted. And so …"),
        ("How boats are counted. [...]", "How boats are counted. …"),
        (
            'How boats &#8230; <a href="https://a.example.org">Continue reading <span>&#8594;</span></a>',
            "How boats …",
        ),
        ("How boats are counted. Read more", "How boats are counted."),
        ("Cómo se cuentan los botes… Leer más »", "Cómo se cuentan los botes…"),
        (
            "<p>How boats.</p><p>The post <a href='https://a.example.org'>Boats</a> appeared first on"
            " <a href='https://a.example.org'>Site</a>.</p>",
            "How boats.",
        ),
        (
            "<p>Botes.</p><p>La entrada <a href='https://a.example.org'>Botes</a> se publicó primero en"
            " <a href='https://a.example.org'>Sitio</a>.</p>",
            "Botes.",
        ),
        (
            "<p>How boats.</p><hr><p>Boats was originally published in Site on Medium, where people are continuing"
            " the conversation by highlighting and responding to this story.</p>",
            "How boats.",
        ),
        (
            "We read more books than ever.\nThe post office moved.",
            "We read more books than ever.\nThe post office moved.",
        ),
        ("To read more", "To read more"),
    ],
)
def test_what_a_program_adds_to_a_text_that_it_gives_on(told: str, kept: str) -> None:
    assert facts.text(told) == kept


def test_a_summary_that_is_the_beginning_of_the_content_is_said_once() -> None:
    record = entry(
        "<p>Date: 7 October 2024</p><p>How boats are counted, with examples.</p>",
        "<p>Date: 7 October 2024 How boats are &#8230; <a href='https://site.example.org/3'>Continue reading</a></p>",
    )
    assert record.introduction == "How boats are counted, with examples."


def test_what_a_site_says_of_its_own_page_is_left_out() -> None:
    record = entry(
        "",
        "<span>Session 3: Boats</span>\n<span><span about='/user/4' typeof='schema:Person'>okarst</span></span>\n"
        "<span><time datetime='2024-09-01T09:12:00-06:00'>Sun, 09/01/2024 - 09:12</time></span>\n"
        "<div><div>Date</div><div><time datetime='2024-10-07T16:30:00Z'>Mon, 10/07/2024 - 10:30</time></div></div>"
        "<div><p>How boats are counted.</p></div>",
        creator="okarst",
    )
    assert record.start is not None
    assert record.start.isoformat() == "2024-10-07T10:30:00-06:00"
    assert "How boats are counted." in record.introduction
    assert "okarst" not in published(record)
    assert "Session 3" not in record.introduction


@pytest.mark.parametrize("read_line", [given_on.without, titles.heading_in_pieces, titles.series_in])
def test_many_blanks_cost_no_time(read_line: Callable[[str], object]) -> None:
    began = time.perf_counter()
    read_line(f"Boats{' ' * 10_000}Webinar")
    assert time.perf_counter() - began < 1
