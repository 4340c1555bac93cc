"""A repository over OAI-PMH: lists in parts, what changed, what is deleted, and answers that are none."""

from __future__ import annotations

from typing import Any

import pytest
import responses
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.sources import Limits, SourceConfig, SourceError, open_source

BASE = "https://repository.example.org/oai"


class Repository:
    """Answers as the protocol's specification has it, two records a part."""

    def __init__(self, *days: str) -> None:
        self.changed = {f"oai:x:{number}": day for number, day in enumerate(days, 1)}
        self.deleted: set[str] = set()
        self.papers: set[str] = set()
        self.asked: list[dict[str, str]] = []

    def __call__(self, request: Any) -> tuple[int, dict[str, str], str]:
        asked = dict(request.params)
        self.asked.append(asked)
        return (
            200,
            {},
            f'<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{self.answer(asked)}</OAI-PMH>',
        )

    def answer(self, asked: dict[str, str]) -> str:
        verb = asked.get("verb", "")
        if verb == "GetRecord":
            return f"<GetRecord>{self.record(asked['identifier'])}</GetRecord>"
        if verb not in ("ListIdentifiers", "ListRecords"):
            return '<error code="badVerb">private words of a server</error>'
        since, _, place = asked.get("resumptionToken", f"{asked.get('from', '')}|0").partition("|")
        chosen = [key for key, day in self.changed.items() if day >= since]
        if not chosen:
            return '<error code="noRecordsMatch"/>'
        part = chosen[int(place) : int(place) + 2]
        give = self.header if verb == "ListIdentifiers" else self.record
        token = f"{since}|{int(place) + 2}" if int(place) + 2 < len(chosen) else ""
        return f"<{verb}>{''.join(map(give, part))}<resumptionToken>{token}</resumptionToken></{verb}>"

    def header(self, key: str) -> str:
        status = ' status="deleted"' if key in self.deleted else ""
        return f"<header{status}><identifier>{key}</identifier><datestamp>{self.changed[key]}</datestamp></header>"

    def record(self, key: str) -> str:
        number = key.rpartition(":")[2]
        return (
            f'<record>{self.header(key)}<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
            f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Session {number}: Boats {number}</dc:title>'
            f"<dc:type>{'Paper' if key in self.papers else 'Event'}</dc:type><dc:date>2020-05-0{number}T10:30:00-06:00</dc:date></oai_dc:dc></metadata></record>"
        )


@pytest.fixture
def web():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def repository(web) -> Repository:
    made = Repository("2020-05-01", "2020-05-02", "2020-05-03", "2020-05-04", "2020-05-05")
    web.add_callback("GET", BASE, made)
    return made


def opened(address: str = BASE, **config: Any):
    return open_source(address, SourceConfig(**config), Limits())


def test_a_list_in_parts_is_read_to_its_end(repository):
    source = opened()
    titles = [
        record.title
        for found in source.records
        if found.fetch
        for record in read(found.fetch().data, file="x")
    ]
    assert (source.count, titles) == (5, [f"Boats {number}" for number in range(1, 6)])
    assert [asked.get("verb") for asked in repository.asked] == [
        None,
        *["ListIdentifiers"] * 3,
        *["ListRecords"] * 3,
    ]


def test_only_what_changed_is_asked_for(repository):
    founds = list(opened().records)
    repository.asked.clear()
    assert founds[3].fetch and founds[4].fetch
    assert founds[3].fetch().data and founds[4].fetch().data
    assert [(asked["verb"], asked.get("from")) for asked in repository.asked] == [
        ("ListRecords", "2020-05-04")
    ]


def test_deleted_records_are_told_from_those_that_are_there(repository):
    repository.deleted = {"oai:x:2"}
    source = opened()
    assert [found.key for found in source.records] == ["oai:x:1", "oai:x:3", "oai:x:4", "oai:x:5"]
    assert source.deleted == {"oai:x:2"}


def test_the_address_may_name_a_set(repository):
    opened(f"{BASE}?verb=ListRecords&metadataPrefix=oai_dc&set=events", format="oai-pmh")
    assert {asked.get("set") for asked in repository.asked if "resumptionToken" not in asked} == {"events"}


def test_a_record_that_vanishes_meanwhile_is_kept(repository):
    found = next(iter(opened().records))
    repository.deleted = {"oai:x:1"}
    repository.record = lambda key: ""
    assert found.fetch
    problem = found.fetch().problem
    assert problem and problem.code == "record-vanished"


def test_a_list_without_end_is_refused(repository, web):
    repository.answer = lambda asked: (
        "<ListIdentifiers><header><identifier>1</identifier><datestamp>2020-01-01</datestamp></header>"
        "<resumptionToken>again</resumptionToken></ListIdentifiers>"
    )
    with pytest.raises(SourceError) as refused:
        opened()
    assert refused.value.problem.code == "listing-endless"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<html>", "api-unreadable"),
        (
            '<OAI-PMH><error code="cannotDisseminateFormat">Zenobia Quillfeather</error></OAI-PMH>',
            "api-refused",
        ),
        ('<!DOCTYPE x [<!ENTITY a "b">]><OAI-PMH>&a;</OAI-PMH>', "api-unreadable"),
        ("<OAI-PMH><ListIdentifiers><header>", "api-unreadable"),
    ],
)
def test_what_is_no_answer_is_told_and_not_repeated(web, body, code):
    web.get(BASE, body=body)
    with pytest.raises(SourceError) as refused:
        opened(format="oai-pmh")
    assert refused.value.problem.code == code
    assert "Quillfeather" not in str(refused.value.problem)


@pytest.mark.parametrize(
    "address",
    [
        "https://site.example.org/oai-dc.xml",
        f"{BASE}?verb=GetRecord&identifier=oai:x:1&metadataPrefix=oai_dc",
    ],
    ids=["a file", "one record"],
)
def test_an_answer_that_somebody_keeps_as_a_file_is_read_as_it_is(web, address: str) -> None:
    made = Repository("2020-05-01")
    web.add_callback("GET", address, lambda request: made(request) if request.params else _of_file(made))
    opened = open_source(address, SourceConfig.from_json("{}"), Limits())
    (found,) = list(opened.records)
    assert [record.title for record in read(found.data, file="oai-dc.xml")] == ["Boats 1"]
    assert [asked.get("verb") for asked in made.asked if asked.get("verb", "").startswith("List")] == []


def _of_file(made: Repository) -> tuple[int, dict[str, str], str]:
    records = made.answer({"verb": "ListRecords"})
    return 200, {}, f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{records}</OAI-PMH>'
