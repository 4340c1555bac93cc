"""What the actions accept."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory


@validator_args
def run_show(ignore_missing: Validator, unicode_safe: Validator) -> Schema:
    """A run, by its own id or that of its harvest job."""
    return {"id": [ignore_missing, unicode_safe], "job_id": [ignore_missing, unicode_safe]}


@validator_args
def run_list(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    natural_number_validator: Validator,
    limit_to_configured_maximum: ValidatorFactory,
) -> Schema:
    """The runs of a source, a page at a time."""
    return {
        "source_id": [not_empty, unicode_safe],
        "limit": [default(20), natural_number_validator, limit_to_configured_maximum("", 100)],
        "offset": [default(0), natural_number_validator],
    }
