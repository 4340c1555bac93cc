"""Which addresses are another portal's, and what a portal cannot do to this one."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import responses
from ckanext.opengovbelize.sources import Limits, SourceConfig, SourceError, open_source
from ckanext.opengovbelize.sources.ckan import Site, site_of
from ckanext.opengovbelize.sources.web import Page

HOST = "https://data.example.org"
HOME = (
    '<!doctype html><html><head><meta name="generator" content="ckan 2.10.4"></head>'
    '<body data-site-root="{root}/">{{}}</body></html>'
)


def page(url: str, root: str = "") -> Page:
    return Page(url, HOME.format(root=f"{HOST}{root}").encode(), "text/html")


@pytest.mark.parametrize(
    ("path", "root", "site"),
    [
        ("/", "", Site(HOST)),
        ("/es/", "", Site(HOST)),
        ("/dataset", "", Site(HOST)),
        ("/portal/dataset", "/portal", Site(f"{HOST}/portal")),
        ("/organization/water", "", Site(HOST, organization="water")),
        ("/pt_BR/organization/water", "", Site(HOST, organization="water")),
        ("/webinar", "", Site(HOST, type="webinar")),
        ("/webinar/lagoon-2020-1", "", None),
        ("/dataset/levels", "", None),
        ('/organization/a" OR "b', "", None),
    ],
)
def test_an_address_is_a_portal_a_part_of_it_or_one_page(path, root, site):
    assert site_of(HOST + path, page(HOST + path, root)) == site


def test_a_page_that_was_not_made_by_ckan_is_no_portal():
    assert site_of(HOST, Page(HOST, b'<meta name="generator" content="WordPress">', "text/html")) is None


def test_the_configuration_can_say_so():
    assert site_of(f"{HOST}/data/api/3/action/package_list", None) == Site(f"{HOST}/data")
    assert site_of(f"{HOST}/data", None) == Site(f"{HOST}/data")


class Portal:
    """Answers of an old portal, which takes no notice of ``fl`` and sends whole datasets."""

    def __init__(self, number: int, most: int = 100) -> None:
        self.packages: list[Any] = [
            {
                "id": f"id-{n:04}",
                "name": f"data-{n}",
                "title": f"Data {n}",
                "metadata_modified": "2020",
                "notes": "x" * 500,
            }
            for n in range(number)
        ]
        self.most = most
        self.asked: list[dict[str, str]] = []

    def __call__(self, request: Any) -> tuple[int, dict[str, str], str]:
        params = request.params
        self.asked.append(params)
        wanted = re.findall(r'"(id-\d+)"', params["fq"])
        rows = [each for each in self.packages if each and each["id"] in wanted] if wanted else self.packages
        start = int(params.get("start", 0))
        page = rows[start : start + min(int(params["rows"]), self.most)]
        return 200, {}, json.dumps({"success": True, "result": {"count": len(rows), "results": page}})


@pytest.fixture
def web():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.get(f"{HOST}/", body=HOME.format(root=HOST), content_type="text/html")
        yield mock


def answering(web: Any, portal: Any) -> None:
    web.add_callback("GET", f"{HOST}/api/3/action/package_search", portal)


def test_a_long_list_is_read_page_by_page_and_only_what_is_asked_for_whole(web):
    portal = Portal(250)
    answering(web, portal)
    opened = open_source(f"{HOST}/", SourceConfig(), Limits())
    founds = list(opened.records)
    assert (opened.count, len(founds), len(portal.asked)) == (250, 250, 3)
    assert founds[7].fetch and b"Data 7" in founds[7].fetch().data
    assert len(portal.asked) == 4
    assert all(found.fetch and found.fetch().data for found in founds)
    assert len(portal.asked) < 20


def test_answers_that_are_too_large_are_asked_for_in_smaller_parts(web):
    portal = Portal(90)
    answering(web, portal)
    opened = open_source(f"{HOST}/", SourceConfig(), Limits(max_bytes=20_000))
    assert opened.count == 90
    assert all(found.fetch and found.fetch().data for found in opened.records)


def test_a_list_that_does_not_hold_still_is_refused(web):
    portal = Portal(3)
    web.add_callback(
        "GET",
        f"{HOST}/api/3/action/package_search",
        lambda request: (200, {}, json.dumps({"result": {"count": 5, "results": portal.packages}})),
    )
    with pytest.raises(SourceError) as refused:
        open_source(f"{HOST}/", SourceConfig(), Limits())
    assert refused.value.problem.code == "listing-moved"


@pytest.mark.parametrize(
    "body",
    ["", "<html>", "[]", "{}", '{"result": []}', '{"result": {"count": "9", "results": {}}}', "[" * 50_000],
)
def test_what_is_no_answer_of_a_portal_is_told(web, body):
    web.get(f"{HOST}/api/3/action/package_search", body=body)
    with pytest.raises(SourceError) as refused:
        open_source(f"{HOST}/", SourceConfig(), Limits())
    assert refused.value.problem.code == "api-unreadable"


def test_odd_rows_cost_themselves(web):
    portal = Portal(2)
    portal.packages += [
        None,
        {},
        {"id": 'a" OR "b', "name": "x"},
        {"id": "ok", "name": "map", "type": "geodata"},
    ]
    answering(web, portal)
    opened = open_source(f"{HOST}/", SourceConfig(), Limits())
    results = [found.fetch() for found in opened.records if found.fetch]
    assert [found.label for found in results if not found.problem] == ["dataset/data-0", "dataset/data-1"]
    assert [problem.code for problem in opened.problems] == ["type-skipped"]


def test_a_dataset_that_vanishes_meanwhile_is_kept(web):
    portal = Portal(2)
    answering(web, portal)
    founds = list(open_source(f"{HOST}/", SourceConfig(), Limits()).records)
    portal.packages.pop()
    fetched = [found.fetch() for found in founds if found.fetch]
    assert [found.problem and found.problem.code for found in fetched] == [None, "record-vanished"]
