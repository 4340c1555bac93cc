"""The PDF: one page, tagged, in two languages, with a code that a phone reads."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from ckanext.opengovbelize.certificates import fonts, paper, tokens
from ckanext.opengovbelize.certificates.keys import Keyring

from .samples import CLAIMS, ORGANIZATION, VERIFY, claims

NAMES = [
    "Ana María Ejemplo Ñáñez",
    "王小明",
    "محمد بن عبد الله",
    "देवी प्रसाद शर्मा",
    "Ix Ch’el K’inich",
    "김예시",
    "สมชาย ใจดี",
]


@pytest.fixture(scope="module")
def press() -> paper.Press:
    return paper.Press(VERIFY)


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return Keyring(tmp_path_factory.mktemp("keys"))


def token(ring: Keyring, found: Any) -> str:
    return tokens.issue(found, ring.signing(ORGANIZATION))


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def tags(node: Any) -> list[tuple[str, Any]]:
    """Return every structure element below a node with its alternative text, in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if not isinstance(node, dict):
        return []
    own = [(str(node["/S"]), node.get("/Alt"))] if "/S" in node else []
    kids = node.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    return own + [tag for kid in kids for tag in tags(kid)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_is_tagged_for_screen_readers(press: paper.Press, ring: Keyring, language: str) -> None:
    found = claims(language=language)
    document = read(press.print(found, token(ring, found)))
    root: Any = document.trailer["/Root"]
    title = {"en": "Certificate of attendance", "es": "Certificado de asistencia"}[language]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata is not None
    assert document.metadata.title == f"{title}: {found.series}"
    metadata = root["/Metadata"].get_object().get_data()
    assert b"pdfuaid" in metadata
    structure = tags(root["/StructTreeRoot"])
    standard = {"/Document", "/Part", "/Sect", "/Div", "/NonStruct", "/H1", "/P", "/Span", "/Link", "/Figure"}
    roles = {key: str(value) for key, value in (root["/StructTreeRoot"].get("/RoleMap") or {}).items()}
    assert {roles.get(tag, tag) for tag, _alt in structure} <= standard
    assert [tag for tag, _alt in structure if tag == "/H1"] == ["/H1"]
    [alternative] = [alt for tag, alt in structure if tag == "/Figure"]
    assert "QR" in alternative
    # Every font is in the file, and says which letter each shape is.
    for font in document.pages[0]["/Resources"]["/Font"].values():
        assert "/ToUnicode" in font.get_object()


def test_it_says_what_it_is_told(press: paper.Press, ring: Keyring) -> None:
    text = read(press.print(CLAIMS, token(ring, CLAIMS))).pages[0].extract_text()
    for part in (CLAIMS.name, CLAIMS.series, CLAIMS.program, CLAIMS.id, "24 November 2026", "all 3 sessions", "data.example.org/verify"):  # fmt: skip
        assert part in " ".join(text.split()), part


def test_some_of_the_sessions_in_spanish(press: paper.Press, ring: Keyring) -> None:
    found = claims(attended=2, needed=2, language="es")
    text = read(press.print(found, token(ring, found))).pages[0].extract_text()
    assert "asistió a 2 de las 3 sesiones" in " ".join(text.split())
    assert "24 de noviembre de 2026" in " ".join(text.split())


def test_its_code_leads_to_the_check(press: paper.Press, ring: Keyring) -> None:
    found = claims(name="N" * 60, series="Sample series: " + "s" * 80)
    signed = token(ring, found)
    page = pypdfium2.PdfDocument(press.print(found, signed))[0]
    # As a poor camera sees it: 100 dots an inch, and blurred by making it smaller and larger.
    picture = page.render(scale=100 / 72).to_pil().convert("L")
    small = picture.resize((picture.width * 4 // 5, picture.height * 4 // 5))
    for seen in (picture, small):
        [code] = zxingcpp.read_barcodes(seen)
        assert code.text == f"{VERIFY}#{signed}"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_has_a_font(press: paper.Press, ring: Keyring, name: str) -> None:
    found = claims(name=name)
    document = read(press.print(found, token(ring, found)))
    assert len(document.pages) == 1
    assert fonts.missing(name) == ""


def test_a_letter_without_font_is_told() -> None:
    assert fonts.missing("Ana \U000e1234\U000e1234 Ejemplo") == "\U000e1234"


def test_the_longest_texts_stay_on_one_page(press: paper.Press, ring: Keyring) -> None:
    found = claims(name="Wmw " * 30, series="Wide Words " * 40, program="Program of Programs " * 12)
    assert len(read(press.print(found, token(ring, found))).pages) == 1


def test_a_name_is_text_and_nothing_else(press: paper.Press, ring: Keyring, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("not for paper")
    found = claims(name=f"<img src='file://{secret}'><a rel=attachment href='{secret}'>x</a>{{{{ 7*7 }}}}")
    document = read(press.print(found, token(ring, found)))
    assert "{{ 7*7 }}" in document.pages[0].extract_text()
    assert not document.attachments
