"""Taking messages from the real queue."""

from __future__ import annotations

from typing import Any


def consume(consumer: Any, callback: Any) -> None:
    """Take every message that waits, as a consumer does."""
    while True:
        method, header, body = consumer.basic_get(None)
        if body is None:
            return
        callback(consumer, method, header, body)
