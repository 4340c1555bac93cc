"""Who may decide whether two records are of one session: those who may review the questions of the organization."""

from __future__ import annotations

from typing import Any

from ..review.auth import opengovbelize_review_decide, opengovbelize_review_list

__all__ = ["opengovbelize_doubt_decide", "opengovbelize_doubt_list"]


def opengovbelize_doubt_list(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask as for the questions."""
    return opengovbelize_review_list(context, data_dict)


def opengovbelize_doubt_decide(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask as for the questions."""
    return opengovbelize_review_decide(context, data_dict)
