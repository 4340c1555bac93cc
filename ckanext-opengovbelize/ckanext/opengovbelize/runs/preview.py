"""What a source would give, before it is one: its first records, read and compared as a run would. Writes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from ..catalogue.ledger import Source
from ..sources import Opened, SourceConfig, open_source
from . import pipeline, settings
from .pipeline import Gathered

# So many records are read: enough to see whether the source is understood, and soon.
MOST = 10


def preview(url: str, config: SourceConfig, organization_id: str) -> tuple[int, Gathered]:
    """Return how many records an address has, and what would become of the first of them.

    Args:
        url: the address that would be the source's.
        config: its configuration.
        organization_id: whose source it would be.

    Raises:
        SourceError: the source as a whole cannot be read.
    """
    # A person waits for it, so a server that is away is asked once.
    limits = settings.limits(credentials=settings.credentials(config, organization_id))
    opened = open_source(url, config, replace(limits, retries=0))
    source = Source(
        id="preview",
        organization_id=organization_id,
        title="",
        trust=config.trust,
        created=datetime.now(UTC).replace(tzinfo=None),
        series=config.series,
        plan=config.plan,
    )
    first = Opened(islice(opened.records, MOST), min(opened.count, MOST), opened.alone, opened.problems)
    gathered = pipeline.gather(source, first, config, read_all=True)
    return opened.count, gathered
