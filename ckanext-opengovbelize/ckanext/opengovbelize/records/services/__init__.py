"""What web services answer in JSON, brought into plain lists of records, which tables are read from."""

from .plain import plain

__all__ = ["plain"]
