"""The ``opengovbelize_records`` source type."""

from __future__ import annotations

import ckan.plugins as p


class RecordsHarvester(p.SingletonPlugin):
    """Harvests session records."""
