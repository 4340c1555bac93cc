from __future__ import annotations

import pytest
from ckanext.opengovbelize.privacy.sectors import sector_of


@pytest.mark.parametrize(
    ("affiliation", "sector"),
    [
        ("Ministry of Tides", "public-service"),
        ("Ministerio de Mareas", "public-service"),
        ("Reef College", "education"),
        ("Turtle Watch Society", "civil-society"),
        ("M&M Bakery", "private-sector"),
        ("UNDP", "international"),
        ("Ministry of Tides / Reef College", "unknown"),
        ("Lagoon", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_sector_is_told_only_where_it_is_plain(affiliation: str, sector: str) -> None:
    assert sector_of(affiliation) == sector
