"""From bytes to text: which encoding a file is in."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_HINT = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)


# Control characters that no text holds.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


def is_binary(text: str) -> bool:
    """Tell whether what was decoded is no text at all."""
    sample = text[:20_000]
    return len(_CONTROLS.findall(sample)) > max(8, len(sample) * 0.02)


def decode(data: bytes, content_type: str = "") -> tuple[str, bool]:
    """Return the text, and whether every byte could be read.

    A byte order mark decides; UTF-16 without one shows by its zero bytes; then comes UTF-8, then what the web
    server or the page declares, then Windows-1252. Only what none of these can read is guessed.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace").lstrip("\ufeff"), _whole(data, name)
    if name := _utf16_without_mark(data):
        return data.decode(name, errors="replace").lstrip("\ufeff"), _whole(data, name)
    for name in ("utf-8", *_declared(data, content_type)):
        if _whole(data, name):
            return data.decode(name), True
    # A file that was cut off may end within a character.
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and len(data) > 3:
            return data[: error.start].decode("utf-8"), False
    repaired = data.decode("utf-8", errors="replace")
    broken = repaired.count("\ufffd")
    if sum(character > "\x7f" for character in repaired) > 10 * broken:
        return repaired, False
    if _whole(data, "cp1252"):
        return data.decode("cp1252"), True
    best = charset_normalizer.from_bytes(data[:200_000]).best()
    return data.decode(best.encoding if best else "cp1252", errors="replace"), False


def _whole(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _utf16_without_mark(data: bytes) -> str:
    """Latin text in UTF-16 has a zero in nearly every second byte."""
    sample = data[:4000]
    if len(sample) < 8:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.3 and even < len(sample) * 0.05:
        return "utf-16-le"
    if even > len(sample) * 0.3 and odd < len(sample) * 0.05:
        return "utf-16-be"
    return ""


def _declared(data: bytes, content_type: str) -> list[str]:
    names = []
    if hint := _HINT.search(content_type):
        names.append(hint[1])
    if match := _DECLARED.search(data[:4000]):
        names.append(match[1].decode("ascii", errors="ignore"))
    usable = []
    for name in names:
        try:
            codec = codecs.lookup(name)
        except LookupError:
            continue
        # Python's own codecs that are no text (rot13, hex) must not be chosen by a file; Latin-1 always fits,
        # and browsers read it as Windows-1252.
        if codec._is_text_encoding and codec.name not in ("iso8859-1", "ascii", "idna", "punycode"):  # pyright: ignore[reportAttributeAccessIssue]
            usable.append(codec.name)
    return usable
