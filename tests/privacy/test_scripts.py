"""Names in letters without capitals, where the text around them is in Latin letters or there is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ckanext.opengovbelize.privacy.scripts import names_without_capitals
from ckanext.opengovbelize.records.drafts import Draft
from ckanext.opengovbelize.records.session import Person


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The boats were counted by 陈伟明.", ["陈伟明"]),
        ("王小丽", ["王小丽"]),
        ("Home of 김민준, Dangriga", ["김민준"]),
        ("It is told by محمد علي in May.", ["محمد علي"]),
        ("Open data (开放数据) and 公开数据与政府预算", []),
        ("Taiwan (中華民國), 한국 정부", []),
        ("كيف نقرأ الميزانية العامة للدولة معا", []),
        ("Año, niña y garífuna", []),
    ],
)
def test_a_name_stands_by_itself(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in names_without_capitals(text)] == found


def test_it_is_withheld_but_for_whoever_has_a_role(screened: Callable[..., Draft]) -> None:
    text = "The boats were counted by 陈伟明 and 王小丽 in May."
    draft = screened(
        introduction=text, organisers="Reef Office; 陈伟明", people=[Person("speaker", "王小丽")]
    )
    assert draft.fields["notes"] == "The boats were counted by [withheld] and 王小丽 in May."
    assert draft.fields["organisers"] == "Reef Office"
