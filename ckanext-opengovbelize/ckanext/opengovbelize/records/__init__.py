"""Reading session records: bytes in, typed records and problems out. Imports nothing of CKAN."""

from .reading import READER_VERSION, read

__all__ = ["READER_VERSION", "read"]
