from __future__ import annotations

import pytest
from ckanext.opengovbelize.privacy.names import cast_of
from ckanext.opengovbelize.records.session import Person

from .conftest import make_record


@pytest.mark.parametrize(
    ("display", "institution"),
    [
        ("Solana Reedwater", "Office of Statistics of Coralia"),
        ("SOLANA REEDWÁTER 2", "Office of Statistics of Coralia"),
        ("Reedwater, Solana", "Office of Statistics of Coralia"),
        ("Dr. Solana Reedwater (OSC)", "Office of Statistics of Coralia"),
        ("Solana Reedwater - OSC/Coralia", "Office of Statistics of Coralia"),
        ("Solana Reedwater's iPhone", "Office of Statistics of Coralia"),
        ("OSC CORALIA", "Office of Statistics of Coralia"),
        ("Wren Halcyon [Trust]", "Sample Trust"),
    ],
)
def test_a_display_name_that_is_a_public_person_or_institution(display: str, institution: str) -> None:
    cast = cast_of(make_record((display, "The budget is published in March")))
    assert cast.institutions[next(iter(cast.asker_words))] == institution


@pytest.mark.parametrize("display", ["Leo Marchbanks", "Leontyne Marchbanks", "Leontyne Leo Marchbanks"])
def test_a_nickname_that_the_record_states_is_the_persons(display: str) -> None:
    record = make_record((display, "The budget is published in March"))
    record.people.append(Person("speaker", 'Dr. Leontyne "Leo" Marchbanks', affiliation="Sample Centre"))
    assert cast_of(record).institutions == {display.lower(): "Sample Centre"}
    assert not cast_of(make_record(("Leo", "The budget is published in March"))).institutions


@pytest.mark.parametrize(
    "display",
    [
        "Solana",
        "Reedwater",
        "Halcyon",
        "Solana Waterlillo",
        "Solana Maria Reedwater",
        "Solana Reedwater [Galen Club]",
        "Coralia",
        "Statistics",
        "Open Government",
        "Host",
        "",
    ],
)
def test_a_display_name_that_proves_nothing(display: str) -> None:
    assert not cast_of(make_record((display, "The budget is published in March"))).institutions
