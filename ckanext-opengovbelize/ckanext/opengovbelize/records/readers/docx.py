"""Word documents (.docx), read with mammoth, which turns them into simple HTML."""

from __future__ import annotations

import io
import re
import zipfile

import lxml.etree
import mammoth

from .. import xml
from ..document import Block, Document
from ..problems import Problem
from . import html
from .content import Content

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# What a record of one webinar never reaches, and a decompression bomb soon does.
_MOST_BYTES = 100_000_000
_MOST_PARTS = 5_000
_MOST_XML = 40_000_000
_DAMAGED = (
    "The Word document cannot be opened: it is cut off or damaged. Save it again and send the whole file."
)
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Caption'] => figcaption:fresh
b => strong
"""
# How mammoth writes the marks of footnotes, and the notes at the end of the text.
_NOTE_MARKS = re.compile(r'<sup><a href="#(?:foot|end)note-[^"]*"[^>]*>\[\d+\]</a></sup>')
_NOTES = re.compile(r'<ol><li id="(?:foot|end)note-.*</ol>\s*$', re.DOTALL)
_HIDES = b":vanish"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DECLARATION = re.compile(
    rb"<!\s*(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D\x00O\x00C|E\x00N\x00T)|\x00<\x00!\x00[DE]"
)


def recognises(content: Content) -> bool:
    """Tell a Word document by its main part."""
    return bool(content.members & {"word/document.xml", "word/document2.xml"})


def read(data: bytes, content_type: str = "") -> Document:
    """Read a Word document. Pictures, macros, comments and what lies outside the file are left alone."""
    try:
        problem = _unsafe(data)
        if problem:
            return Document(problems=[problem])
        converted = mammoth.convert_to_html(
            io.BytesIO(_without_hidden(data)),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
            external_file_access=False,
        )
    except MemoryError:
        return Document(problems=[_too_large()])
    except RecursionError:
        return Document(problems=[Problem("file-damaged", _DAMAGED, rejects=True)])
    # mammoth and the XML parser raise whatever a broken document makes them stumble over.
    except Exception:
        return Document(problems=[Problem("file-damaged", _DAMAGED, rejects=True)])
    text, notes = _NOTES.subn("", _NOTE_MARKS.sub("", converted.value))
    document = html.parse(text)
    if notes:
        # They belong to words somewhere above, and to no part of a record.
        document.blocks.append(Block("list", place="footnotes"))
    return document


def _without_hidden(data: bytes) -> bytes:
    """Return the document without the text that its writer hid, which mammoth reads like any other."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    if not any(_HIDES in content for content in parts.values()):
        return data
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, _without_hidden_runs(content) if _HIDES in content else content)
    return stream.getvalue()


def _without_hidden_runs(content: bytes) -> bytes:
    root = xml.parse(content)
    if root is None:
        return content
    for mark in list(root.iterfind(f".//{_WORD}r/{_WORD}rPr/{_WORD}vanish")):
        run = mark.getparent().getparent()
        if mark.get(f"{_WORD}val", "true") not in ("0", "false", "off"):
            run.getparent().remove(run)
    return lxml.etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _unsafe(data: bytes) -> Problem | None:
    """What keeps a document from being opened: too much inside, or declarations of entities."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
            return _too_large()
        for part in parts:
            if not part.filename.endswith((".xml", ".rels")):
                continue
            if part.file_size > _MOST_XML:
                return _too_large()
            content = archive.read(part)
            if _DECLARATION.search(content):
                return Problem(
                    "file-refused",
                    "The Word document declares entities, which no word processor does. Save it again as"
                    " .docx.",
                    rejects=True,
                )
            if xml.is_too_deep(content):
                message = "The Word document is nested deeper than any is. Copy its text into a new one, and send that."
                return Problem("file-refused", message, rejects=True)
    return None


def _too_large() -> Problem:
    return Problem(
        "file-too-large",
        "The Word document holds more than a session record can. Send the text without attachments.",
        rejects=True,
    )
