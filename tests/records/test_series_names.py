"""Series by the phrases with which records name them."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records import series_names


@pytest.mark.parametrize(
    ("phrase", "slug", "title"),
    [
        (
            "For interested participants of the Open Government Belize ecosystem",
            "ecosystem-2020",
            "Ecosystem series",
        ),
        ("ECOSYSTEM SERIES", "ecosystem-2020", "Ecosystem series"),
        ("Ecosystem webinar series 2020", "ecosystem-2020", "Ecosystem webinar series 2020"),
        ("Steering Committee series", "steering-committee-2020", "Steering Committee series"),
        ("Serie de práctica", "practica-2020", "Serie de práctica"),
        (
            "Para participantes interesados del ecosistema de Gobierno Abierto de Belice",
            "ecosistema-2020",
            "Serie Ecosistema",
        ),
        ("Open Data Practice Series", "open-data-practice-2020", "Open Data Practice Series"),
        ("Webinar series", "series-2020", "Webinar series"),
    ],
)
def test_names_made_from_a_phrase(phrase: str, slug: str, title: str) -> None:
    assert series_names.slug(phrase, 2020) == slug
    assert series_names.title(phrase) == title


def test_phrases_that_mean_one_series_have_one_key() -> None:
    phrases = (
        "Ecosystem series",
        "For interested participants of the Open Government Belize ecosystem",
        "the  ECOSYSTEM webinars (2020)",
        "Ecosystem webinar 3",
        "Open government ecosystem",
    )
    assert {series_names.key(phrase) for phrase in phrases} == {"ecosystem"}
    assert series_names.key("Práctica") == series_names.key("serie de practica")
    assert series_names.key("Steering Committee series") != series_names.key("Ecosystem series")
