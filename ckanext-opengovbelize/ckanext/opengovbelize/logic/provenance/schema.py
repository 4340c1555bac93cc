"""What the actions accept."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory


@validator_args
def provenance_show(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """A dataset."""
    return {"id": [not_empty, unicode_safe]}


@validator_args
def lock_lift(not_empty: Validator, unicode_safe: Validator, default: ValidatorFactory) -> Schema:
    """A field of a dataset, or one of its rows."""
    return {
        "id": [not_empty, unicode_safe],
        "field": [not_empty, unicode_safe],
        "row": [default(""), unicode_safe],
    }
