"""What a chat's display name says."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.privacy.display_names import DisplayName


@pytest.mark.parametrize(
    ("display", "name", "affiliations"),
    [
        ("Ana Pech [Reef College]", ("ana", "pech"), ("Reef College",)),
        ("Ana Pech: RC-FST", ("ana", "pech"), ("RC-FST",)),
        ("Ana Pech - Min. Lagoon", ("ana", "pech"), ("Min. Lagoon",)),
        ("Pech, Ana", ("pech", "ana"), ()),
        ("Ministry of Finance - Ana Pech", ("ana", "pech"), ("Ministry of Finance",)),
        ("Ministry of Finance - John", ("john",), ("Ministry of Finance",)),
        ("Ministerio de Salud | Petronel Vask", ("petronel", "vask"), ("Ministerio de Salud",)),
        ("Ministry of Finance - Belize", ("ministry", "finance"), ("Belize",)),
        ("Ministry of Finance - Budget Office", ("ministry", "finance"), ("Budget Office",)),
        ("ANA PECH JR. (REEF COLLEGE)", ("ana", "pech"), ("REEF COLLEGE",)),
    ],
)
def test_a_display_name_taken_apart(
    display: str, name: tuple[str, ...], affiliations: tuple[str, ...]
) -> None:
    assert DisplayName.parse(display) == DisplayName(name, affiliations)
