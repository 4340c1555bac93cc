"""Which records a source has, and their bytes. Imports nothing of CKAN.

A source is one record, a page that lists records, a folder, or a zip of records.
"""

from .config import SourceConfig, SourceConfigError
from .found import Credentials, Found, Limits, Opened, SourceError
from .opening import open_source

__all__ = [
    "Credentials",
    "Found",
    "Limits",
    "Opened",
    "SourceConfig",
    "SourceConfigError",
    "SourceError",
    "open_source",
]
