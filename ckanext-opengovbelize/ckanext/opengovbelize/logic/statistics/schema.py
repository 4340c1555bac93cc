"""What the actions accept."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator


@validator_args
def release_list(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """A dataset."""
    return {"id": [not_empty, unicode_safe]}


@validator_args
def release_show(
    not_empty: Validator,
    unicode_safe: Validator,
    ignore_missing: Validator,
    natural_number_validator: Validator,
) -> Schema:
    """A dataset, and which of its releases."""
    return {
        "id": [not_empty, unicode_safe],
        "release": [ignore_missing, natural_number_validator],
    }


@validator_args
def program(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """A program's organization."""
    return {"id": [not_empty, unicode_safe]}


@validator_args
def program_update(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """A program's organization, and its settings; their rules are in ``catalogue.program``."""
    return {"id": [not_empty, unicode_safe], "threshold": [not_empty]}
