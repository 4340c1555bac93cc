"""What tells each of a file's sessions from the others, wherever it stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .problems import Problem
from .series_names import key as series_key
from .session import Link, SessionRecord
from .titles import clean_title
from .words import fold


def name_each(records: Sequence[SessionRecord]) -> None:
    """Give each session the key by which it stays the same one in the next version of its file."""
    taken: set[str] = set()
    addresses = Counter(record.address for record in records)
    for record in records:
        if record.address and addresses[record.address] > 1:
            # The address of a page about all of them tells none from the others.
            if all(record.address != link.url for link in record.links):
                record.links.append(Link("shared", record.address, place=record.place))
            record.address = ""
        numbered = f"number {series_key(record.series)} {record.number}" if record.number is not None else ""
        dated = f"title {fold(record.title)} {record.start or record.date_as_stated}" if record.title else ""
        address = f"address {record.address}" if record.address else ""
        given = f"key {record.key}" if record.key else ""
        record.key = next((key for key in (given, address, numbered, dated) if key and key not in taken), "")
        if not record.key and (key := numbered or dated):
            record.key = f"{key} again {len(taken)}"
        taken.add(record.key)


def tell_series_apart(records: Sequence[SessionRecord]) -> None:
    """Name the series of sessions that count from one again by for whom they are, where nothing else names it."""
    numbers = [record.number for record in records]
    groups = {(record.audience, record.number) for record in records}
    if len(set(numbers)) == len(numbers) or len(groups) < len(numbers):
        return
    if all(record.audience for record in records) and not any(record.series for record in records):
        for record in records:
            record.series = clean_title(record.audience)


def number_once(records: Sequence[SessionRecord], message: str) -> None:
    """Take the number from sessions that share it with others of their series: by it they would all be one.

    Args:
        records: the sessions of a file.
        message: what happened and how to mend it, for the report of each.
    """
    counts = Counter((series_key(record.series), record.number) for record in records)
    for record in records:
        if record.number is not None and counts[series_key(record.series), record.number] > 1:
            record.title = record.title or f"{record.number}"
            record.problems.append(
                Problem("number-repeated", message, place=record.place, field="session_number")
            )
            record.number = None
