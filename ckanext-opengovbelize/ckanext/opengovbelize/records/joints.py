"""The words and brackets that mails set between and round the people of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .document import Block
from .names import split_line

_JOINT = re.compile(r"(?:and|y|e|&)[,:]?", re.IGNORECASE)
_JOINT_FIRST = re.compile(r"(?:and|y|e|&)\s+", re.IGNORECASE)
_ALL_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")


def without(lines: Sequence[Block]) -> list[Block | None]:
    """Return lines of people without the words and brackets between and round them; None for one that only joins."""
    found: list[Block | None] = []
    joined = False
    before = ""
    for block in lines:
        line = replace(block, starts=True) if joined else block
        joined = _JOINT.fullmatch(block.text) is not None
        bracket = _ALL_IN_BRACKETS.fullmatch(block.text)
        behind = _JOINT_FIRST.match(block.text) if before.endswith((")", "]")) else None
        if behind and split_line(block.text[behind.end() :])[0]:
            line = replace(block.after(behind.end()), starts=True)
        elif bracket:
            line = line.until(bracket.end(1)).after(1)
        found.append(None if joined else line)
        before = block.text
    return found
