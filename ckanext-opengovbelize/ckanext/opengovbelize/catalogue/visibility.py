"""Who may see a dataset: the only place that decides CKAN's ``private``."""

from __future__ import annotations

RELEASED = "released"
WITHDRAWN = "withdrawn"


def private_for(state: str) -> bool:
    """Tell whether a dataset in this publication state is private: anything but released is."""
    return state != RELEASED
