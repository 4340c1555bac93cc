from __future__ import annotations

import pytest
from ckanext.opengovbelize.privacy.names import DisplayName, cast_of, introduced_names
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


@pytest.mark.parametrize(
    ("display", "name", "affiliations"),
    [
        ("Ana Pech [Reef College]", ("ana", "pech"), ("Reef College",)),
        ("Ana Pech: RC-FST", ("ana", "pech"), ("RC-FST",)),
        ("Ana Pech - Min. Lagoon", ("ana", "pech"), ("Min. Lagoon",)),
        ("Pech, Ana", ("pech", "ana"), ()),
        ("ANA PECH JR. (REEF COLLEGE)", ("ana", "pech"), ("REEF COLLEGE",)),
    ],
)
def test_a_display_name_taken_apart(
    display: str, name: tuple[str, ...], affiliations: tuple[str, ...]
) -> None:
    assert DisplayName.parse(display) == DisplayName(name, affiliations)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hi I am Tavaro Basiliskey, from the club", [("tavaro", "basiliskey")]),
        ("Buenos días, soy Cordalia Tamalitos", [("cordalia", "tamalitos")]),
        ("this is zenobio waterlillo", [("zenobio", "waterlillo")]),
        ("Tavaro here, good morning", [("tavaro",)]),
        ("See the catalogue\n- Tavaro Basiliskey", [("tavaro", "basiliskey")]),
        ("I am the manager of the office", []),
        ("This is Open Government at work", []),
        ("I am happy to be in Belize", []),
    ],
)
def test_names_by_which_somebody_introduces_himself(text: str, names: list[tuple[str, ...]]) -> None:
    assert introduced_names(text) == names
