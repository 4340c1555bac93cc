"""An address that holds a secret is no address of a source; an ordinary query is."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.sources import SourceConfig, SourceError, secret_addresses

PRIVATE, PUBLIC = SourceConfig(), SourceConfig(public_page=True)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/feed?token=invented",
        "https://example.org/feed?series=1&API_KEY=invented",
        "https://example.org/feed?key=invented",
        "https://example.org/feed?auth=invented1",
        "https://example.org/feed?access_token=invented",
        "https://example.org/feed?private_token=invented",
        "https://example.org/calendar/export_execute.php?userid=7&authtoken=invented",
        "https://example.org/feed?subscription-key=invented",
        "https://example.org/feed?authkey=invented",
        "https://drive.example.com/download?resid=1&authkey=1&token=invented",
        "https://example.org/feed?Password=invented",
        "https://example.org/feed?%74oken=invented",
        "https://example.org/feed?a=1;token=invented",
        "https://example.org/feed;jsessionid=1A2B3C?a=1",
        "https://example.org/#access_token=invented",
        "https://example.org/#/records?token=invented",
        "https://proxy.example.org/?url=https%3A%2F%2Fexample.org%2Ffeed%3Ftoken%3Dinvented",
        "webcal://example.org/office.ics?token=invented",
        "https://example.org/b/1.pdf?X-Amz-Credential=invented&X-Amz-Signature=invented",
        "https://example.org/b/1.pdf?sv=2024-01-01&se=2027-01-01&sig=invented%3D",
        "https://example.org/b/1.pdf?GoogleAccessId=a&Expires=1&Signature=invented",
        "https://example.org/api/records?code=aB3dE6gH9jK2mN5pQ8sT1vW4==",
        "https://example.org/records?t=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJpbnYifQ.invented",
    ],
)
def test_a_key_in_an_address_is_refused_with_where_it_belongs(address: str) -> None:
    with pytest.raises(SourceError) as refused:
        secret_addresses.check(address, PRIVATE)
    problem = refused.value.problem
    assert problem.code == "address-secret"
    assert '{"credentials": "NAME"}' in problem.message
    assert "invented" not in str(problem)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/feed?series=1",
        "https://example.org/feed?series=2&lang=es&page=3",
        "https://example.org/search?q=password+policy&keyword=tokens",
        "https://example.org/records?author=harbour&sort=session&name=tides&user=office",
        "https://example.org/records?code=BZ-CY&id=3f9a1c52-8c1e-4b7e-9f62-0d7c1b2a3e4f",
        "https://example.org/records?key=12",
        "https://example.org/records?token=&series=1",
        "https://example.org/oai?verb=ListRecords&resumptionToken=abc123&metadataPrefix=oai_dc",
        "https://example.org/list?nextPageToken=CAUQAA",
        "https://example.org/design?significance=high&passage=3&monkey=no",
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCinventedInvented12345",
        "https://example.org/calendar?cid=office%40example.org",
        "https://example.org/token/secret/1.html",
        "https://drive.example.com/download?resid=0A1B2C%21105&authkey=%21AbCdInvented",
        "https://share.example.com/scl/fi/invented/session-1.docx?rlkey=invented&dl=1",
        "file:///srv/records/a?token=1",
    ],
)
def test_an_ordinary_address_is_taken(address: str) -> None:
    secret_addresses.check(address, PUBLIC)


@pytest.mark.parametrize(
    "address",
    [
        "https://calendar.example.com/calendar/ical/office%40example.org/private-0a1b2c3d4e5f/basic.ics",
        "https://outlook.example.com/owa/calendar/0a1b2c3d4e5f60718293a4b5c6d7e8f9@example.org/0a1b2c3d4e5f60718293/calendar.ics",
        "https://outlook.example.com/owa/calendar/00000000-0000-0000-0000-0000000000a1/cid-1/calendar.ics",
        "webcal://p01.example.com/published/2/AbCd1234EfGh5678IjKl",
    ],
)
def test_the_secret_address_of_a_calendar_is_taken_and_never_published(address: str) -> None:
    """Calendars have no other way to let a program in, and only editors see the address of a source."""
    secret_addresses.check(address, PRIVATE)
    with pytest.raises(SourceError) as refused:
        secret_addresses.check(address, PUBLIC)
    assert refused.value.problem.code == "address-secret-public"
    assert "public_page" in refused.value.problem.message


@pytest.mark.parametrize(
    "address",
    [
        "https://calendar.example.com/calendar/ical/office%40example.org/public/basic.ics",
        "https://example.org/calendars/open-government-2020.ics",
        "https://example.org/records/3f9a1c52-8c1e-4b7e-9f62-0d7c1b2a3e4f",
    ],
)
def test_a_public_calendar_or_page_may_be_published(address: str) -> None:
    secret_addresses.check(address, PUBLIC)
