"""A phrase is found however it is written, and nothing else is."""

from __future__ import annotations

import json

import pytest
from ckanext.opengovbelize.logic.erase.phrase import Phrase, TooVague
from hypothesis import given
from hypothesis import strategies as st

NAME = "Añelí Xocolkan"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thanks to Añelí Xocolkan for all.", "Thanks to [erased] for all."),
        ("AÑELÍ  XOCOLKAN\nagain", "[erased]\nagain"),
        ("aneli xocolkan", "[erased]"),
        ("Añelí-Xocolkan, AñelíXocolkan", "[erased], [erased]"),
        ("A ñ e l í  X o c o l k a n", "[erased]"),
        ("An\u0303eli\u0301 Xocolkan", "[erased]"),
        ("Ａñｅｌí Xocolkan", "[erased]"),
        ("A&ntilde;el&#237; Xocolkan, so", "[erased], so"),
        ("https://example.org/?q=A%C3%B1el%C3%AD%20Xocolkan&p=2", "https://example.org/?q=erased&p=2"),
        ("https://example.org/?q=aneli+xocolkan", "https://example.org/?q=erased"),
        ("aneli-xocolkan-2020", "erased-2020"),
        ("aneli_xocolkan@example.org", "erased@example.org"),
        ("Añelí and Xocolkan", "Añelí and Xocolkan"),
        ("Añelí Xocolkanda", "Añelí Xocolkanda"),
    ],
)
def test_found_in_any_writing(text: str, expected: str) -> None:
    assert Phrase(NAME).replace(text)[0] == expected


def test_found_in_json_and_in_json_inside_json() -> None:
    value = {"a": [1, None, "x Aneli Xocolkan"], "ANELI XOCOLKAN": True, "text": json.dumps({"deep": NAME})}
    changed, count = Phrase(NAME).replace(value)
    assert count == 3
    assert changed == {"a": [1, None, "x [erased]"], "[erased]": True, "text": '{"deep": "[erased]"}'}


def test_broken_json_is_text() -> None:
    assert Phrase(NAME).replace('{"a": "A\\u00f1el\\u00ed Xocolkan"') == ('{"a": "[erased]"', 1)


@pytest.mark.parametrize("text", ["", "  ", "Añe", "a.b", "webinar", "Gobierno", "{}"])
def test_refuses_what_would_damage_other_texts(text: str) -> None:
    with pytest.raises(TooVague) as refused:
        Phrase(text)
    assert "Give more of it" in str(refused.value)


def test_refusal_does_not_repeat_the_text() -> None:
    with pytest.raises(TooVague) as refused:
        Phrase("participation")
    assert "participation" not in str(refused.value)


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_is_left_and_nothing_else_is_touched(before: str, after: str) -> None:
    phrase = Phrase(NAME)
    changed, count = phrase.replace(f"{before} | {NAME} | {after}")
    assert count >= 1
    assert not phrase.holds(changed)
    if not phrase.holds(before) and not phrase.holds(after) and "@" not in before + after:
        assert changed in (f"{before} | [erased] | {after}", f"{before} | erased | {after}")


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=10,
    )
)
def test_a_value_without_it_stays_as_it_is(value: object) -> None:
    changed, count = Phrase(NAME).replace(value)
    assert (changed, count) == (value, 0)
