"""The layout of a document, turned into lines: tables, bullets, soft line ends, missing paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from . import chat_authors, labels, people
from .document import Block, Run
from .names import split_line
from .rows.expanding import expand

# Where there are more lines to a paragraph than this, empty lines do not tell paragraphs apart.
_LINES_OF_A_PARAGRAPH = 15

# As people type or paste it where their program knows no lists.
_BULLET = re.compile(r"(?:[•·▪◦‣●○■]|\uf0b7)\s{0,20}(?=[^\s•·])")
# A sign of the kind that flyers set before each label; some lines with one are chance.
_PICTURE = re.compile(
    r"(?:[\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?\u200d?){1,5}\s{0,20}(?=[^\W_]|[¿¡\"“])"
)
_FEWEST_PICTURES = 3
# A text of lines of this width is broken by hand or by a program; fewer such lines are chance.
_NARROWEST, _WIDEST, _FEWEST_WRAPPED = 50, 100, 3
# Of a line that holds several values with their labels, and what stands between these.
_LONGEST_LABELLED = 400
_NEXT_LABEL = re.compile(r"\s*[|;•·]\s*(?=\w)|[.,]\s+(?=[^\W\d_])|\s{2,}(?=[^\W\d_])|\s+[–—-]\s+(?=[^\W\d_])")


def lines(blocks: Iterable[Block]) -> list[Block]:
    """Return the lines of a document, whatever its layout."""
    found = [
        line
        for block in _unwrapped(_without_pictures([_item(_apart(block)) for block in expand(blocks)]))
        for soft in _soft_lines(block)
        for line in _labelled(soft)
    ]
    if len(found) > _LINES_OF_A_PARAGRAPH * sum(block.starts for block in found):
        # A text without empty lines: every line is a paragraph.
        found = [replace(block, starts=True) for block in found]
    return found


def _soft_lines(block: Block) -> list[Block]:
    """Split a paragraph at the line ends of its source, where these mean something.

    To a browser they are blanks; but pages made from Markdown or text keep the lines of a chat, of a person's
    name, position and office, or of labels and values only so.
    """
    if "\n" not in block.text:
        return [block]
    pieces = _split_runs(block)
    texts = [piece.text for piece in pieces]
    entries = sum(chat_authors.looks_like_entry(text) != "" for text in texts)
    labelled = sum(
        (found := labels.match(piece)) is not None and found.sign and found.known for piece in pieces
    )
    if max(entries, labelled) * 3 >= len(texts) * 2 or people.is_block(pieces):
        return pieces
    return [replace(block, runs=tuple(replace(run, text=run.text.replace("\n", " ")) for run in block.runs))]


def _apart(block: Block) -> Block:
    """Return a line whose label and value a page's style sets apart, and nothing in the text: "DateThursday"."""
    if block.term or block.kind in ("heading", "message") or len(block.runs) < 2:
        return block
    label, value = block.runs[0].text, block.runs[1]
    glued = label == label.strip() and value.text[:1].isalnum() and value.href is None
    if glued and labels.lookup(label):
        return replace(block, term=label, runs=block.runs[1:])
    return block


def _item(block: Block) -> Block:
    """Return a line that begins with a bullet as the item of a list that it is."""
    bullet = _BULLET.match(block.text) if block.kind in ("line", "paragraph") and not block.term else None
    return replace(block.after(bullet.end()), kind="item", starts=True) if bullet else block


def _without_pictures(blocks: Sequence[Block]) -> list[Block]:
    """Return the lines of a flyer without the pictures before its labels; in a chat they are what somebody says."""
    pictures = [
        _PICTURE.match(block.text)
        if block.kind in ("line", "paragraph", "heading") and not block.term
        else None
        for block in blocks
    ]
    if sum(
        labels.match(block.after(one.end())) is not None
        for block, one in zip(blocks, pictures, strict=True)
        if one
    ) < (_FEWEST_PICTURES):
        return list(blocks)
    return [
        replace(block.after(one.end()), starts=True) if one else block
        for block, one in zip(blocks, pictures, strict=True)
    ]


def _unwrapped(blocks: Sequence[Block]) -> list[Block]:
    """Join the lines that only the width of a page parts: of those that go on, the next word had no room.

    Mail programs and printers write so. Whether a text is one of that kind, its own lines tell.
    """
    lengths = sorted(len(block.text) for block in blocks if block.kind in ("line", "item"))
    width = lengths[-1] if lengths else 0
    if not _NARROWEST <= width <= _WIDEST:
        return list(blocks)
    found: list[Block] = []
    joined = 0
    last = 0
    for block in blocks:
        full = found and last + 1 + len(block.text.split(" ")[0]) > width
        if full and block.kind == "line" and not (block.starts or block.term) and _goes_on(block):
            found[-1] = replace(found[-1], runs=(*found[-1].runs, Run(" "), *block.runs))
            joined += 1
        else:
            found.append(block)
        last = len(block.text)
    return found if joined >= _FEWEST_WRAPPED else list(blocks)


def _goes_on(block: Block) -> bool:
    label = labels.match(block)
    return not (label and label.sign and label.known) and not chat_authors.looks_like_entry(block.text)


def _labelled(block: Block) -> list[Block]:
    """Split a line that holds several short values with their labels: "Date: 7 May 2020 | Venue: Reef Hall"."""
    text = block.text
    if len(text) > _LONGEST_LABELLED or block.kind in ("heading", "message") or not _is_value(block):
        return [block]
    for sign in _NEXT_LABEL.finditer(text):
        first, rest = block.until(sign.start()), replace(block.after(sign.end()), starts=False, term="")
        if _is_value(first) and _is_value(rest):
            return [first, *_labelled(rest)]
    return [block]


def _is_value(block: Block) -> bool:
    """Tell whether a line is a known label with a short value behind it."""
    found = labels.match(block)
    if found is None or not found.known or not found.rest.text:
        return False
    if found.name in labels.PEOPLE:
        # "Moderator: Ana Sample", "The session will be moderated by Ana Sample"
        return split_line(found.rest.text)[0] != ""
    return found.sign and found.name in labels.SINGLE and bool(block.term or ":" in block.text)


def _split_runs(block: Block) -> list[Block]:
    rows: list[list[Run]] = [[]]
    for run in block.runs:
        for number, piece in enumerate(run.text.split("\n")):
            if number:
                rows.append([])
            if piece:
                rows[-1].append(replace(run, text=piece))
    found = [replace(block, runs=tuple(runs)) for runs in rows if any(run.text.strip() for run in runs)]
    return [replace(piece, starts=False, term="") if number else piece for number, piece in enumerate(found)]
