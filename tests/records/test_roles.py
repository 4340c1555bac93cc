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
        (
            "La moderadora fue la Lic. Orla Sandpiper, Directora de Datos, Reef Office.",
            [("facilitator", "Lic. Orla Sandpiper", "Directora de Datos")],
        ),
        ("Towns publish budgets.\nOur speaker is Orla Sandpiper.", [("speaker", "Orla Sandpiper", "")]),
        ("The host was Hon. Orla Sandpiper.", [("host", "Hon. Orla Sandpiper", "")]),
        ("La moderadora fue Orla Sandpiper y la sala se llenó.", []),
        ("Last year the speaker was Quilla Zorn.", []),
        ("At the last webinar many came. The speaker was Quilla Zorn.", []),
        ("At the first webinar our moderator was Quilla Zorn.", []),
        ("El año pasado la moderadora fue Quilla Zorn.", []),
        ("The presenter was Quilla Zorn last time, and she will not come.", []),
        ("The speaker was Quilla Zorn, Director of Data, last time.", []),
        ("The chair is Quilla Zorn of the Reef Club, who did not come.", []),
        ("The chair is Quilla Zorn, Director of Data, who did not come.", []),
        ("The speaker was Quilla Zorn, as ever.", []),
        ("The speaker was Quilla Zorn, with Ana Coral, Director of Data.", []),
        ("The host was Quilla Zorn's cousin Pia Coral.", []),
        ("The speaker is Quilla Zorn's.", []),
        ("The session was moderated by Quilla Zorn's cousin.", []),
        ("The speaker is Quilla Zorn's former student.", []),
        ("The main host is Coral Watch.", []),
        ("The speaker was asked by Ana Coral.", []),
        ("We study a report presented by Juan Pérez.", []),
        ("This webinar on projects led by Maria Lopez is about boats.", []),
        ("Hon. Maria Lopez, Minister of Education, will be there.", []),
        ("The session is hosted by Reef College.", []),
        ("All three webinars of this series were led by Ana Coral.", [("facilitator", "Ana Coral", "")]),
        ("The earlier sessions were led by Quilla Zorn, Clerk.", []),
        ("The last session was led by Quilla Zorn, Clerk.", []),
        ("Breakout sessions were moderated by Quilla Zorn.", []),
        ("The classes that my daughter took were taught by Quilla Zorn, Teacher.", []),
        ("Consultation events in 2019 were planned and were hosted by Quilla Zorn.", []),
    ],
)
def test_who_has_a_role_by_a_sentence(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(person.role, person.name, person.position) for person in given(text)] == found
