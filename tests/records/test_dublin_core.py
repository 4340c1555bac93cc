"""Dublin Core: which records of a repository are sessions, and what is left out of them."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord

from .contract import Contract, Given, published

DC = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">{}</oai_dc:dc>'
)
GOOD = {
    "title": "Session 1: Boats",
    "type": "Event",
    "date": "2020-05-07T10:30:00-06:00/2020-05-07T12:00:00-06:00",
}


def record(**said: str | list[str]) -> SessionRecord:
    values = {**GOOD, **said}
    pairs = [
        (name, each)
        for name, value in values.items()
        for each in ([value] if isinstance(value, str) else value)
    ]
    body = "".join(f"<dc:{name}>{escape(value)}</dc:{name}>" for name, value in pairs)
    (found,) = read(DC.format(body).encode(), file="record.xml")
    return found


def reasons(found: SessionRecord) -> list[str]:
    return [problem.code for problem in found.problems if problem.rejects]


class TestContract(Contract):
    file = "records.xml"
    form = "oai-dc"

    def sessions(self, given: list[Given]) -> bytes:
        records = "".join(
            "<record><header><identifier>x</identifier></header><metadata>"
            + DC.format(
                f"<dc:identifier>boats-{one.number}</dc:identifier><dc:type>Event</dc:type>"
                f"<dc:title>{escape(f'Session {one.number}: {one.title}' if one.title else '')}</dc:title>"
                f"<dc:date>{one.start}/{one.end}</dc:date><dc:description>{escape(one.text)}</dc:description>"
                f"<dc:coverage>{escape(one.place)}</dc:coverage>"
            )
            + "</metadata></record>"
            for one in given
        )
        return f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{records}</ListRecords></OAI-PMH>'.encode()


@pytest.mark.parametrize(
    "kind",
    [
        "Event",
        "http://purl.org/dc/dcmitype/Event",
        "Webinar",
        "info:eu-repo/semantics/lecture",
        "Taller",
        "InteractiveEvent",
    ],
)
def test_what_says_to_be_an_event_is_a_session(kind):
    assert reasons(record(type=["Text", kind])) == []


@pytest.mark.parametrize(
    "kind", ["Text", "conferenceObject", "info:eu-repo/semantics/conferencePaper", "Workshop paper", ""]
)
def test_anything_else_is_not_and_says_why(kind):
    assert reasons(record(type=kind)) == ["not-a-session"]


def test_times_places_and_materials():
    found = record(
        coverage="Reef House, Dangriga",
        identifier=["https://repository.example.org/41", "doi:10.1/2"],
        relation=["https://repository.example.org/41/slides.pdf", "Reef series"],
        language="spa",
    )
    assert found.start and found.end and found.end.isoformat() == "2020-05-07T12:00:00-06:00"
    assert (found.number, found.title, found.locality) == (1, "Boats", "Dangriga")
    assert found.address == "https://repository.example.org/41"
    assert [material.kind for material in found.materials] == ["presentation"]
    assert (found.series, found.languages) == ("Reef series", ["es"])


def test_a_bare_day_stays_a_day():
    found = record(date="2020-05-07")
    assert (found.start, found.date_as_stated) == (None, "2020-05-07")


@pytest.mark.parametrize(
    ("dates", "reason"),
    [
        (["2020-05-07T10:30:00-06:00", "2020-05-07"], []),
        (["2020-05-07", "2020-06-01T09:00:00Z"], ["date-ambiguous"]),
        ("2020", ["date-missing"]),
        ([], ["date-missing"]),
        ("2020-13-45", ["date-missing"]),
    ],
)
def test_days_of_deposit_are_never_taken_for_the_sessions(dates, reason):
    assert reasons(record(date=dates)) == reason


def test_nobody_is_taken_from_creators():
    found = record(
        creator="Quillfeather, Zenobia", contributor="Quillfeather, Zenobia", publisher="Zenobia Quillfeather"
    )
    assert found.people == []
    assert "Quillfeather" not in published(found)


def test_the_sample():
    first, second = read(Path("samples/formats/oai-dc.xml").read_bytes(), file="oai-dc.xml")
    assert (first.title, first.series, first.invented, reasons(first)) == (
        "Who counts the fish?",
        "Reef series",
        True,
        [],
    )
    assert reasons(second) == ["not-a-session"]


def test_no_text_tells_who_made_it():
    found = record(creator="Sample, Ana", contributor="Orla Reef (Moderator)", description="By Ana Sample.")
    assert found.others == ["Ana Sample", "Orla Reef"]


@pytest.mark.parametrize(
    "body", ['<error code="noRecordsMatch">none</error>', '<record><header status="deleted"/></record>']
)
def test_an_answer_without_a_record_is_not_called_damaged(body):
    answer = f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{body}</OAI-PMH>'
    (found,) = read(answer.encode(), file="answer.xml")
    assert reasons(found) == ["answer-empty"]


@pytest.mark.parametrize(("token", "told"), [("next-part", ["export-incomplete"]), ("", [])])
def test_one_part_of_an_answer_is_told_to_be_one(token, told):
    body = DC.format("".join(f"<dc:{name}>{value}</dc:{name}>" for name, value in GOOD.items()))
    answer = (
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header/>'
        f"<metadata>{body}</metadata></record><resumptionToken>{token}</resumptionToken></ListRecords></OAI-PMH>"
    )
    (found,) = read(answer.encode(), file="answer.xml")
    assert [problem.code for problem in found.problems] == told
    assert "next-part" not in published(found)
