"""By which names a message introduces somebody."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.privacy.introductions import introduced_names


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
