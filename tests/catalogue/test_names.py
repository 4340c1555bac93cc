"""Addresses of datasets are such as CKAN takes."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.catalogue import names


@pytest.mark.parametrize(
    ("title", "date", "address"),
    [
        ("Mending nets", "2020-05-14", "mending-nets-2020-05-14"),
        ("Mending nets", "", "mending-nets"),
        ("7", "", "webinar-7"),
        ("¿?", "2020-05-14", "webinar-2020-05-14"),
    ],
)
def test_a_webinar_without_number_goes_by_its_title_and_date(title: str, date: str, address: str) -> None:
    assert names.of_title(title, date) == address
