"""Prose: paragraphs put together again, and the sentences in them that say something of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .document import Block
from .words import squeeze

_SENTENCE_END = re.compile(r"[.!?:;…\"”»)]\s*$")
# "11:30 a.m. (Belize time)" goes on.
_SENTENCE = re.compile(r"(?<=[.!?])(?<!\b[ap]\.m\.(?=\s+\())[\"”»)]?\s+(?=[\"“«(¿¡]?[A-ZÁÉÍÓÚÑ0-9])")
_CERTIFICATE = re.compile(
    r"\b(?:certificat(?:e|es|ion)|certificad[oa]s?|certificaci[oó]n|constancias?|diplomas?)\b", re.IGNORECASE
)
_INVENTED = re.compile(
    r"\b(?:(?:everything|all|every(?:one| person| name)|people|names|persons)\b.{0,60}\b(?:is"
    r"|are) (?:plainly )?(?:invented|fictional|fictitious)"
    r"|invented (?:record|session|sample|example|data)|(?:registro|sesi[oó]n|datos|ejemplo"
    r"|personas) (?:inventad|fictici)[oa]s?)\b",
    re.IGNORECASE,
)


def join(blocks: Sequence[Block]) -> str:
    """Return the lines as paragraphs.

    Lines of one paragraph are joined; so is a paragraph that a page break tore in two: the first part ends
    without the end of a sentence, and the second goes on in small letters or after a word that asks for more.
    """
    paragraphs: list[str] = []
    previous: Block | None = None
    for block in blocks:
        text = squeeze(block.text)
        if not text:
            continue
        if block.kind == "item" and block.starts:
            paragraphs.append(f"- {text}")
        elif paragraphs and (not block.starts or _torn(paragraphs[-1], text, previous)):
            joint = "" if re.search(r"\w[\u00ad]$", paragraphs[-1]) else " "
            paragraphs[-1] += joint + text
        else:
            paragraphs.append(text)
        previous = block
    lines = [f"\n{part}" if part.startswith("- ") else f"\n\n{part}" for part in paragraphs]
    return "".join(lines).strip()


def _torn(before: str, after: str, previous: Block | None) -> bool:
    if _SENTENCE_END.search(before) or (previous is not None and previous.kind in ("item", "heading")):
        return False
    open_end = re.search(
        r"(?:\b(?:from|of|the|and|in|at|to|for|with|by|a|an|or|de|del|la|el|los|las|en|y|por|para|con|un|una|que)|,)$",
        before,
    )
    return after[:1].islower() or bool(open_end)


def sentences(text: str) -> list[str]:
    """Split prose into sentences."""
    return [piece for paragraph in text.split("\n") for piece in _SENTENCE.split(paragraph.strip()) if piece]


def certificate_rule(text: str) -> str:
    """Return the sentences that say who gets a certificate."""
    return " ".join(sentence for sentence in sentences(text) if _CERTIFICATE.search(sentence))


def says_invented(text: str) -> bool:
    """Tell whether prose says that what it describes is made up."""
    return bool(_INVENTED.search(text))


def is_prose(text: str) -> bool:
    """Tell a sentence from a name, a title or a value."""
    words = text.split()
    return len(words) >= 8 and (
        len(text) > 60 and bool(re.search(r"[.!?…]\W*$|[.;:,] ", text)) or len(text) > 140
    )
