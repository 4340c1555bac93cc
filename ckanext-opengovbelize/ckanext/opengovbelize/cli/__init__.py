"""``ckan opengovbelize``: one command a file."""

from __future__ import annotations

from typing import Any

import click


@click.group(short_help="Publish an open government program.")
def opengovbelize() -> None:
    """Publish an open government program."""


def get_commands() -> list[Any]:
    """Return the command group."""
    return [opengovbelize]
