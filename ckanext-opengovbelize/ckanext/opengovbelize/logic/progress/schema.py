"""What the actions accept. What a report must hold is checked in ``progress.rules``."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

TEXTS = ("status", "progress", "evidence", "challenges", "reason")


@validator_args
def report_save(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    natural_number_validator: Validator,
) -> Schema:
    """One report, and the version that its writer saw."""
    required = [not_empty, unicode_safe]
    return {
        **{name: list(required) for name in ("id", "indicator", "period")},
        **{name: [default(""), unicode_safe] for name in TEXTS},
        "version": [default(0), natural_number_validator],
    }


@validator_args
def report_list(ignore_missing: Validator, ignore_empty: Validator, unicode_safe: Validator) -> Schema:
    """The reports of a plan or of a commitment."""
    names = ("plan", "commitment", "institution", "period")
    return {name: [ignore_missing, ignore_empty, unicode_safe] for name in names}


@validator_args
def report_history(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """One report, all versions."""
    return {name: [not_empty, unicode_safe] for name in ("id", "indicator", "period")}


@validator_args
def period_reopen(not_empty: Validator, unicode_safe: Validator, opengovbelize_day: Validator) -> Schema:
    """A period, an institution, and until when."""
    names = ("plan", "period", "institution")
    return {
        **{name: [not_empty, unicode_safe] for name in names},
        "until": [not_empty, unicode_safe, opengovbelize_day],
    }


@validator_args
def reopened_list(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """A plan."""
    return {"plan": [not_empty, unicode_safe]}
