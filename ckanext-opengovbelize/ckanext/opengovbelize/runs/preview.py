"""What a source would give, before it is one: its first records, read and compared as a run would. Writes nothing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..catalogue.ledger import Source, now
from ..sources import OTHER, Found, Opened, SourceConfig, open_source
from . import pipeline, settings
from .pipeline import Gathered

# So many records are read: enough to see whether the source is understood, and soon.
MOST = 10
# A person waits for it, and the web server does not for ever.
SECONDS = 30


def preview(url: str, config: SourceConfig, organization_id: str) -> tuple[int, Gathered]:
    """Return how many records an address has, and what would become of the first of them.

    Args:
        url: the address that would be the source's.
        config: its configuration.
        organization_id: whose source it would be.

    Raises:
        SourceError: the source as a whole cannot be read.
    """
    limits = settings.limits(credentials=settings.credentials(config, organization_id))
    # A server that is away is asked once.
    limits = replace(limits, retries=0, until=time.monotonic() + SECONDS)
    opened = open_source(url, config, limits)
    source = Source(
        id="preview",
        organization_id=organization_id,
        title="",
        trust=config.trust,
        created=now(),
        series=config.series,
        plan=config.plan,
    )
    first = Opened(
        _in_time(opened.records, limits.until), min(opened.count, MOST), opened.alone, opened.problems
    )
    gathered = pipeline.gather(source, first, config, read_all=True)
    # A file may hold many records, and a chat goes with another: where all was read they are counted themselves.
    is_whole = opened.count <= MOST and time.monotonic() < limits.until
    return len(gathered.outcomes) if is_whole else opened.count, gathered


def _in_time(records: Iterable[Found], until: float) -> Iterator[Found]:
    """Yield the first records, and no more of them once time is up; of what is left nobody can tell."""
    number = 0
    for found in records:
        if number and found.problem and time.monotonic() >= until:
            return
        yield found
        number += found.kind != OTHER
        if number == MOST:
            return
