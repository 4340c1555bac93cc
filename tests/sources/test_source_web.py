"""Fetching over the web, and pages that list records."""

from __future__ import annotations

import io
import zipfile

import pytest
import requests
import responses
from ckanext.opengovbelize.sources import Limits, SourceConfig, SourceError, open_source
from ckanext.opengovbelize.sources.web import label

PAGE = "https://example.org/webinars/"
RECORD = """<html><body><h1>Webinar 1: An invented session</h1><p>Thursday February 13, 2020 - 10:30AM-12:00PM</p>
<h2>Objective</h2><p>To show how records are read.</p><h2>Rationale</h2><p>Records are many.</p>
<p><a href="slides.html">PRESENTATION</a></p></body></html>"""


@pytest.fixture
def web():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def open_(url, config=None, **limits):
    opened = open_source(url, config or SourceConfig(), Limits(**limits))
    return opened, list(opened.records)


def code_of(url, **limits):
    with pytest.raises(SourceError) as error:
        open_(url, **limits)
    return error.value.problem


def listing(web, *links, url=PAGE):
    web.get(url, body=f"<html><body>{''.join(links)}</body></html>", content_type="text/html; charset=utf-8")


def test_a_page_that_reads_as_a_record_is_one_though_it_has_links(web):
    web.get(PAGE, body=RECORD, content_type="text/html")
    opened, found = open_(PAGE)
    assert opened.alone
    assert [record.key for record in found] == [PAGE]


def test_any_other_page_lists_the_records_below_it(web):
    listing(
        web,
        '<nav><a href="/webinars/about.html">About</a></nav>',
        '<a href="1.md">1</a><a href="/webinars/two">2</a><a href="1.md#chat">again</a>',
        '<a href="picture.png">no</a><a href="/contact.html">no</a><a href="mailto:a@example.org">no</a>',
        '<a href="https://elsewhere.example.com/3.md">no</a><a href="http://[bad">no</a><a href="">no</a>',
    )
    web.get(f"{PAGE}1.md", body="one", content_type="text/markdown")
    web.get("https://example.org/webinars/two", body=RECORD, content_type="text/html")
    opened, found = open_(PAGE)
    assert [(record.key, record.content_type) for record in found] == [
        (f"{PAGE}1.md", "text/markdown"),
        ("https://example.org/webinars/two", "text/html"),
    ]
    assert opened.count == 2


def test_a_pattern_says_which_links_are_records(web):
    listing(web, '<a href="/s?id=1">1</a><a href="/s?id=2">2</a><a href="a.md">a</a>')
    web.get("https://example.org/s", body="x")
    _opened, found = open_(PAGE, SourceConfig(listing="https://example.org/s[?]id=*"))
    assert [record.label for record in found] == ["example.org/s?id=1", "example.org/s?id=2"]


def test_a_pattern_that_nothing_matches_gives_an_empty_listing_not_a_record(web):
    listing(web, '<a href="a.md">a</a>')
    opened, found = open_(PAGE, SourceConfig(listing="*/none-*"))
    assert (opened.alone, found) == (False, [])


def test_a_record_that_does_not_answer_costs_itself_only(web):
    listing(web, '<a href="1.md">1</a><a href="2.md">2</a>')
    web.get(f"{PAGE}1.md", status=404, body="Marta was here")
    web.get(f"{PAGE}2.md", body="two")
    _opened, found = open_(PAGE)
    assert [record.problem and record.problem.code for record in found] == ["address-status", None]
    assert found[0].problem and "Marta" not in found[0].problem.message


def numbered(web, *pages):
    """A list of webinars on several pages, as blogs have them; each page names its webinars."""
    for number, names in enumerate(pages, start=1):
        links = "".join(f'<a href="/webinars/{name}.md">{name}</a>' for name in names)
        pager = f'<a href="/webinars/page/{number - 1 or 1}" rel="prev">back</a>'
        following = f'<a class="next" rel="next" href="/webinars/page/{number + 1}">next</a>'
        url = PAGE if number == 1 else f"{PAGE}page/{number}"
        listing(web, links, pager, following if number < len(pages) else "", url=url)
        for name in names:
            web.get(f"{PAGE}{name}.md", body=name, content_type="text/markdown")


def test_a_list_goes_on_where_its_page_says_so(web):
    numbered(web, ["one", "two"], ["three"], ["four"])
    opened, found = open_(PAGE)
    assert [record.data for record in found] == [b"one", b"two", b"three", b"four"]
    assert (opened.count, len(opened.lists), opened.partial) == (4, 3, False)


def test_the_head_of_a_page_may_say_so_too(web):
    web.get(f"{PAGE}1.md", body="one")
    web.get(f"{PAGE}2.md", body="two")
    web.get(
        PAGE,
        body='<html><link rel="next" href="?page=2"><a href="1.md">1</a></html>',
        match=[responses.matchers.query_param_matcher({})],
    )
    web.get(
        PAGE,
        body='<html><a href="2.md">2</a></html>',
        match=[responses.matchers.query_param_matcher({"page": "2"})],
    )
    _opened, found = open_(PAGE)
    assert [record.data for record in found] == [b"one", b"two"]


def test_nothing_is_gone_where_the_rest_of_a_list_does_not_answer(web):
    numbered(web, ["one"], ["two"])
    web.replace(responses.GET, f"{PAGE}page/2", status=503)
    opened, found = open_(PAGE)
    assert [record.data for record in found] == [b"one"]
    assert opened.partial
    assert [problem.code for problem in opened.problems] == ["address-status"]


def test_a_list_ends_where_its_next_page_lists_nothing_new(web):
    listing(web, '<a href="1.md">1</a><a rel="next" href="/webinars/page/2">next</a>')
    listing(
        web,
        '<a href="/webinars/1.md">1</a><a rel="next" href="/webinars/page/3">next</a>',
        url=f"{PAGE}page/2",
    )
    web.get(f"{PAGE}1.md", body="one")
    opened, found = open_(PAGE)
    assert [record.data for record in found] == [b"one"]
    assert not opened.partial


def test_a_list_that_never_ends_is_too_long(web):
    numbered(web, *([str(number)] for number in range(9)))
    assert code_of(PAGE, max_records=4).code == "too-many-records"
    assert len(web.calls) <= 6


def test_links_that_a_site_wrote_before_it_moved_are_its_own(web):
    listing(
        web,
        '<a href="http://www.example.org/webinars/1.md">1</a><a href="http://example.org/webinars/2.md">2</a><a href="//example.org/webinars/2.md">again</a>',
        '<a href="https://records.example.org/webinars/3.md">no</a><a href="https://example.org:8443/webinars/4.md">no</a>',
    )
    web.get(f"{PAGE}1.md", body="one")
    web.get(f"{PAGE}2.md", body="two")
    _opened, found = open_(PAGE)
    assert [record.key for record in found] == [f"{PAGE}1.md", f"{PAGE}2.md"]


def test_a_zip_may_lie_on_the_web(web):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("1.md", "one")
    web.get("https://example.org/all.zip", body=data.getvalue())
    _opened, found = open_("https://example.org/all.zip")
    assert [record.key for record in found] == ["1.md"]


def test_redirections_are_followed_a_few_times_and_never_to_a_file(web):
    for number in range(9):
        web.get(f"https://example.org/{number}", status=302, headers={"Location": f"/{number + 1}"})
    web.get("https://example.org/9", body="here", content_type="text/plain")
    web.get("https://example.org/file", status=301, headers={"Location": "file:///etc/passwd"})
    _opened, found = open_("https://example.org/6")
    assert found[0].data == b"here"
    assert code_of("https://example.org/0").code == "address-redirects"
    assert code_of("https://example.org/file").code == "address-scheme"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"body": requests.ConnectionError("private-host.example.org")}, "address-unreachable"),
        ({"body": requests.Timeout("private-host.example.org")}, "address-timeout"),
        ({"status": 500, "body": "private trace"}, "address-status"),
        ({"body": b"x" * 101}, "too-large"),
    ],
)
def test_a_source_that_does_not_answer_well_is_told_in_our_own_words(web, answer, code):
    web.get("https://example.org/private-name", **answer)
    problem = code_of("https://example.org/private-name", max_bytes=100)
    assert problem.code == code
    assert "private" not in str(problem)


@pytest.mark.parametrize("url", ["https://user:word@example.org/", "https://", "https://example.org:port/"])
def test_an_address_with_a_password_or_without_sense_is_never_asked(web, url):
    problem = code_of(url)
    assert problem.code in ("address-password", "address-scheme", "address-malformed")
    assert not web.calls
    assert "word@" not in problem.message


def test_a_label_keeps_page_numbers_and_drops_secrets():
    assert (
        label("https://u:p@example.org/a%20b?page=3&token=abc&q=a%20long%20text#x")
        == "example.org/a b?page=3"
    )
