"""What the last runs know of a source's pages, as the room of sources asks for it; by itself nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .found import Found


@dataclass(frozen=True)
class Listing:
    """A page that lists addresses.

    Attributes:
        page: the page; it has no bytes where its server says that it has not changed.
        kind: what it is, which says of what the addresses are.
        addresses: what it lists that is wanted of it.
    """

    page: Found
    kind: str
    addresses: tuple[str, ...]


class Memory:
    """Knows nothing: every page is fetched and read. ``runs.pages`` knows more."""

    def headers(self, url: str) -> Mapping[str, str]:
        """Return what makes a request for a page conditional, where its last answer is known."""
        return {}

    def listing(self, page: Found) -> Listing | None:
        """Return what a page lists, if that is known and it has not changed."""
        return None

    def was_read(self, page: Found) -> bool:
        """Tell whether a page was read before as it is, so that it is known whether it describes a session."""
        return False
