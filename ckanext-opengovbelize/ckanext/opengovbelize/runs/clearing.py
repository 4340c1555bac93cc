"""Clearing a source: everything that it published is withdrawn, part by part."""

from __future__ import annotations

import math
import time

from .. import config
from ..catalogue import ledger
from ..catalogue import pipeline as catalogue
from ..catalogue.ledger import Source
from . import settings


def clear(source: Source, seconds: float = math.inf) -> int:
    """Withdraw what a source has published, and return how many of its records are left when the time is up.

    What is withdrawn stays so: who clears again goes on from there.
    """
    until = time.monotonic() + seconds
    keys, user, part = ledger.record_keys(source.id), settings.harvest_user(), config.batch_size()
    for start in range(0, len(keys), part):
        catalogue.withdraw(keys[start : start + part], source, user)
        if time.monotonic() >= until:
            return max(0, len(keys) - start - part)
    return 0
