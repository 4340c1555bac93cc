"""Signed previews: what somebody was shown and may publish, carried by the browser, kept nowhere."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

from .. import config


class Refused(ValueError):
    """A preview that cannot be published; ``code`` is ``expired`` or ``altered``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def message(self) -> str:
        """Return what to tell whoever sent it."""
        return {
            "expired": tk._("This preview is too old. Send the files again: they were not kept."),
            "altered": tk._("This is not a preview that you were shown. Send the files again."),
        }[self.code]


def user_id(context: Any) -> str:
    """Return whose preview it is."""
    user = context.get("auth_user_obj") or tk.current_user
    return str(getattr(user, "id", "") or context.get("user") or "")


def sign(kind: str, user: str, values: dict[str, Any]) -> str:
    """Return a preview as text that nobody can alter.

    Args:
        kind: of what; a preview of one kind is none of another.
        user: id of the user who saw it.
        values: plain values that ``json`` can write.
    """
    return str(_serializer(kind).dumps({**values, "user": user}))


def open_(kind: str, token: str, user: str) -> dict[str, Any]:
    """Return the values in a token.

    Raises:
        Refused: it is too old, or not one that this portal gave this user.
    """
    try:
        values = _serializer(kind).loads(token, max_age=60 * config.preview_minutes())
    except SignatureExpired as error:
        raise Refused("expired") from error
    except BadData as error:
        raise Refused("altered") from error
    if values.pop("user") != user:
        raise Refused("altered")
    return values


def _serializer(kind: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(config.hash_key(), salt=kind)
