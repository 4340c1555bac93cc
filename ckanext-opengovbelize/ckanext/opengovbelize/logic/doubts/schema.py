"""What the actions accept."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ...catalogue import doubts


@validator_args
def doubt_list(
    ignore_missing: Validator, unicode_safe: Validator, default: ValidatorFactory, one_of: ValidatorFactory
) -> Schema:
    """The doubts about one webinar or all, in one state."""
    return {
        "package_id": [ignore_missing, unicode_safe],
        "state": [default(doubts.PROPOSED), one_of([doubts.PROPOSED, doubts.SAME, doubts.DIFFERENT])],
    }


@validator_args
def doubt_decide(not_empty: Validator, unicode_safe: Validator, one_of: ValidatorFactory) -> Schema:
    """A doubt and what is decided about it."""
    return {
        "id": [not_empty, unicode_safe],
        "decision": [not_empty, one_of([doubts.SAME, doubts.DIFFERENT])],
    }
