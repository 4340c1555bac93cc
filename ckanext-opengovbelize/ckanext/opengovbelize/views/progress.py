"""Where institutions report progress, administrators reopen periods, and anybody reads what was reported before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from ckan.types import Response
from flask import Blueprint, make_response

from .. import config
from ..catalogue import commitments, institutions, reopening, report_book
from ..exports import plans as exports
from ..logic.access.labels import editable_organizations
from ..progress import rules, standing, windows
from ..schemas.types import COMMITMENT, PLAN

progress = Blueprint("opengovbelize_progress", __name__)

FIELDS = ("status", "progress", "evidence", "challenges", "reason")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A browser sends a preview's rows back in one field, which web servers limit to half a megabyte.
MOST_CARRIED = 300_000
# What an indicator without a report owes; one that was complete before, or has not begun, owes none.
OWED = ("missing", "waiting")

Row = dict[str, Any]


@progress.route("/commitment/<commitment_id>/report/<indicator>/<period>", methods=["GET", "POST"])
def report(commitment_id: str, indicator: str, period: str) -> str | Response:
    """Show the form for one report, and take what is sent."""
    commitment = _dataset(commitment_id, COMMITMENT)
    organization_id = rules.responsible(commitment, indicator)
    plan = _dataset(commitment["in_plan"], PLAN)
    row = _by_code(plan.get("periods"), period)
    if organization_id is None or row is None:
        return tk.abort(404, _("There is no such indicator or reporting period."))
    if not tk.h.check_access("opengovbelize_progress_report_save", {"organization_id": organization_id}):
        return tk.abort(
            403, _("Log in as an editor of the institution in charge to report on this indicator.")
        )
    current = _current(commitment, indicator, period)
    errors: Row = {}
    sent: Mapping[str, Any] = current or {}
    if tk.request.method == "POST":
        sent = {name: tk.request.form.get(name, "") for name in FIELDS}
        try:
            saved = tk.get_action("opengovbelize_progress_report_save")(
                {},
                {"id": commitment["id"], "indicator": indicator, "period": period, **sent, **_version_seen()},
            )
        except tk.ValidationError as error:
            errors = dict(error.error_dict)
            # Somebody may have reported while this form was open.
            current = next(iter(errors.get("now", [])), current)
        else:
            tk.h.flash_success(_done(saved["outcome"]))
            return tk.redirect_to(
                "opengovbelize_progress.history",
                commitment_id=commitment["name"],
                indicator=indicator,
                period=period,
            )
    return tk.render(
        "opengovbelize/progress/report.html",
        {
            "commitment": commitment,
            "plan": plan,
            "indicator": _by_code(commitment.get("indicators"), indicator),
            "period": row,
            "institution": institutions.titles().get(organization_id, ""),
            "window": _window(plan, row, organization_id, _reopened(plan)),
            "current": current,
            "sent": sent,
            "errors": errors,
            "is_stale": "now" in errors,
            "need_challenges": rules.NEED_CHALLENGES,
        },
    )


@progress.get("/commitment/<commitment_id>/reports/<indicator>/<period>")
def history(commitment_id: str, indicator: str, period: str) -> str:
    """Show every version of a report, to anyone who may see the commitment."""
    commitment = _dataset(commitment_id, COMMITMENT)
    row = _by_code(commitment.get("indicators"), indicator)
    if row is None:
        return tk.abort(404, _("There is no such indicator or reporting period."))
    plan = _dataset(commitment["in_plan"], PLAN)
    versions = tk.get_action("opengovbelize_progress_report_history")(
        {}, {"id": commitment["id"], "indicator": indicator, "period": period}
    )
    return tk.render(
        "opengovbelize/progress/history.html",
        {
            "commitment": commitment,
            "plan": plan,
            "indicator": row,
            "period": _by_code(plan.get("periods"), period) or {"code": period},
            "versions": versions,
            "may_report": tk.h.check_access(
                "opengovbelize_progress_report_save",
                {"organization_id": rules.responsible(commitment, indicator)},
            ),
        },
    )


@progress.get("/action_plan/<plan_id>/progress")
def overview(plan_id: str) -> str:
    """Show an institution what it has to report, and the program's administrators who has not."""
    return _overview(_plan_for_editors(plan_id))


@progress.post("/action_plan/<plan_id>/progress")
def upload(plan_id: str) -> str | Response:
    """Take a spreadsheet: first to show what would become of each row, then in earnest."""
    plan = _plan_for_editors(plan_id)
    form, files = tk.request.form, tk.request.files
    apply = form.get("step") == "apply"
    sent: Row = {"plan": plan["id"], "dry_run": not apply}
    try:
        if form.get("rows"):
            sent["rows"] = json.loads(form["rows"])
        elif files.get("upload") and files["upload"].filename:
            sent["upload"] = files["upload"]
        else:
            raise tk.ValidationError({"upload": [_("Choose a file first.")]})
        answer = tk.get_action("opengovbelize_progress_report_import")({}, sent)
    except (tk.ValidationError, ValueError) as error:
        told = getattr(error, "error_dict", {}).get("upload") or [_("Choose the file again.")]
        return _overview(plan, upload_errors=told)
    if apply:
        tk.h.flash_success(_("The reports were taken. Below is what became of each row."))
    return _overview(plan, answer=answer, carried=None if apply else _carried(answer))


@progress.post("/action_plan/<plan_id>/progress/reopen")
def reopen(plan_id: str) -> str | Response:
    """Open a period again for one institution."""
    plan = _plan_for_editors(plan_id)
    sent = {name: tk.request.form.get(name, "") for name in ("period", "institution", "until")}
    try:
        done = tk.get_action("opengovbelize_progress_period_reopen")({}, {"plan": plan["id"], **sent})
    except tk.NotAuthorized:
        return tk.abort(403, _("Only administrators of the program may reopen a period."))
    except tk.ValidationError as error:
        return _overview(plan, reopen_errors=error.error_dict, reopen_sent=sent)
    message = _("{institution} may report on {period} until {day}.")
    day = tk.h.opengovbelize_day(done["until"])
    tk.h.flash_success(message.format(institution=done["institution"], period=done["period"], day=day))
    return tk.redirect_to("opengovbelize_progress.overview", plan_id=plan["name"])


@progress.get("/action_plan/<plan_id>/progress/template.xlsx")
def template(plan_id: str) -> Response:
    """Send the workbook with the reader's own indicators, one row for each report that may be made now."""
    plan = _plan_for_editors(plan_id)
    own = _own_organizations()
    periods = plan.get("periods") or []
    known = _reopened(plan)
    open_periods = [
        row["code"] for row in periods if any(_window(plan, row, each, known)["is_open"] for each in own)
    ]
    asked = [_only_own(each, own, open_periods) for each in _final(plan) if any(_own_indicators(each, own))]
    response = make_response(exports.workbook(plan, asked, institutions.titles()))
    response.headers["Content-Type"] = EXCEL
    response.headers["Content-Disposition"] = f'attachment; filename="{plan["name"]}-progress.xlsx"'
    return response


# What the pages show


def _overview(plan: Row, **values: Any) -> str:
    administers = tk.h.check_access(
        "opengovbelize_progress_period_reopen", {"organization_id": plan["owner_org"]}
    )
    listed = _final(plan)
    return tk.render(
        "opengovbelize/progress/overview.html",
        {
            "plan": plan,
            "periods": list(_to_report(plan, listed, _own_organizations())),
            "administers": administers,
            "not_reported": _not_reported(plan, listed) if administers else [],
            "reopened": tk.get_action("opengovbelize_progress_period_reopened_list")(
                {}, {"plan": plan["id"]}
            ),
            "institutions": _in_charge(listed) if administers else [],
            "all_periods": windows.ordered(plan.get("periods") or []),
            "today": config.today().isoformat(),
            "answer": None,
            "carried": None,
            "upload_errors": [],
            "reopen_errors": {},
            "reopen_sent": {},
            **values,
        },
    )


def _to_report(plan: Row, listed: Sequence[Row], own: frozenset[str]) -> Iterator[Row]:
    """Yield the periods that take reports of the reader's institutions now, each with their indicators."""
    known = _reopened(plan)
    periods = windows.ordered(plan.get("periods") or [])
    found = standing.of_plan(listed, periods, config.today())
    for place, period in enumerate(periods):
        indicators = [
            {"commitment": commitment, "indicator": indicator.row, "cell": indicator.cells[place]}
            for commitment in listed
            for indicator in found.commitments[commitment["id"]].indicators
            if (lead := _responsible(commitment, indicator.row)) in own
            and _window(plan, period, lead, known)["is_open"]
        ]
        if indicators:
            state = found.states[period["code"]]
            missing = sum(row["cell"].state in OWED for row in indicators)
            yield {"period": period, "state": state, "indicators": indicators, "missing": missing}


def _not_reported(plan: Row, listed: Sequence[Row]) -> list[Row]:
    """Return who owes reports whose due date has passed, by period."""
    found = standing.of_plan(listed, plan.get("periods") or [], config.today())
    known = institutions.organizations()
    owed: dict[tuple[str, str], int] = {}
    for commitment in listed:
        for indicator in found.commitments[commitment["id"]].indicators:
            lead = commitments.lead_title(indicator.row, commitment, known)
            for period in indicator.missing:
                owed[period, lead] = owed.get((period, lead), 0) + 1
    return [
        {"period": period, "institution": institution, "count": count}
        for (period, institution), count in sorted(owed.items())
    ]


def _in_charge(listed: Sequence[Row]) -> list[Row]:
    """Return the organizations that report on something, by title."""
    titles = institutions.titles()
    found = {
        _responsible(commitment, indicator)
        for commitment in listed
        for indicator in commitment.get("indicators") or []
    }
    rows = [{"id": id_, "title": titles[id_]} for id_ in found if id_ in titles]
    return sorted(rows, key=lambda row: row["title"])


def _window(
    plan: Row, period: windows.Period, organization_id: str, reopened: Mapping[tuple[str, str], date]
) -> Row:
    """Return whether an institution may report on a period now, and until when."""
    today = config.today()
    state = windows.state(period, plan["periods"], today)
    until = reopened.get((period["code"], organization_id))
    is_reopened = state == windows.CLOSED and until is not None and today <= until
    last = windows.last_day(period, plan["periods"])
    return {
        "state": state,
        "is_open": state in (windows.OPEN, windows.LATE) or is_reopened,
        "is_late": windows.is_late(period, today),
        "last_day": _iso(until if is_reopened else last),
        "is_reopened": is_reopened,
    }


def _reopened(plan: Row) -> Mapping[tuple[str, str], date]:
    """Return until when each reopened period is open, by its code and the institution's id."""
    return {
        (row["period"], row["organization_id"]): date.fromisoformat(row["until"])
        for row in reopening.reopened(plan["id"])
    }


def _responsible(commitment: Row, indicator: Mapping[str, Any]) -> str:
    return str(rules.responsible(commitment, indicator["code"]))


def _only_own(commitment: Row, own: frozenset[str], periods: Sequence[str]) -> Row:
    """Return a commitment with the reader's indicators, and a row for each of them and each period."""
    indicators = list(_own_indicators(commitment, own))
    rows = [
        _current(commitment, row["code"], period) or {"indicator": row["code"], "period": period}
        for row in indicators
        for period in periods
    ]
    return {**commitment, "indicators": indicators, "reports": rows}


def _own_indicators(commitment: Row, own: frozenset[str]) -> Iterator[Row]:
    for row in commitment.get("indicators") or []:
        if _responsible(commitment, row) in own:
            yield row


def _own_organizations() -> frozenset[str]:
    return frozenset(editable_organizations(tk.current_user.id))


def _final(plan: Row) -> list[Row]:
    listed = commitments.of_plan(plan["id"], {"user": tk.current_user.name})
    return [each for each in listed if rules.is_reported_on(str(each.get("stage") or ""))]


def _carried(answer: Row) -> str:
    """Return the rows of a preview that would change something, to be sent again; empty where they are too many.

    Each carries the version that the preview saw, so that a report made meanwhile is not passed over.
    """
    rows = [
        {**row["report"], "version": row["version"] - 1}
        for row in answer["rows"]
        if row["outcome"] in (report_book.ADDED, report_book.UPDATED)
    ]
    carried = json.dumps(rows, ensure_ascii=False)
    return carried if rows and len(carried.encode()) <= MOST_CARRIED else ""


# What the pages ask for


def _plan_for_editors(plan_id: str) -> Row:
    plan = _dataset(plan_id, PLAN)
    if not tk.h.check_access("opengovbelize_progress_report_import"):
        return tk.abort(403, _("Log in as an editor of an institution to report progress."))
    return plan


def _dataset(reference: str, type_: str) -> Row:
    try:
        found = tk.get_action("package_show")({}, {"id": reference})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        found = {}
    if found.get("type") != type_:
        return tk.abort(404, _("There is no such page, or it is not public."))
    return found


def _by_code(rows: Sequence[Row] | None, code: str) -> Row | None:
    return next((row for row in rows or [] if row.get("code") == code), None)


def _current(commitment: Row, indicator: str, period: str) -> Row | None:
    rows = commitment.get("reports") or []
    return next((row for row in rows if (row["indicator"], row["period"]) == (indicator, period)), None)


def _version_seen() -> Row:
    version = tk.request.form.get("version", "")
    return {"version": version if version.isdecimal() else "0"}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _done(outcome: str) -> str:
    return {
        report_book.ADDED: _("The report is published."),
        report_book.UPDATED: _("The correction is published. The earlier version stays readable."),
        report_book.UNCHANGED: _("This is what was reported before: nothing changed."),
    }[outcome]
