"""Tells the person at the terminal what is being done."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def step(title: str) -> Iterator[Callable[[str], None]]:
    """Print a line for one step, and when it is done how long it took.

    Yields:
        A function that adds a remark to the line.
    """
    remarks: list[str] = []
    started = time.monotonic()
    print(f"  {title} ...", end="", flush=True)
    try:
        yield remarks.append
    except BaseException:
        print(" not done", flush=True)
        raise
    took = f" {time.monotonic() - started:.0f} s"
    print(took + "".join(f", {remark}" for remark in remarks), flush=True)


def complain(text: str) -> None:
    """Print a problem."""
    print(text, file=sys.stderr, flush=True)
