"""What the actions accept."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ...catalogue import reviews

# A decision by the word of the button, or of the state that it leads to.
DECISIONS = {
    "accept": reviews.ACCEPTED,
    "correct": reviews.CORRECTED,
    "reject": reviews.REJECTED,
    **{state: state for state in (reviews.ACCEPTED, reviews.CORRECTED, reviews.REJECTED)},
}
CORRECTABLE = ("question", "answer", "answered", "answered_by", "topic")


@validator_args
def review_list(
    ignore_missing: Validator, unicode_safe: Validator, default: ValidatorFactory, one_of: ValidatorFactory
) -> Schema:
    """The questions of one webinar or of all, in one state."""
    return {
        "package_id": [ignore_missing, unicode_safe],
        "state": [default(reviews.PROPOSED), one_of([reviews.PROPOSED, *set(DECISIONS.values())])],
    }


@validator_args
def review_decide(
    not_empty: Validator,
    unicode_safe: Validator,
    one_of: ValidatorFactory,
    ignore_empty: Validator,
    convert_to_json_if_string: Validator,
    dict_only: Validator,
) -> Schema:
    """A question and what is decided about it."""
    return {
        "id": [not_empty, unicode_safe],
        "decision": [not_empty, one_of(list(DECISIONS))],
        "correction": [ignore_empty, convert_to_json_if_string, dict_only],
    }
