"""How to enter a meeting: links, numbers and passwords, which open a door and are nothing for a public record.

An online session is often announced with the whole invitation of its meeting software. ``without`` takes that
out of the lines of a document before anything else reads them; the privacy screen finds what remains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .document import Block, Run
from .vocabulary import any_of, load
from .words import fold

_WORDS = load("access")
_HOSTS = any_of(_WORDS["links"])
LINK = re.compile(rf"\bhttps?://(?:[\w-]+\.)*{_HOSTS}[^\s<>\"“”)\]|]*", re.IGNORECASE)
_IS = r"\s*(?:\bis\b|\bes\b)?\s*[:#=]?\s*"
# A number of a meeting, or a password: with a digit in it, or behind a colon that leaves no doubt.
CODE = re.compile(
    rf"\b{any_of(_WORDS['number_labels'])}{_IS}(?P<number>\d[\d\s-]{{4,20}}\d)"
    rf"|\b{any_of(_WORDS['password_labels'])}(?:\s*[:=]\s*|\s+(?:is|es)\s*:?\s+)(?P<password>[^\s,;)\]]{{3,40}})"
    rf"|\b{any_of(_WORDS['code_labels'])}{_IS}(?P<code>(?=[^\s,;)\]]*\d)[^\s,;)\]]{{3,40}})",
    re.IGNORECASE,
)
_INVITES = re.compile(rf"\s*{any_of(_WORDS['invitations'])}\b", re.IGNORECASE)
_SAYS_NOTHING = frozenset(fold(word) for word in _WORDS["around"])
_LONGEST_LINE = 300


def is_meeting_link(url: str) -> bool:
    """Tell whether a web address leads into a meeting rather than to its recording or registration."""
    return bool(LINK.match(url.strip()))


def without(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the lines without what opens a meeting; a block of kind ``access`` tells where something was."""
    for block in blocks:
        if not _opens_meeting(block):
            yield block
            continue
        yield Block("access", place=block.place)
        rest = replace(block, runs=tuple(_stripped(run) for run in block.runs if not _leads_in(run)))
        if block.term and CODE.search(f"{block.term}: {block.text}"):
            continue
        if not set(fold(f"{block.term} {rest.text}").split()) <= _SAYS_NOTHING and not _is_invitation(rest):
            yield rest


def _leads_in(run: Run) -> bool:
    return run.href is not None and is_meeting_link(run.href)


def _stripped(run: Run) -> Run:
    return replace(run, text=CODE.sub(" ", LINK.sub(" ", run.text)))


def _opens_meeting(block: Block) -> bool:
    return (
        any(_leads_in(run) for run in block.runs)
        or bool(LINK.search(block.text) or CODE.search(block.text))
        or bool(block.term and CODE.search(f"{block.term}: {block.text}"))
        or _is_invitation(block)
    )


def _is_invitation(block: Block) -> bool:
    """Tell a line such as "Dial-in: +1 ..." or "Join Zoom Meeting", which needs no number to be one."""
    return len(block.text) < _LONGEST_LINE and bool(_INVITES.match(block.term or block.text))
