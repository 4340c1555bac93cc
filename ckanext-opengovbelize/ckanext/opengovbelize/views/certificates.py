"""The coordinator's page: attendance files of all sessions in, certificates out. Nothing is kept between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from ckan.types import Response
from flask import Blueprint, make_response
from flask import Response as FlaskResponse

from ..certificates.model import Claims
from ..logic.certificates.preparing import rule_of
from ..schemas.types import SERIES
from . import attendance_form, certificate_labels

certificates = Blueprint("opengovbelize_certificates", __name__)

DOWNLOAD, REVOKE = "download", "revoke"


@certificates.route("/webinar_series/<dataset_id>/certificates", methods=["GET", "POST"])
def of_series(dataset_id: str) -> Response:
    """Show the form; show who has earned a certificate; send certificates; revoke some."""
    series = attendance_form.coordinated(dataset_id, SERIES, "opengovbelize_certificate_preview")
    if tk.request.method != "POST":
        return _page(series)
    step = tk.request.form.get("step")
    if step == REVOKE:
        return _revoke(series)
    if step == DOWNLOAD:
        return _download(series)
    try:
        answer = tk.get_action("opengovbelize_certificate_preview")({}, _values(series))
    except tk.ValidationError as error:
        return _page(series, errors=attendance_form.messages(error), status=400)
    return _page(series, answer=answer)


def _download(series: dict[str, Any]) -> Response:
    # What draws the paper is loaded when it is wanted: a machine without it can do all the rest.
    from ..certificates import bundle

    sent = _values(series) | {name: tk.request.form.get(name, "") for name in ("language", "replaces")}
    try:
        issued = tk.get_action("opengovbelize_certificate_issue")({}, sent)["certificates"]
    except tk.ValidationError as error:
        return _page(series, errors=attendance_form.messages(error), status=400)
    address = tk.url_for("opengovbelize_verify.form", _external=True, locale=sent["language"] or "en")
    parts = bundle.stream([_certificate(row) for row in issued], verify_url=address)
    # The first certificate is made before the answer begins, so that what fails, fails as a page.
    begun = list(islice(parts, 2))
    response = FlaskResponse(chain(begun, parts), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="certificates-{series["name"]}.zip"'
    return _private(response)


def _revoke(series: dict[str, Any]) -> Response:
    sent = {name: tk.request.form.get(name, "") for name in ("certificates", "reason")}
    try:
        done = tk.get_action("opengovbelize_certificate_revoke")(
            {}, {"organization_id": series["owner_org"], **sent}
        )
    except tk.ValidationError as error:
        return _page(series, revoke_errors=attendance_form.messages(error), status=400)
    return _page(series, revoked=done)


def _certificate(row: dict[str, Any]) -> Any:
    from ..certificates.bundle import Certificate

    said = {name: value for name, value in row.items() if name != "token"}
    return Certificate(Claims(**{**said, "issued": date.fromisoformat(said["issued"])}), row["token"])


def _values(series: dict[str, Any]) -> dict[str, Any]:
    form = tk.request.form
    return {
        **attendance_form.values(series),
        "names": {key.partition(".")[2]: value for key, value in form.items() if key.startswith("name.")},
        "leave": form.getlist("leave"),
        "include": form.getlist("include"),
    }


def _page(series: dict[str, Any], *, status: int = 200, **values: Any) -> Response:
    webinars = attendance_form.webinars(series)
    titles = {webinar["name"]: tk.h.opengovbelize_title(webinar) for webinar in webinars}
    answer = values.get("answer")
    rule = rule_of(series, webinars)
    sessions = answer["sessions"] if answer else rule.planned or len(webinars)
    needed = answer["needed"] if answer else rule.needed or sessions
    issues = tk.get_action("opengovbelize_certificate_issue_list")({}, {"id": series["id"]})
    return _private(
        make_response(
            tk.render(
                "opengovbelize/certificates/coordinator.html",
                {
                    "dataset": series,
                    "webinars": webinars,
                    "sent": tk.request.form,
                    "answer": None,
                    "errors": [],
                    "revoked": None,
                    "revoke_errors": [],
                    "kept": certificate_labels.kept(issues),
                    "reasons": certificate_labels.reasons(),
                    "rule": certificate_labels.rule_in_words(series, sessions, needed) if sessions else "",
                    "refusals": [
                        certificate_labels.refusal(one, titles) for one in (answer or {}).get("refusals", [])
                    ],
                    "participants": list(_participants(answer, titles)) if answer else [],
                    **values,
                },
            ),
            status,
        )
    )


def _participants(answer: dict[str, Any], titles: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield everybody who may get a certificate, with what to look at in words."""
    for row in answer["participants"]:
        look_at = [certificate_labels.doubt(one, titles) for one in row["doubts"]]
        if row["missing_letters"]:
            look_at.append(
                _(
                    "This portal has no font for these letters, they would be printed as boxes: {letters}"
                ).format(letters=" ".join(row["missing_letters"]))
            )
        yield {**row, "look_at": look_at}


def _private(response: Any) -> Response:
    tk.request.environ["__no_cache__"] = True
    return attendance_form.private(response)
