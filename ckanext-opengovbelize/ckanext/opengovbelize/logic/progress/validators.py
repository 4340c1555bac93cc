"""The validators that keep progress reports out of every way but their own actions."""

from __future__ import annotations

from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

__all__ = ["opengovbelize_reports_kept", "opengovbelize_reports_unchanged"]


def opengovbelize_reports_kept(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Put the current reports in where an update does not name them."""


def opengovbelize_reports_unchanged(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse reports that differ from the current ones."""
