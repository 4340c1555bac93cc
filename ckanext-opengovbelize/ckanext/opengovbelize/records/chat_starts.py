"""Where a chat begins that no label announces, and where the next session ends one.

A chat that went unseen would be published as prose, with the names in it.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import groupby, pairwise

from . import chat_authors, chat_lines, chat_stacks, clock, dates, exchanges, labels
from .document import Block
from .names import is_name
from .titles import heading_of
from .words import fold

# So many lines are looked at from where a chat may begin.
_WINDOW = 6
_FEWEST_OF_A_WINDOW = 4
_FEWEST_DATED = 3
_FEWEST_OF_A_RUN = 3
_MOST_MINUTES_BETWEEN = 2


def unlabelled(lines: Sequence[Block], found: Sequence[labels.Match | None]) -> set[int]:
    """Return the positions from which on nearly every line is "Name: text", or bears day and time.

    Args:
        lines: the lines of a document.
        found: the label that each line is, if any.
    """
    authors = [
        ""
        if block.term
        or block.kind == "heading"
        or (label and label.known)
        or heading_of(block.text)
        or exchanges.mark_of(block, told=True)
        else chat_authors.looks_like_entry(block.text)
        for block, label in zip(lines, found, strict=True)
    ]
    counts = Counter(fold(author) for author in authors if author)
    starts = chat_stacks.stacked([block.text for block in lines]) | _of_single_writers(lines, authors)
    dated = [bool(chat_lines.dated_entry(block.text)) for block in lines]
    # Day and time before each entry leave no doubt, be there messages of several lines between.
    starts |= {
        position
        for position, is_entry in enumerate(dated)
        if is_entry and sum(dated[position : position + _WINDOW]) >= _FEWEST_DATED
    }
    for position, author in enumerate(authors):
        window = [fold(name) for name in authors[position : position + _WINDOW]]
        named = list(filter(None, window))
        if not author or len(window) < _FEWEST_OF_A_WINDOW or len(named) < len(window) - 1:
            continue
        if any(label and label.name == "chat" for label in found[position : position + _WINDOW]):
            # It is announced right below; these lines are something else, such as links with their titles.
            continue
        if sum(counts[name] > 1 for name in named) >= 2 and len(set(named)) >= 2:
            starts.add(position)
    return starts


def _of_single_writers(lines: Sequence[Block], authors: Sequence[str]) -> set[int]:
    """Return where some lines "Name: text" begin that are a chat though nobody wrote twice.

    Terms with their meaning look the same: in a chat somebody greets or thanks, or a line bears its time, but hardly
    each, as in an agenda, or each only a minute or two after the one before.
    """
    timed = [
        "" if block.term or block.kind == "heading" else chat_lines.timed_entry(block.text) for block in lines
    ]
    starts: set[int] = set()
    position = 0
    for is_entry, run in groupby(
        zip(lines, authors, timed, strict=True), key=lambda one: bool(one[1] or one[2])
    ):
        entries = list(run)
        stamped = sum(bool(at and not author) for _, author, at in entries)
        named = sum(is_name(at or author) for _, author, at in entries)
        spoken = (
            0 < stamped * 2 <= len(entries)
            or any(chat_lines.greets(block.text) for block, _, _ in entries)
            or _are_close([block.text for block, _, at in entries if at])
        )
        if is_entry and spoken and len(entries) >= _FEWEST_OF_A_RUN and named * 2 >= len(entries):
            starts.add(position)
        position += len(entries)
    return starts


def _are_close(texts: Sequence[str]) -> bool:
    """Tell whether most lines have a time hardly later than the line before, as no agenda has."""
    times = [found for text in texts if (found := clock.first_in(text))]
    minutes = [at.hour * 60 + at.minute for at in times]
    close = sum(0 <= later - before <= _MOST_MINUTES_BETWEEN for before, later in pairwise(minutes))
    return close > 0 and close * 2 >= len(minutes) - 1


def sessions_between(
    lines: Sequence[Block], found: Sequence[labels.Match | None], starts: Collection[int] = ()
) -> set[int]:
    """Return where the title of another session ends a chat, in a document that gives each session and then its chat.

    What somebody wrote in a chat may look like a title: only one with its date right below, between two chats, the
    first of which stands below such a title itself, is one.

    Args:
        lines: the lines of a document.
        found: the label that each line is, if any.
        starts: where a chat may begin that no label announces.
    """
    chats = [
        at
        for at, (block, label) in enumerate(zip(lines, found, strict=True))
        if (label and label.name == "chat" and not label.rest.text)
        or at in starts
        or chat_lines.is_header(block.text)
    ]
    if len(chats) < 2:
        return set()
    titled = [
        at
        for at, (block, below) in enumerate(pairwise(lines))
        if block.starts
        and (label := found[at + 1])
        and label.name in ("date", "start")
        and dates.has_date(below.text)
        and (heading := heading_of(block.text))
        and heading.number is not None
    ]
    ends = [bisect(titled, at) for at in chats]
    return {titled[first] for first, second in pairwise(ends) if first and second - first == 1}
