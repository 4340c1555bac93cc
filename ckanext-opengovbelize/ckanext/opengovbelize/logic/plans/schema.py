"""What the actions accept."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ...progress import rules, standing


@validator_args
def plan_show(
    not_empty: Validator,
    unicode_safe: Validator,
    ignore_empty: Validator,
    ignore_missing: Validator,
    one_of: ValidatorFactory,
    default: ValidatorFactory,
    natural_number_validator: Validator,
    limit_to_configured_maximum: ValidatorFactory,
) -> Schema:
    """A plan, which of its commitments, and a page of them."""
    text = [ignore_missing, ignore_empty, unicode_safe]
    return {
        "id": [not_empty, unicode_safe],
        "institution": list(text),
        "policy_area": list(text),
        "status": [*text, one_of([*rules.statuses(), standing.NO_REPORT])],
        "stage": list(text),
        "limit": [default(100), natural_number_validator, limit_to_configured_maximum("", 1000)],
        "offset": [default(0), natural_number_validator],
    }
