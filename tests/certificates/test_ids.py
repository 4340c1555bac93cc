from __future__ import annotations

import pytest
from ckanext.opengovbelize.certificates import ids
from hypothesis import given
from hypothesis import strategies as st


def test_an_id_has_128_random_bits() -> None:
    made = {ids.new() for _ in range(2000)}
    assert len(made) == 2000
    # Every letter behind the first takes all 32 values.
    for place in (1, 12, 29):
        assert len({id_[place] for id_ in made}) == 32


def test_it_is_found_in_what_people_paste() -> None:
    first, second = ids.new(), ids.new()
    table = f'Name,Certificate\n"Ejemplo, Ana",{first},3 / 3\nSam Sample,{second},3 / 3\n'
    assert ids.find(table) == [first, second]
    assert ids.find(f"{first} {first.lower()}") == [first]


@pytest.mark.parametrize(
    "written",
    [
        "7q2zk-0m4td-xw9ab-3nrpe-51hgvc",
        "7Q2ZK-OM4TD-XW9AB-3NRPE-5IHGVC",
        "7Q2ZK 0M4TD XW9AB 3NRPE 51HGVC",
        "7Q2ZK‑0M4TD–XW9AB-3NRPE-5lHGVC",
    ],
)
def test_however_it_was_typed(written: str) -> None:
    assert ids.find(f"({written}).") == ["7Q2ZK-0M4TD-XW9AB-3NRPE-51HGVC"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8Q2ZK-0M4TD-XW9AB-3NRPE-51HGVC",
        "7Q2ZK-0M4TD-XW9AB-3NRPE-51HGVU",
        "A7Q2ZK-0M4TD-XW9AB-3NRPE-51HGVC",
    ],
)
def test_what_is_none_is_not_found(text: str) -> None:
    assert ids.find(text) == []


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    assert ids.find(text + " 7Q2ZK-0M4TD-XW9AB-3NRPE-51HGVC")[-1:] in (
        [],
        ["7Q2ZK-0M4TD-XW9AB-3NRPE-51HGVC"],
    )
