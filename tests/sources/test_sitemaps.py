"""Sitemaps: which pages of a site are sessions, and what a sitemap cannot do to the portal."""

from __future__ import annotations

import gzip
import re

import pytest
import responses
from ckanext.opengovbelize.sources import OTHER, Limits, SourceConfig, open_source

SITE = "https://example.org"
EVENT = (
    '<!doctype html><html><head><script type="application/ld+json">{"@context": "https://schema.org", "@type": "Event",'
    ' "name": "Session 1: Boats", "startDate": "2020-05-07T10:30:00-06:00", "location": "Belmopan"}</script></head><body></body></html>'
)


@pytest.fixture
def web():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.get(f"{SITE}/webinars/1", body=EVENT, content_type="text/html")
        mock.get(f"{SITE}/webinars/2", body=EVENT.replace("1: Boats", "2: Nets"), content_type="text/html")
        mock.get(f"{SITE}/about", body="<html><body><p>About us</p></body></html>", content_type="text/html")
        yield mock


def sitemap(*addresses: str, kind: str = "urlset") -> str:
    entries = "".join(f"<url><loc>{address}</loc></url>" for address in addresses)
    return (
        f'<?xml version="1.0"?><{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{kind}>'
    )


def opened(web, body: str | bytes, listing: str = "") -> tuple[list[str], list[str]]:
    web.get(f"{SITE}/sitemap.xml", body=body, content_type="application/xml")
    source = open_source(f"{SITE}/sitemap.xml", SourceConfig(listing=listing), Limits())
    sessions = [found.key for found in source.records if found.kind != OTHER]
    return sessions, [problem.code for problem in source.problems]


PAGES = (f"{SITE}/webinars/1", f"{SITE}/about", f"{SITE}/webinars/2")


def test_a_pattern_says_which_pages_are_sessions(web):
    assert opened(web, sitemap(*PAGES), "*/webinars/*") == ([PAGES[0], PAGES[2]], [])


def test_without_one_those_that_describe_a_session_are(web):
    assert opened(web, sitemap(*PAGES)) == ([PAGES[0], PAGES[2]], [])


def test_a_sitemap_of_sitemaps_packed_or_not(web):
    web.get(f"{SITE}/a.xml.gz", body=gzip.compress(sitemap(PAGES[0]).encode()))
    web.get(f"{SITE}/b.xml", body=sitemap(PAGES[2], PAGES[0]))
    index = sitemap(f"{SITE}/a.xml.gz", f"{SITE}/b.xml", kind="sitemapindex")
    assert opened(web, index, "*/webinars/*") == ([PAGES[0], PAGES[2]], [])


def test_sitemaps_that_list_each_other_are_read_once(web):
    web.get(
        f"{SITE}/b.xml",
        body=sitemap(f"{SITE}/sitemap.xml", f"{SITE}/b.xml", f"{SITE}/c.xml", kind="sitemapindex"),
    )
    web.get(f"{SITE}/c.xml", body=sitemap(PAGES[0]))
    index = sitemap(f"{SITE}/sitemap.xml", f"{SITE}/b.xml", kind="sitemapindex")
    assert opened(web, index, "*/webinars/*") == ([PAGES[0]], [])
    assert len(web.calls) == 4


def test_other_hosts_are_left_alone(web):
    assert opened(web, sitemap("https://elsewhere.example.com/webinars/1", PAGES[0]), "*/webinars/*") == (
        [PAGES[0]],
        [],
    )


def test_addresses_from_before_the_site_moved_are_its_own(web):
    moved = [address.replace("https://", "http://www.") for address in PAGES]
    assert opened(web, sitemap(*moved), "*/webinars/*") == ([PAGES[0], PAGES[2]], [])


def test_one_that_cannot_be_fetched_costs_no_other(web):
    web.get(f"{SITE}/gone.xml", status=404)
    web.get(f"{SITE}/b.xml", body=sitemap(PAGES[0]))
    keys, codes = opened(
        web, sitemap(f"{SITE}/gone.xml", f"{SITE}/b.xml", kind="sitemapindex"), "*/webinars/*"
    )
    assert keys == [PAGES[0]]
    assert len(codes) == 1


@pytest.mark.parametrize(
    "body",
    [
        '<?xml version="1.0"?><!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>',
        "<urlset>" + "<url>" * 100_000,
        gzip.compress(b"<urlset>" + b" " * 50_000_000),
    ],
)
def test_a_hostile_one_gives_nothing(web, body):
    assert opened(web, body, "*")[0] in ([], [f"{SITE}/sitemap.xml"])


def test_a_list_of_lists_of_lists_is_followed_so_far_and_no_farther(web):
    """Each sitemap lists the next, and the last is never reached."""
    asked = []

    def next_one(request):
        asked.append(request.url)
        return 200, {}, sitemap(f"{SITE}/map/{len(asked)}.xml", kind="sitemapindex")

    web.add_callback("GET", re.compile(rf"{SITE}/map/"), next_one)
    assert opened(web, sitemap(f"{SITE}/map/0.xml", kind="sitemapindex"), "*") == ([], ["sitemap-deep"])
    assert len(asked) < 10
