"""The certificate as paper: one page, tagged for screen readers (PDF/UA), with a QR code that leads to its check."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import segno
import yaml
from babel.dates import format_date
from jinja2 import Environment
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from .model import Claims

# Tried in turn, until all fits one page.
_SCALES = ("", "small")


def certificate(claims: Claims, token: str, *, verify_url: str) -> bytes:
    """Return a certificate as PDF.

    Args:
        claims: what it says, and in which language.
        token: the same, signed.
        verify_url: address of the page that checks it.
    """
    return Press(verify_url).print(claims, token)


class Press:
    """Prints many certificates: fonts and style sheet are read once. Not for several threads at a time.

    Args:
        verify_url: address of the page that checks a certificate.
    """

    def __init__(self, verify_url: str) -> None:
        self.verify_url = verify_url
        self._fonts = FontConfiguration()
        self._style = CSS(string=_file("certificate.css"), font_config=self._fonts)

    def print(self, claims: Claims, token: str) -> bytes:
        """Return one certificate as PDF."""
        documents = (self._render(claims, token, scale) for scale in _SCALES)
        document = next((one for one in documents if len(one.pages) == 1), None)
        if document is None:
            raise ValueError("the texts do not fit one page")
        pdf = document.write_pdf(pdf_variant="pdf/ua-1")
        assert pdf is not None
        return pdf

    def _render(self, claims: Claims, token: str, scale: str) -> Document:
        words = _words()[claims.language]
        link = f"{self.verify_url}#{token}"
        html = _template().render(
            claims=claims,
            words=words,
            scale=scale,
            attended=_attended(claims, words),
            issued=words["issued"].format(program=claims.program, day=day(claims)),
            link=link,
            shown_address=self.verify_url.partition("://")[2],
            qr=qr(link),
        )
        # Nothing but what the page brings along is ever opened.
        fetcher: Any = URLFetcher(allowed_protocols={"data"})
        page = HTML(string=html, url_fetcher=fetcher)
        return page.render(stylesheets=[self._style], font_config=self._fonts, pdf_variant="pdf/ua-1")


def qr(link: str) -> str:
    """Return a QR code as an image's address; 15% of it may be covered or smudged (error level M)."""
    # To look for the best of eight masks takes longer than all the rest; signed text has no pattern that one must hide.
    code = segno.make(link, error="m", micro=False, boost_error=False, mask=0)
    return code.png_data_uri(scale=4, border=2)


def day(claims: Claims) -> str:
    """Return the day of issue in words."""
    return format_date(claims.issued, "long", locale="en_GB" if claims.language == "en" else claims.language)


def _attended(claims: Claims, words: dict[str, str]) -> str:
    whole = "attended_all" if claims.sessions > 1 else "attended_one"
    key = "attended" if claims.attended < claims.sessions else whole
    return words[key].format(attended=claims.attended, sessions=claims.sessions)


@cache
def _words() -> dict[str, dict[str, str]]:
    return yaml.safe_load(_file("words.yaml"))


@cache
def _template() -> Any:
    return Environment(autoescape=True, trim_blocks=True).from_string(_file("certificate.html"))


def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
