"""What the actions accept."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory


@validator_args
def trust_show(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """An organization."""
    return {"organization_id": [not_empty, unicode_safe]}


@validator_args
def trust_order(
    not_empty: Validator,
    unicode_safe: Validator,
    list_of_strings: Validator,
    default: ValidatorFactory,
    boolean_validator: Validator,
) -> Schema:
    """An organization, its sources in order, and whether only to tell what it would change."""
    return {
        "organization_id": [not_empty, unicode_safe],
        "sources": [not_empty, list_of_strings],
        "dry_run": [default(False), boolean_validator],
    }
