"""Who may read what, as permission labels."""

from __future__ import annotations

from typing import Any


def dataset_labels(dataset: Any, labels: list[str]) -> list[str]:
    """Return the labels of a dataset."""
    return labels


def user_labels(user: Any, labels: list[str]) -> list[str]:
    """Return the labels that a user holds."""
    return labels
