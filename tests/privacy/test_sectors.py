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
        ("Min. of Education", "public-service"),
        ("Gob. de Belice", "public-service"),
        ("Dept. of Tides", "public-service"),
        ("Univ. de Belice", "education"),
        ("Reef Sec. School", "education"),
        ("Asoc. de Maestros", "civil-society"),
        ("Ministry of Tides / Reef College", "unknown"),
        ("Dept. of Tides, University of the Reef", "unknown"),
        ("Lagoon", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_sector_is_told_only_where_it_is_plain(affiliation: str, sector: str) -> None:
    assert sector_of(affiliation) == sector
