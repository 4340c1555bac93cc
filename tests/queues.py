"""Taking messages from the real queue."""

from __future__ import annotations

from typing import Any


def consume(consumer: Any, callback: Any) -> None:
    """Let one of ckanext-harvest's consumers take all that waits.

    Args:
        consumer: as ``queue.get_gather_consumer`` or ``queue.get_fetch_consumer`` gives it.
        callback: what ckanext-harvest calls with each message.
    """
    while True:
        method, header, body = consumer.basic_get(None)
        if body is None:
            return
        callback(consumer, method, header, body)
