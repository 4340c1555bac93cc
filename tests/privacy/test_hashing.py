from __future__ import annotations

import pytest
from ckanext.opengovbelize.privacy.hashing import contains_erased, erased_spans, keyed_hash, phrase_hash

KEY = b"only for tests"
ERASED = frozenset({phrase_hash(KEY, "Tavaro Peñascoral")})


def test_a_hash_depends_on_the_key_and_not_on_case_accents_or_spaces() -> None:
    assert keyed_hash(KEY, "Qué  datos") == keyed_hash(KEY, "que datos")
    assert keyed_hash(KEY, "que datos") != keyed_hash(b"another key", "que datos")


@pytest.mark.parametrize(
    "text",
    [
        "Tavaro Peñascoral asked",
        "asked by TAVARO\nPENASCORAL.",
        "write to tavaro.penascoral@example.org",
        "TavaroPeñascoral",
        "T a v a r o Penascoral",
        "«Tavaro» (Peñascoral)",
    ],
)
def test_an_erased_phrase_is_found_however_it_is_written(text: str) -> None:
    assert contains_erased(text, ERASED, KEY)


@pytest.mark.parametrize("text", ["", "Tavaro asked", "Peñascoral, Tavaro", "Tavaro and Peñascoral"])
def test_other_texts_are_not_erased(text: str) -> None:
    assert not contains_erased(text, ERASED, KEY)


def test_spans_are_those_of_the_original_text() -> None:
    text = "said Távaro  Penascoral: yes"
    assert [text[start:end] for start, end in erased_spans(text, ERASED, KEY)] == ["Távaro  Penascoral"]
