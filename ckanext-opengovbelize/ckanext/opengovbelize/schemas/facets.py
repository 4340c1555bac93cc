"""Facets, as the schemas declare them."""

from __future__ import annotations


def dataset_facets(facets: dict[str, str], package_type: str) -> dict[str, str]:
    """Add the facets that the schemas declare."""
    return facets
