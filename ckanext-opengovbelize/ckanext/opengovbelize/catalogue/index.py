"""What Solr gets of a dataset."""

from __future__ import annotations

from typing import Any


def before_dataset_index(pkg_dict: dict[str, Any]) -> dict[str, Any]:
    """Shape a dataset for Solr."""
    return pkg_dict
