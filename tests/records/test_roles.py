"""Sentences that give somebody a role in the session, and those that only mention somebody."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records.roles import given


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The session is opened by Hon. Maria Lopez, Minister of Education, and moderated by Orla Sandpiper.",
            [("host", "Hon. Maria Lopez", "Minister of Education"), ("facilitator", "Orla Sandpiper", "")],
        ),
        ("Hosted by Ana Coral in Belmopan.", [("host", "Ana Coral", "")]),
        (
            "La sesión será moderada por la Lic. Ana Coral, Directora de Datos.",
            [("facilitator", "Lic. Ana Coral", "Directora de Datos")],
        ),
        (
            "The presenter was Ms. Ana Coral, Director of Data. The moderators were late.",
            [("speaker", "Ana Coral", "Director of Data")],
        ),
        ("La moderadora fue Orla Sandpiper y la sala se llenó.", [("facilitator", "Orla Sandpiper", "")]),
        ("The speaker was asked by Ana Coral.", []),
        ("We study a report presented by Juan Pérez.", []),
        ("This webinar on projects led by Maria Lopez is about boats.", []),
        ("Hon. Maria Lopez, Minister of Education, will be there.", []),
        ("The session is hosted by Reef College.", []),
    ],
)
def test_who_has_a_role_by_a_sentence(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(person.role, person.name, person.position) for person in given(text)] == found
