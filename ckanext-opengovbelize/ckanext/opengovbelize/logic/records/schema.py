"""What the actions accept."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator


@validator_args
def record_preview(
    not_empty: Validator,
    unicode_safe: Validator,
    ignore_missing: Validator,
    ignore_empty: Validator,
    natural_number_validator: Validator,
    ignore: Validator,
) -> Schema:
    """Files, for whom, and what they do not say themselves."""
    return {
        "owner_org": [not_empty, unicode_safe],
        "series": [ignore_missing, unicode_safe],
        "session": [ignore_missing, ignore_empty, natural_number_validator],
        "plan": [ignore_missing, unicode_safe],
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
