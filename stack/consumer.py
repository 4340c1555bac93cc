"""Runs one harvest consumer of the portal. Any number of each kind may run."""

from __future__ import annotations

import os
import sys

from ckanext.opengovbelize.cli.consume import KINDS
from ckanext.opengovbelize.harvesters import consumers

from .ckan_app import load


def main() -> None:
    """Run until stopped; the process manager starts it again whenever it ends."""
    load(os.environ["CKAN_INI"])
    consumers.run(KINDS[sys.argv[1]])


if __name__ == "__main__":
    main()
