"""XML that anybody may have written: parsed without entities, document types or a way to the network."""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

import lxml.etree

_DECLARATION = re.compile(
    rb"<!\s*(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D\x00O\x00C|E\x00N\x00T)|\x00<\x00!\x00[DE]", re.IGNORECASE
)
# So deep libxml2 goes by itself, and no document that people write goes.
DEEPEST = 256
# Declarations stand before the first element; nobody needs this much room for them.
_HEAD = 100_000


def declares_entities(data: bytes) -> bool:
    """Tell whether XML declares a document type or entities, which may be built to exhaust or to read files."""
    return bool(_DECLARATION.search(data[:_HEAD]))


class _TooDeep(Exception):
    """Elements stand within elements beyond all measure."""


def is_too_deep(data: bytes) -> bool:
    """Tell whether elements stand within each other more than ``DEEPEST`` times, before a library walks into them.

    What is no XML is as deep as it could be read.
    """
    depth = 0

    def start(_name: str, _attributes: Any) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _TooDeep

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    # Only counts: nothing is declared in what comes here, and nothing outside is ever fetched.
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(data, True)
    except _TooDeep:
        return True
    except (expat.ExpatError, ValueError):
        return False
    return False


def parse(data: bytes, *, recover: bool = False) -> Any:
    """Return the first element, or None where the data is no XML, is cut off, or declares entities.

    Args:
        data: the file.
        recover: whether what can still be read of a damaged file is better than nothing.
    """
    if declares_entities(data):
        return None
    parser = lxml.etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return lxml.etree.fromstring(data, parser)
    except (lxml.etree.LxmlError, ValueError):
        return None


def name(element: Any) -> str:
    """Return an element's name without its namespace; empty for comments and the like."""
    return lxml.etree.QName(element).localname if isinstance(element.tag, str) else ""


def text(element: Any) -> str:
    """Return all the text within an element, on one line."""
    return " ".join("".join(element.itertext()).split())
