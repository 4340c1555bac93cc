"""The signed preview: what a coordinator saw and may publish, carried by the browser, kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass
from typing import Any

from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

from ... import config
from ...statistics.rows import Row

_SALT = "participant-figures"


class Refused(ValueError):
    """A preview that cannot be published; ``code`` is ``expired`` or ``altered``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Preview:
    """What would be published. It holds no figure that is withheld.

    Attributes:
        dataset: id of the webinar or series.
        sessions: ids of the webinars that it is about.
        user: id of the user who saw it.
        expected: fingerprint of the releases that were known then.
        threshold: of the disclosure control.
        collected: how the figures were collected, codes.
        rows: the table.
    """

    dataset: str
    sessions: tuple[str, ...]
    user: str
    expected: str
    threshold: int
    collected: tuple[str, ...]
    rows: tuple[Row, ...]


def sign(preview: Preview) -> str:
    """Return a preview as text that nobody can alter."""
    values: dict[str, Any] = {**asdict(preview), "rows": [astuple(row) for row in preview.rows]}
    return str(_serializer().dumps(values))


def open_(token: str, user: str) -> Preview:
    """Return the preview in a token.

    Raises:
        Refused: it is too old, or not one that this portal gave this user.
    """
    try:
        values = _serializer().loads(token, max_age=60 * config.preview_minutes())
    except SignatureExpired as error:
        raise Refused("expired") from error
    except BadData as error:
        raise Refused("altered") from error
    if values["user"] != user:
        raise Refused("altered")
    lists = {name: tuple(values[name]) for name in ("sessions", "collected")}
    return Preview(**{**values, **lists, "rows": _rows(values["rows"])})


def _rows(values: Sequence[Sequence[Any]]) -> tuple[Row, ...]:
    return tuple(Row(*row) for row in values)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(config.hash_key(), salt=_SALT)
