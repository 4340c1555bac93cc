"""The signed preview: what a coordinator saw and may publish, carried by the browser, kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass
from typing import Any

from ...statistics.rows import Row
from .. import signing

_KIND = "participant-figures"


@dataclass(frozen=True)
class Preview:
    """What would be published. It holds no figure that is withheld.

    Attributes:
        dataset: id of the webinar or series.
        sessions: ids of the webinars that it is about.
        expected: fingerprint of the releases that were known then.
        threshold: of the disclosure control.
        collected: how the figures were collected, codes.
        rows: the table.
    """

    dataset: str
    sessions: tuple[str, ...]
    expected: str
    threshold: int
    collected: tuple[str, ...]
    rows: tuple[Row, ...]


def sign(preview: Preview, user: str) -> str:
    """Return a preview that this user saw as text that nobody can alter."""
    return signing.sign(_KIND, user, {**asdict(preview), "rows": [astuple(row) for row in preview.rows]})


def open_(token: str, user: str) -> Preview:
    """Return the preview in a token.

    Raises:
        Refused: it is too old, or not one that this portal gave this user.
    """
    values = signing.open_(_KIND, token, user)
    lists = {name: tuple(values[name]) for name in ("sessions", "collected")}
    return Preview(**{**values, **lists, "rows": _rows(values["rows"])})


def _rows(values: Sequence[Sequence[Any]]) -> tuple[Row, ...]:
    return tuple(Row(*row) for row in values)
