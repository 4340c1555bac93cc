"""By which names CKAN and ckanext-harvest know a source."""

from __future__ import annotations

# The type of a source's package, whoever harvests it.
PACKAGE_TYPE = "harvest"
# The type of the sources that are ours: the name of their harvester.
RECORDS = "opengovbelize_records"
