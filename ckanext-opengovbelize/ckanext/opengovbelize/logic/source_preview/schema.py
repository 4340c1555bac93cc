"""What the action accepts."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator


@validator_args
def source_preview(not_empty: Validator, unicode_safe: Validator, ignore_missing: Validator) -> Schema:
    """An address, how to read it, and for whom."""
    return {
        "url": [not_empty, unicode_safe],
        "config": [ignore_missing, unicode_safe],
        "owner_org": [not_empty, unicode_safe],
    }
