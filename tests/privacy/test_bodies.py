"""Who organises a session, pays for it or helps is published where it is an institution."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ckanext.opengovbelize.records.drafts import Draft


@pytest.mark.parametrize("field", ["organisers", "funders"])
@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("Orlena Bridges; Town Council of Dangriga", "Town Council of Dangriga"),
        ("Mr. Augustine Bleak and the Lagoon Trust", "the Lagoon Trust"),
        ("Reef Keepers, BRIDGES, Orlena & Basil Bridges", "Reef Keepers"),
        ("Reef Keepers (contact: Orlena Bridges) - Basil Bridges", "Reef Keepers"),
        ("BRIDGES, Maria; Reef Keepers", "Reef Keepers"),
        ("Meadows, Penny; Reef Keepers", "Reef Keepers"),
        ("Maya Pond, Reef Keepers", "Reef Keepers"),
        ("Reef Keepers; Hosted by Maya Pond's restaurant", "Reef Keepers"),
        (
            "Reef Office; Grant Thornton; Maya Mountain Trust",
            "Reef Office; Grant Thornton; Maya Mountain Trust",
        ),
        ("Victoria, Esperanza; Reef Office", "Victoria, Esperanza; Reef Office"),
        ("Gordon and Coral Reef Foundation", "Coral Reef Foundation"),
        ("Gordon and Betty Reedbank Foundation", "Gordon and Betty Reedbank Foundation"),
        ("O. Bridges / Co-op Office & Orlena Bridges", "Co-op Office"),
        ("Solana Reedwater; Reef Keepers", "Solana Reedwater; Reef Keepers"),
        (
            "Ministry of Health, Wellness and Family Affairs; Open Knowledge & Save the Children",
            "Ministry of Health, Wellness and Family Affairs; Open Knowledge & Save the Children",
        ),
        ("A Rocha Belize | Ya'axché Conservation Trust", "A Rocha Belize | Ya'axché Conservation Trust"),
    ],
)
def test_a_person_among_institutions_is_left_out(
    screened: Callable[..., Draft], field: str, stated: str, kept: str
) -> None:
    draft = screened(**{field: stated})
    assert draft.fields[field] == kept
    assert ("organiser-unclear" in [problem.code for problem in draft.problems]) == (kept != stated)


def test_who_stands_among_institutions_is_withheld_everywhere(screened: Callable[..., Draft]) -> None:
    draft = screened(
        funders="orlena bridges", introduction="Ask Orlena Bridges.", places={"funders": "line 4"}
    )
    assert "funders" not in draft.fields
    assert draft.fields["notes"] == "Ask [withheld]."
    assert ("organiser-unclear", "line 4", "funders") in [(p.code, p.place, p.field) for p in draft.problems]
