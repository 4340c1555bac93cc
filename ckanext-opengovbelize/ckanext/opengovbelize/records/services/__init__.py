"""What web services answer in JSON, brought into plain lists of records, which tables are read from."""

from .plain import is_part, plain

__all__ = ["is_part", "plain"]
