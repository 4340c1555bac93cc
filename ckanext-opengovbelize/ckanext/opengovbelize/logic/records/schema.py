"""What the actions accept."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator

from ...schemas.values import without_private_patterns
from ...sources.config import CHECKS

_LONGEST_NUMBER = 4


@validator_args
def record_preview(
    not_empty: Validator,
    unicode_safe: Validator,
    ignore_missing: Validator,
    ignore_empty: Validator,
    ignore: Validator,
) -> Schema:
    """Files, for whom, and what they do not say themselves."""
    return {
        "owner_org": [not_empty, unicode_safe],
        "series": [ignore_missing, unicode_safe, _series],
        "session": [ignore_missing, ignore_empty, _session],
        "plan": [ignore_missing, unicode_safe, _plan],
        "__extras": [ignore],
    }


@validator_args
def record_import(not_empty: Validator, unicode_safe: Validator, ignore: Validator) -> Schema:
    """What a preview returned, and for whom."""
    return {
        "owner_org": [not_empty, unicode_safe],
        "token": [not_empty, unicode_safe],
        "__extras": [ignore],
    }


def _series(value: str) -> str:
    return _fitting(
        "series", value, tk._("Series: write its title, or the last part of the address of its page.")
    )


def _plan(value: str) -> str:
    return _fitting(
        "plan", value, tk._("Action plan: write its title, or the last part of the address of its page.")
    )


def _session(value: Any) -> int:
    said = str(value).strip()
    number = int(said) if said.isdecimal() and len(said) <= _LONGEST_NUMBER else 0
    return _fitting(
        "session", number, tk._("Session number: write it in figures and nothing else, such as 3.")
    )


def _fitting(option: str, value: Any, mend: str) -> Any:
    """Return a value that a source's configuration would take; say in the form's words how to mend another."""
    if isinstance(value, str):
        try:
            without_private_patterns(value)
        except ValueError as error:
            raise tk.Invalid(str(error)) from None
    fits, _of_configuration = CHECKS[option]
    if not fits(value):
        raise tk.Invalid(mend)
    return value
