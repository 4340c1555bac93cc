"""Python's collector of circles, out of the way while many rows are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Make many objects at once without the collector going through all of them again and again.

    Rows and people hold no circles, so it would find nothing: it took a third of the time of 100,000 rows. Where it
    is paused already, it stays so until the outer caller ends.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
