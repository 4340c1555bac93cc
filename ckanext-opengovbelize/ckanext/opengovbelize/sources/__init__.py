"""Which records a source has, and their bytes. Imports nothing of CKAN.

A source is one record, a page that lists records, a folder, or a zip of records.
"""

from .config import SourceConfig, SourceConfigError
from .found import OTHER, Credentials, Found, Limits, Opened, SourceError
from .memory import Listing, Memory
from .opening import checked_address, open_source

__all__ = [
    "OTHER",
    "Credentials",
    "Found",
    "Limits",
    "Listing",
    "Memory",
    "Opened",
    "SourceConfig",
    "SourceConfigError",
    "SourceError",
    "checked_address",
    "open_source",
]
