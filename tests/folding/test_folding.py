from __future__ import annotations

import pytest
from ckanext.opengovbelize.folding import fold, squeeze, tokens
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    "written",
    [
        "José Peñascoral",
        "JOSE  PENASCORAL",
        "Ｊｏｓｅ Peñascoral",
        "Jo\u200bse\u0301 Pen\u0303ascoral",
        "Jоsе Pеñascoral",
    ],
    ids=["accents", "capitals and spaces", "wide", "invisible and combining", "Cyrillic look-alikes"],
)
def test_spellings_of_one_name_are_one(written: str) -> None:
    assert fold(written) == "jose penascoral"


def test_squeezing_takes_away_spaces_and_punctuation() -> None:
    assert squeeze("P. e-n a_s") == "penas"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_tokens_stand_where_they_say(text: str) -> None:
    for token in tokens(text):
        assert text[token.start : token.end] == token.original
        assert token.folded in fold(token.original)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_is_folded_as_any_other(text: str) -> None:
    # An accent at the end sends the same text the long way.
    assert fold(f"{text}é") == f"{fold(f'{text}e')}"
    assert len(tokens(text)) == len(tokens(f"{text} é")) - 1
