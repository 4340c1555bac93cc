"""Whoever is named beside people in public roles has none by that."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord

RECORD = "# Webinar 1: Boats\n\n6 May 2020, 10:00-11:00\n\n"


def record(below: str, file: str = "record.md") -> SessionRecord:
    (found,) = read((RECORD + below).encode(), file=file)
    return found


def names(found: SessionRecord) -> list[str]:
    return [person.name for person in found.people]


@pytest.mark.parametrize(
    "speakers",
    [
        "Speaker: Orla Sandpiper",
        "Speakers: Orla Sandpiper",
        "Speakers:\n\nOrla Sandpiper, Analyst, Reef Observatory",
    ],
)
@pytest.mark.parametrize(
    "beside",
    [
        "> Habib Chebat: We never saw the budget before today.",
        "> We never saw the budget.\n>\n> Habib Chebat, Farmer",
        "<blockquote><p>We never saw it.</p><p>Habib Chebat<br>Farmer</p></blockquote>",
        "| Action | Who | By |\n|---|---|---|\n| Send slides | Habib Chebat | 12 May |\n| Book hall | Bo Reef | 13 May |",
        "| Tarea | Responsable | Plazo |\n|---|---|---|\n| Enviar | Habib Chebat | 12 de mayo |",
    ],
)
def test_whom_a_quotation_or_a_table_of_tasks_names_is_no_speaker(speakers: str, beside: str) -> None:
    assert names(record(f"{speakers}\n\n{beside}\n")) == ["Orla Sandpiper"]


def test_a_bare_name_below_the_one_speaker_is_left_out_and_told() -> None:
    found = record("Speaker: Orla Sandpiper\n\nHabib Chebat\n")
    assert names(found) == ["Orla Sandpiper"]
    assert [(problem.code, problem.place) for problem in found.problems] == [("unplaced-line", "line 7")]


@pytest.mark.parametrize(
    "speakers",
    [
        "Speakers: Orla Sandpiper\n\nTulio Marlstone",
        "Speaker:\n\nOrla Sandpiper\n\nTulio Marlstone",
        "Speaker: Orla Sandpiper\n\nTulio Marlstone\n\nAnalyst, Reef Observatory",
        "Speakers:\n\n> Orla Sandpiper, Analyst\n\n> Tulio Marlstone, Analyst",
    ],
)
def test_further_speakers_below_a_label_are_kept(speakers: str) -> None:
    assert names(record(speakers)) == ["Orla Sandpiper", "Tulio Marlstone"]


def test_a_record_that_somebody_passed_on_is_no_quotation() -> None:
    passed_on = "\n".join(
        f"> {line}" for line in (RECORD + "Orla Sandpiper\nAnalyst, Reef Observatory").split("\n")
    )
    (found,) = read(f"Hello, please publish this.\n\n{passed_on}\n".encode(), file="record.md")
    assert (found.title, names(found)) == ("Boats", ["Orla Sandpiper"])
