from __future__ import annotations

import pytest
from ckanext.opengovbelize.catalogue.coding import coded
from ckanext.opengovbelize.records.drafts import Draft

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins")]


def test_words_of_a_vocabulary_become_codes_in_either_language() -> None:
    draft = coded(Draft("a.md", fields={"topics": ["Anti-Corruption", "educación", "education"]}))
    assert draft.fields["topics"] == ["anti-corruption", "education"]
    assert draft.problems == []


def test_an_unknown_word_is_left_out_and_reported_without_repeating_it() -> None:
    draft = coded(Draft("a.md", fields={"title": "Reading a map", "topics": ["Underwater chess"]}))
    assert draft.fields == {"title": "Reading a map"}
    assert [(problem.code, problem.field, problem.rejects) for problem in draft.problems] == [
        ("choice-unknown", "topics", False)
    ]
    assert "chess" not in draft.problems[0].message


def test_codes_stay_codes() -> None:
    fields = {"mode": "hybrid", "district": "BZ-CY", "language": ["bzj"], "status": "held"}
    assert coded(Draft("a.md", fields=dict(fields))).fields == fields
