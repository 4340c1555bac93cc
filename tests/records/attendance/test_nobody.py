"""A file without anybody in it is told: nobody is to take it for a session to which nobody came."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records.attendance.reading import read


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"Name,Sector\n", ["attendance-nobody"]),
        (b"Name,Sector\n,\n", ["attendance-nobody"]),
        (b"Name,Sector\nAna Sample,Government\n", []),
        (b"", ["file-empty"]),
    ],
)
def test_nobody_is_told_once(data: bytes, codes: list[str]) -> None:
    assert [problem.code for problem in read(data, file="sheet.csv").problems] == codes
