"""What the actions accept."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ...runs.health import STATES


@validator_args
def source_list(
    unicode_safe: Validator,
    default: ValidatorFactory,
    one_of: ValidatorFactory,
    natural_number_validator: Validator,
    limit_to_configured_maximum: ValidatorFactory,
) -> Schema:
    """Harvest sources, a page at a time."""
    return {
        "q": [default(""), unicode_safe],
        "health": [default(""), one_of(["", *STATES])],
        "limit": [default(50), natural_number_validator, limit_to_configured_maximum("", 200)],
        "offset": [default(0), natural_number_validator],
    }
