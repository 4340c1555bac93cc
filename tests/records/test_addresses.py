"""Addresses as people write them into one cell."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records import addresses

ONE, TWO = "https://www.example.org/a,b;c", "https://example.org/2"


@pytest.mark.parametrize("between", [" ", "\n", ", ", "; ", ",", ";", " ;\r\n "])
def test_two_addresses_of_one_cell_are_told_apart(between: str) -> None:
    assert addresses.several(f"{ONE}{between}{TWO}") == [ONE, TWO]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("www.example.org/x", ["https://www.example.org/x"]),
        ("WWW.example.org,www.example.org/2", ["https://WWW.example.org", "https://www.example.org/2"]),
        (f"{TWO} {TWO}", [TWO]),
        ("", []),
        ("see our office", ["see", "our", "office"]),
    ],
)
def test_what_else_a_cell_may_hold(text: str, found: list[str]) -> None:
    assert addresses.several(text) == found
