"""Many certificates in one ZIP, made while it is sent: nothing on the disk, one PDF in memory at a time."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .model import Claims
from .paper import Press

LIST = "certificates.csv"
_HEADER = ("Name", "Certificate", "Sessions attended", "File")
_NO_LETTER = re.compile(r"[^\w]+")
# A cell that begins so is a formula to a spreadsheet program.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, repr=False)
class Certificate:
    """A certificate that was signed: what it says, and the signed text."""

    claims: Claims
    token: str


def stream(certificates: Sequence[Certificate], *, verify_url: str) -> Iterator[bytes]:
    """Yield a ZIP with a PDF for each certificate, and the list of names and ids.

    The list comes first, so that it is there even if the rest should be cut off.
    """
    sent = _Sent()
    press = Press(verify_url)
    files = list(_files(certificates))
    with zipfile.ZipFile(sent, "w") as archive:
        archive.writestr(LIST, _list(certificates, files), zipfile.ZIP_DEFLATED)
        yield sent.take()
        for certificate, file in zip(certificates, files, strict=True):
            # A PDF is packed already.
            archive.writestr(file, press.print(certificate.claims, certificate.token))
            yield sent.take()
    yield sent.take()


def _files(certificates: Iterable[Certificate]) -> Iterator[str]:
    for number, certificate in enumerate(certificates, 1):
        name = _NO_LETTER.sub("-", unicodedata.normalize("NFC", certificate.claims.name)).strip("-_")
        yield f"{number:03} {name[:60] or 'certificate'}.pdf"


def _list(certificates: Sequence[Certificate], files: Sequence[str]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADER)
    for certificate, file in zip(certificates, files, strict=True):
        claims = certificate.claims
        writer.writerow([_cell(claims.name), claims.id, f"{claims.attended} / {claims.sessions}", file])
    # With the mark by which Excel knows that it is UTF-8.
    return text.getvalue().encode("utf-8-sig")


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


class _Sent(io.RawIOBase):
    """What was written and not yet sent. It cannot go back, so the ZIP is written for one passing through."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes | bytearray | memoryview, /) -> int:  # type: ignore[override]
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """Return what waits, and forget it."""
        waiting = b"".join(self._parts)
        self._parts.clear()
        return waiting
