"""Session-record formats, one file each, found through the registry.

A reader is a module with one function, ``read(data, content_type) -> Document``. The format is recognised
from the content; the file's name and the content type are hints only. To add a format: write its file, and
give it a line in ``READERS`` and a rule in ``recognise``.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from ..document import Document
from ..encoding import decode, is_binary
from ..problems import Problem
from . import docx, html, markdown, text

READERS: dict[str, Callable[[bytes, str], Document]] = {
    "markdown": markdown.read,
    "text": text.read,
    "html": html.read,
    "docx": docx.read,
}

# What people send by mistake: how the file begins, and what to do about it.
_FOREIGN = (
    (b"%PDF-", "This is a PDF. Send the Word document or the web page that it was made from."),
    (b"\xd0\xcf\x11\xe0", "This is a document of an old version of Word. Open it and save it as .docx."),
    (b"{\\rtf", "This is an RTF document. Open it in a word processor and save it as .docx."),
    (b"\x89PNG", "This is a picture. Send the record as text, a web page or a Word document."),
    (b"\xff\xd8\xff", "This is a picture. Send the record as text, a web page or a Word document."),
    (b"GIF8", "This is a picture. Send the record as text, a web page or a Word document."),
    (b"\x1f\x8b", "This is a compressed archive. Unpack it first."),
    (b"7z\xbc\xaf", "This is a compressed archive. Unpack it first."),
    (b"Rar!", "This is a compressed archive. Unpack it first."),
)

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(
    r"</(?:p|div|h[1-6]|li|ul|ol|td|tr|table|section|article|main|span|strong|b)\s*>|<br\s*/?>", re.IGNORECASE
)
_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6} \S|\*\*[^*\n]{1,200}\*\*|\[[^\]\n]{1,200}\]\([^)\n]{0,500}\)|<https?://[^>\s]{1,500}>"
    r"|^ {0,3}\|[^\n]{1,300}\|\s*$|^ {0,3}[-*] \S|^ {0,3}> |\A---\s*$",
    re.MULTILINE,
)


def recognise(data: bytes, *, file: str = "", content_type: str = "") -> str | Problem:
    """Return the name of the format, or the problem that keeps the file from being read."""
    if data.startswith(b"PK\x03\x04"):
        return _recognise_zip(data)
    for magic, mend in _FOREIGN:
        if data.startswith(magic):
            return Problem("format-unsupported", mend, rejects=True)
    sample = decode(data[:100_000], content_type)[0].lstrip("\ufeff")
    if is_binary(sample):
        return Problem(
            "format-unsupported",
            "This is no text that can be read. Send the record as text, Markdown, a web page or a Word"
            " document.",
            rejects=True,
        )
    says_html = "html" in content_type.lower() or re.search(r"\.x?html?$", file, re.IGNORECASE)
    says_text = re.search(r"\.(md|markdown|txt|text)$", file, re.IGNORECASE)
    if _HTML_START.match(sample):
        return "html"
    if len(tags := _HTML_TAG.findall(sample)) and (
        says_html or (sample.lstrip().startswith("<") and len(tags) > 2)
    ):
        return "html" if not says_text or sample.lstrip().startswith("<") else "markdown"
    says_markdown = "markdown" in content_type.lower() or re.search(r"\.(md|markdown)$", file, re.IGNORECASE)
    return "markdown" if says_markdown or _MARKDOWN.search(sample) else "text"


def read(data: bytes, *, file: str = "", content_type: str = "") -> Document:
    """Turn bytes of any known format into a document, others into one that holds nothing but the problem."""
    form = recognise(data, file=file, content_type=content_type)
    if isinstance(form, Problem):
        return Document(problems=[form])
    return READERS[form](data, content_type)


def _recognise_zip(data: bytes) -> str | Problem:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Problem(
            "file-damaged",
            "The document cannot be opened: it is cut off or damaged. Save it again and send the whole file.",
            rejects=True,
        )
    if "word/document.xml" in names or "word/document2.xml" in names:
        return "docx"
    return Problem(
        "format-unsupported",
        "This archive is no Word document. Send a .docx, a web page, Markdown or plain text.",
        rejects=True,
    )
