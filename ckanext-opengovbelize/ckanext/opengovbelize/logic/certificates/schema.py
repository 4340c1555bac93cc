"""What the actions accept that take no files."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator


@validator_args
def issue_list(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """A series."""
    return {"id": [not_empty, unicode_safe]}


@validator_args
def revoke(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """A program, certificates, and why."""
    return {name: [not_empty, unicode_safe] for name in ("organization_id", "certificates", "reason")}


@validator_args
def keys(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """A program."""
    return {"id": [not_empty, unicode_safe]}


@validator_args
def key_compromise(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """A program, one of its keys, and why."""
    return {name: [not_empty, unicode_safe] for name in ("id", "key", "why")}
