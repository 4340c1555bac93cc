"""Pages that have not changed are neither sent nor read again; what is not in order is."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from ckan import model
from ckan.tests import factories
from ckanext.opengovbelize.model import Page
from ckanext.opengovbelize.runs import keys, pipeline
from ckanext.opengovbelize.sources import archives

from ..soak.servers import Site
from .conftest import Portal, record, serving
from .test_preview import ADDING, look
from .test_preview import SAMPLES as FORMATS

pytestmark = [pytest.mark.server]

RECORDS = {f"{number}.md": record(number) for number in (1, 2, 3)}

CAPTIONS = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Ana Invented>Welcome to the harbour.\n"


@pytest.fixture
def site(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A web site with records."""
    with serving(RECORDS, ckan_config, monkeypatch) as made:
        yield made


def counts(report: dict[str, Any]) -> dict[str, int]:
    return {outcome: number for outcome, number in report["counts"].items() if number}


def archive(pages: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for name, text in pages.items():
            made.writestr(zipfile.ZipInfo(name), text)
    return data.getvalue()


def sent(site: Site) -> dict[str, int]:
    """Return which records were sent since the last look."""
    found = {name: number for name, number in site.sent.items() if name}
    site.sent.clear()
    return found


def test_a_page_that_has_not_changed_is_not_read(portal: Portal, site: Site, monkeypatch: Any) -> None:
    source_id = portal.source(site.url)
    portal.run(source_id)
    assert sent(site) == {"1.md": 1, "2.md": 1, "3.md": 1}
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "read", None)
        report = portal.run(source_id)
    assert (counts(report), sent(site)) == ({"unchanged": 3}, {})
    assert [row["name"] for row in report["records"]] == [f"harbour-2025-{number}" for number in (1, 2, 3)]


def test_a_text_that_was_too_long_is_read_once_the_operator_raises_the_limit(
    portal: Portal, site: Site, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.max_record_characters", 50)
    source_id = portal.source(site.url)
    report = portal.run(source_id)
    assert counts(report) == {"rejected": 3}
    assert [row["reasons"] for row in report["records"]] == [["text-too-long"]] * 3

    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.max_record_characters", 5_000)
    assert counts(portal.run(source_id)) == {"added": 3}


def test_every_kind_of_file_becomes_what_its_preview_shows_and_is_not_sent_again(
    portal: Portal, site: Site
) -> None:
    site.pages = {path.name: path.read_bytes() for path in FORMATS if path.name not in ADDING}
    first: dict[str, dict[str, Any]] = {}
    for name in site.pages:
        # Each of a program of its own, so that none is matched with another's sessions.
        editors = [{"name": portal.editor["name"], "capacity": "editor"}]
        portal.organization = factories.Organization(users=editors)
        address = site.url + name
        # By itself it is taken for a repository, and asked for its list.
        config = {"format": "oai-dc"} if name == "oai-dc.xml" else {}
        found = look(portal, address, json.dumps(config))["records"]
        sent(site)
        report = portal.run(portal.source(address, f"source-of-{name.replace('.', '-')}", **config))
        shown = sorted((row["outcome"], row["name"]) for row in found)
        assert sorted((row["outcome"], row["name"]) for row in report["records"]) == shown, name
        assert sent(site) == {name: 1}
        first[name] = report

    # The second runs side by side.
    jobs = {name: portal.start(report["source_id"]) for name, report in first.items()}
    portal.finish(next(iter(jobs.values())))
    for name, report in first.items():
        stays = {"unchanged": report["counts"]["added"], "rejected": report["counts"]["rejected"]}
        second = counts(portal.report(jobs[name]))
        assert second == {outcome: number for outcome, number in stays.items() if number}, name
    # What a plan's reports say already is known from the second run on.
    assert sent(site) == {name: 1 for name in first if name.startswith("plan.")}


def test_one_that_has_is_and_one_that_is_gone_is_withdrawn(portal: Portal, site: Site) -> None:
    source_id = portal.source(site.url)
    portal.run(source_id)
    sent(site)
    site.pages = {**RECORDS, "2.md": record(2, objective="To show what is read again.")}
    del site.pages["3.md"]
    report = portal.run(source_id)
    assert counts(report) == {"unchanged": 1, "updated": 1, "withdrawn": 1}
    assert sent(site) == {"2.md": 1}
    assert model.Session.query(Page).filter_by(kind="").count() == 2
    site.pages = dict(RECORDS)
    assert counts(portal.run(source_id)) == {"unchanged": 1, "updated": 2}


def test_what_is_rejected_for_what_it_says_is_told_again_and_not_read(portal: Portal, site: Site) -> None:
    site.pages = {**RECORDS, "broken.md": ""}
    source_id = portal.source(site.url)
    told = []
    for times in (1, 0, 0):
        report = portal.run(source_id)
        assert sent(site).get("broken.md", 0) == times
        told.append([row for row in report["records"] if row["outcome"] == "rejected"])
    assert [row["reasons"] for row in told[0]] == [["file-empty"]]
    assert told[0] == told[1] == told[2]
    site.pages = {**RECORDS, "broken.md": record(4)}
    assert counts(portal.run(source_id)) == {"unchanged": 3, "added": 1}


def test_what_is_rejected_keeps_public_what_it_said_before(portal: Portal, site: Site) -> None:
    source_id = portal.source(site.url)
    portal.run(source_id)
    site.pages = {**RECORDS, "3.md": ""}
    for _ in range(2):
        assert counts(portal.run(source_id)) == {"unchanged": 2, "rejected": 1}
    assert portal.webinar(3)["publication_state"] == "released"


def test_what_the_catalogue_refuses_is_judged_anew(portal: Portal, site: Site) -> None:
    """Captions are refused while their session is not there; that says nothing of the next run."""
    site.pages = {"captions.vtt": CAPTIONS}
    source_id = portal.source(f"{site.url}captions.vtt", series="harbour-2025", session=1)
    assert [row["reasons"] for row in portal.run(source_id)["records"]] == [["session-unknown"]]
    portal.write("1.md", record(1))
    assert counts(portal.run(portal.source(name="the-records"))) == {"added": 1}
    assert "rejected" not in counts(portal.run(source_id))


def test_everything_is_read_where_it_would_be_read_otherwise_now(portal: Portal, site: Site) -> None:
    source_id = portal.source(site.url)
    portal.run(source_id)
    sent(site)
    portal.configure(source_id, site.url, trust=70)
    portal.run(source_id)
    assert set(sent(site)) == set(RECORDS)


def test_what_was_never_published_is_read_again(portal: Portal, site: Site, monkeypatch: Any) -> None:
    """A server's word that nothing has changed says nothing of what became of it here."""
    source_id = portal.source(site.url)

    def fails(*_: Any, **__: Any) -> None:
        raise ValueError

    with monkeypatch.context() as patch:
        patch.setattr("ckanext.opengovbelize.catalogue.pipeline.publish", fails)
        assert portal.run(source_id)["counts"]["rejected"] == 3
    assert counts(portal.run(source_id)) == {"added": 3}


def test_a_source_that_is_one_page_is_asked_so_too(portal: Portal, site: Site) -> None:
    source_id = portal.source(f"{site.url}1.md")
    assert counts(portal.run(source_id)) == {"added": 1}
    assert counts(portal.run(source_id)) == {"unchanged": 1}
    assert site.sent == {"1.md": 1}


@pytest.mark.parametrize("tags", [True, False], ids=["a server that tells", "the same bytes"])
def test_an_archive_that_has_not_changed_is_not_unpacked(
    portal: Portal, site: Site, monkeypatch: Any, tags: bool
) -> None:
    site.tags = tags
    site.pages = {"records.zip": archive({**RECORDS, "broken.md": ""})}
    source_id = portal.source(f"{site.url}records.zip")
    first = portal.run(source_id)
    assert counts(first) == {"added": 3, "rejected": 1}
    sent(site)
    hashed: list[bytes] = []
    content_hash = keys.content_hash

    def hashing(hash_key: bytes, data: bytes, *more: Any) -> str:
        hashed.append(data)
        return content_hash(hash_key, data, *more)

    with monkeypatch.context() as patch:
        patch.setattr(archives, "_unpack", None)
        patch.setattr(keys, "content_hash", hashing)
        report = portal.run(source_id)
    assert hashed == ([] if tags else [site.pages["records.zip"]])
    assert counts(report) == {"unchanged": 3, "rejected": 1}
    assert sent(site) == ({} if tags else {"records.zip": 1})
    assert [row["label"] for row in report["records"]] == [row["label"] for row in first["records"]]
    changed = {**RECORDS, "2.md": record(2, objective="To show what is read again.")}
    del changed["3.md"]
    site.pages = {"records.zip": archive(changed)}
    assert counts(portal.run(source_id)) == {"unchanged": 1, "updated": 1, "withdrawn": 1}
    portal.configure(source_id, f"{site.url}records.zip", include="1.md", shrink_percent=100)
    assert counts(portal.run(source_id)) == {"unchanged": 1, "withdrawn": 1}
