"""The sessions of a series, as those who edit them see them."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

# More sessions than a series has.
MOST = 1000


def of_series(series_id: str) -> list[dict[str, Any]]:
    """Return the webinars of a series that the current user may read, drafts included, by number and start."""
    found = tk.get_action("package_search")(
        {},
        {
            "fq": f'dataset_type:webinar AND in_series:"{series_id}"',
            "rows": MOST,
            "include_private": True,
            "include_drafts": True,
        },
    )
    return sorted(found["results"], key=_order)


def _order(webinar: dict[str, Any]) -> tuple[int, str, str]:
    number = str(webinar.get("session_number") or "")
    return int(number) if number.isdecimal() else MOST, str(webinar.get("start") or ""), webinar["name"]
