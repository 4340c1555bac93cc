"""Tables of any format to one form of sheets. Imports nothing of CKAN."""

from .reading import are_none, sheets
from .sheet import Line, Row, Sheet

__all__ = ["Line", "Row", "Sheet", "are_none", "sheets"]
