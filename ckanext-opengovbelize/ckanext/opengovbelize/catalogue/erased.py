"""What was erased at somebody's request, and must not come back."""

from __future__ import annotations

import ckan.model as model
from sqlalchemy import select

from ..model import Erased

_ALL = select(Erased.words, Erased.hash)


def texts() -> frozenset[tuple[int, str]]:
    """Return of each erased text its number of words and its keyed hash, as ``Policy.erased`` takes them."""
    return frozenset((words, hash_) for words, hash_ in model.Session.execute(_ALL))
