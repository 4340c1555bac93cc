"""A ZIP that is made while it is sent."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import pytest
from ckanext.opengovbelize.certificates import bundle
from ckanext.opengovbelize.certificates.bundle import Certificate

from .samples import VERIFY, claims


class QuickPress:
    """Prints at once."""

    printed = 0

    def __init__(self, verify_url: str) -> None: ...

    def print(self, found: Any, token: str) -> bytes:
        type(self).printed += 1
        return f"%PDF {found.id}".encode()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    QuickPress.printed = 0
    monkeypatch.setattr(bundle, "Press", QuickPress)


def made(*names: str) -> list[Certificate]:
    return [Certificate(claims(name=name), "token") for name in names]


def opened(certificates: list[Certificate]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(bundle.stream(certificates, verify_url=VERIFY))))


def test_one_pdf_each_and_the_only_list() -> None:
    certificates = made("Ana Ejemplo", "王小明", "../../etc/passwd", "Ana Ejemplo")
    archive = opened(certificates)
    assert archive.testzip() is None
    assert archive.namelist() == [
        "certificates.csv", "001 Ana-Ejemplo.pdf", "002 王小明.pdf", "003 etc-passwd.pdf", "004 Ana-Ejemplo.pdf",
    ]  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(archive.read("certificates.csv").decode("utf-8-sig"))))
    assert [row["Name"] for row in rows] == [one.claims.name for one in certificates]
    for row, one in zip(rows, certificates, strict=True):
        assert archive.read(row["File"]) == f"%PDF {one.claims.id}".encode()


def test_nobodys_name_is_a_formula() -> None:
    text = opened(made('=HYPERLINK("https://evil.example.org")')).read("certificates.csv").decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text)))["Name"].startswith("'=")


def test_it_is_sent_while_it_is_made() -> None:
    parts = bundle.stream(made(*(f"Person {number}" for number in range(400))), verify_url=VERIFY)
    assert b"certificates.csv" in next(parts)
    assert QuickPress.printed == 0
    next(parts)
    assert QuickPress.printed == 1
    parts.close()
