"""The questions that wait for editors, and what editors decide."""

from __future__ import annotations

from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.logic import validate

from ...catalogue import pipeline, reviews
from ...model import Review
from ...schemas import values
from ..access import waiting
from ..erase.validators import opengovbelize_not_erased
from . import schema

__all__ = ["opengovbelize_review_decide", "opengovbelize_review_list"]


@tk.side_effect_free
@validate(schema.review_list)
def opengovbelize_review_list(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return questions of the webinars whose organization the user edits, the oldest first.

    Args:
        context: CKAN's.
        data_dict: ``package_id``, id or name of one webinar (optional); ``state``, one of ``proposed`` (the
            default), ``accepted``, ``corrected``, ``rejected``.

    Returns:
        Each with ``id``, ``package_id``, ``package_name``, ``package_title``, ``organization_id``, ``row``,
        ``reasons``, ``state``, ``correction`` and ``created_at``.
    """
    found = waiting.rows(Review, "opengovbelize_review_list", context, data_dict)
    return [_shown(review, package) for review, package in found]


@validate(schema.review_decide)
def opengovbelize_review_decide(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Accept, correct or reject a question. The decision stays, whatever the source says later.

    Args:
        context: CKAN's.
        data_dict: ``id`` of the question; ``decision``, one of ``accept``, ``correct``, ``reject``; with
            ``correct``, ``correction``: any of ``question``, ``answer``, ``answered``, ``answered_by`` and
            ``topic``.

    Returns:
        The question as ``opengovbelize_review_list`` shows it.
    """
    review, package = waiting.row(Review, "opengovbelize_review_decide", context, data_dict["id"])
    if review is None or package is None:
        raise tk.ObjectNotFound(tk._("This question does not wait any more."))
    state = schema.DECISIONS[data_dict["decision"]]
    correction = _correction(data_dict.get("correction")) if state == reviews.CORRECTED else None
    user = model.User.get(context["user"])
    if user is None:
        raise tk.NotAuthorized(tk._("Log in to decide about questions."))
    pipeline.decide(review, package, state, correction, user)
    return _shown(review, package)


def _correction(given: dict[str, Any] | None) -> dict[str, str]:
    """Return a correction that may be published; the webinar's schema checks its vocabularies later."""
    named = ", ".join(schema.CORRECTABLE)
    if not given:
        raise tk.ValidationError(
            {"correction": [tk._("Say what to correct: {fields}.").format(fields=named)]}
        )
    errors: dict[str, Any] = {}
    correction = {}
    for field, value in given.items():
        if field not in schema.CORRECTABLE:
            errors[field] = [tk._("Only these may be corrected: {fields}.").format(fields=named)]
            continue
        try:
            correction[field] = _publishable(value)
        except tk.Invalid as error:
            errors[field] = [error.error]
    if correction.get("question") == "":
        errors["question"] = [tk._("A question cannot be empty. To leave it out, reject it.")]
    if errors:
        raise tk.ValidationError(errors)
    return correction


def _publishable(value: Any) -> str:
    """Return a text that may be published, or raise Invalid without repeating it."""
    try:
        text = values.without_private_patterns(values.text(value))
    except ValueError as error:
        raise tk.Invalid(str(error)) from error
    return opengovbelize_not_erased(text)


def _shown(review: Review, package: model.Package) -> dict[str, Any]:
    return {**waiting.shown(review, package), "row": review.row, "correction": review.correction}
