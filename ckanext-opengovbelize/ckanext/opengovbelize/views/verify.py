"""The page on which anybody checks a certificate. What is sent is in no address, no log, no session."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.config.middleware.flask_app import csrf
from ckan.types import Response
from flask import Blueprint, make_response, request
from werkzeug.exceptions import RequestEntityTooLarge

from .. import config
from ..certificates.model import NOT_GENUINE
from . import certificate_labels
from .attendance_form import private

verify = Blueprint("opengovbelize_verify", __name__)

# A form with the longest certificate that is looked at, every sign of it written as three.
LARGEST = 32_000
UNUSABLE = "unusable"


@verify.get("/verify")
def form() -> Response:
    """Show the field for a certificate. The page's script fills it in from the address's fragment."""
    return _page(None, 200)


# Whoever makes another send a certificate here learns nothing: the answer is the sender's alone, and changes nothing.
@csrf.exempt
@verify.post("/verify")
def check() -> Response:
    """Tell whether a certificate is genuine."""
    request.max_content_length = LARGEST
    try:
        text = request.form.get("certificate", "")
    except RequestEntityTooLarge:
        return _page({"state": NOT_GENUINE}, 413)
    if not text.strip():
        return _page(None, 400, is_empty=True)
    try:
        answer = tk.get_action("opengovbelize_certificate_verify")({}, {"certificate": text})
    except tk.ValidationError:
        return _page({"state": UNUSABLE}, 503)
    return _page(answer, 200)


def _page(answer: dict[str, Any] | None, status: int, *, is_empty: bool = False) -> Response:
    request.environ["__no_cache__"] = True
    return private(
        make_response(
            tk.render(
                "opengovbelize/certificates/verify.html",
                {
                    "answer": answer,
                    "today": config.today().isoformat(),
                    "is_empty": is_empty,
                    "reason": certificate_labels.reason_label((answer or {}).get("reason", "")),
                    "why": certificate_labels.why_label((answer or {}).get("reason", "")),
                },
            ),
            status,
        )
    )
