"""``ckan opengovbelize consume``: a harvest consumer that may be killed, and of which any number may run."""

from __future__ import annotations

import click

from ..harvesters import consumers
from ..runs import leases

KINDS = {"gather": leases.GATHER, "fetch": leases.IMPORT}


@click.command("consume", short_help="Run a harvest consumer.")
@click.argument("kind", type=click.Choice(list(KINDS)))
def command(kind: str) -> None:
    """Run a consumer until stopped, in the place of ckan harvester gather-consumer or fetch-consumer."""
    consumers.run(KINDS[kind])
