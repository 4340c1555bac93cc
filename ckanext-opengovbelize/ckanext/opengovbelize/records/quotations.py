"""What a layout sets apart as said by somebody, told from a record that somebody passed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from . import dates, labels
from .document import Block
from .titles import heading_of


def without_passed_on(lines: Sequence[Block]) -> list[Block]:
    """Return the lines, those of a record that is quoted as a whole, as in a mail, as if nobody quoted them."""
    found: list[Block] = []
    for quoted, group in groupby(lines, key=lambda block: block.quoted):
        run = list(group)
        passed_on = quoted and (len(run) == len(lines) or any(map(_is_of_record, run)))
        found += [replace(block, quoted=False) for block in run] if passed_on else run
    return found


def _is_of_record(block: Block) -> bool:
    label = labels.match(block)
    return (
        heading_of(block.text) is not None
        or (label is not None and label.known and label.sign)
        or dates.has_full_date(block.text)
    )
