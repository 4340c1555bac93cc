"""An invented plan for the tests of pages and actions: four drafts, three final commitments, two periods of reports."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.opengovbelize.catalogue import reports

PERIODS = [
    {"code": "2021-H1", "title": "January to June 2021", "start": "2021-01-01", "end": "2021-06-30", "due": "2021-07-31"},
    {"code": "2021-H2", "title": "July to December 2021", "start": "2021-07-01", "end": "2021-12-31", "due": "2022-01-31"},
]  # fmt: skip


def create(**fields: Any) -> dict[str, Any]:
    """Make a released dataset, reports included: as the room that writes them does."""
    context: Any = {"user": call_action("get_site_user")["name"], "ignore_auth": True, reports.WRITER: True}
    released = {"publication_state": "released", "license_id": "cc-by", **fields}
    return tk.get_action("package_create")(context, released)


def report(indicator: str, period: str, status: str, **fields: Any) -> dict[str, Any]:
    """A row of progress."""
    challenges = {"challenges": "Some boards have no computer."} if status in ("NS", "LP") else {}
    return {
        "code": f"{indicator}_{period}",
        "indicator": indicator,
        "period": period,
        "status": status,
        "progress": "Two boards of twelve publish.",
        "institution": "Sample Water Department",
        "reported": "2021-07-15",
        "late": False,
        "version": 1,
        **challenges,
        **fields,
    }


def sample() -> dict[str, Any]:
    """Make the plan, its commitments and a webinar; return the plan.

    As of 2022: commitment 1 has two indicators (1.1 complete since the first period, 1.2 corrected once, late and
    overdue), commitment 2 one that nobody has reported on, commitment 3 none.
    """
    program = factories.Organization(name="sample-program", title="Sample Program", image_url="")
    water = factories.Organization(name="sample-water", title="Sample Water Department", image_url="")
    common = {"owner_org": program["id"], "invented": True}
    create(type="webinar", name="sample-2020-1", title="Reading a public budget", status="held", **common)
    plan = create(
        type="action_plan",
        name="sample-plan",
        title="Sample plan",
        country="BZ",
        start="2021-01-01",
        end="2022-12-31",
        phases=[
            {"title": "Public consultation", "state": "done", "start": "2020-09-01", "end": "2020-09-30"}
        ],
        periods=PERIODS,
        consultations=[{"code": "draft-list", "subject": "The draft list of commitments", "status": "done"}],
        **common,
    )
    common |= {"type": "commitment", "in_plan": plan["id"]}
    drafts = [
        create(name=f"sample-plan-draft-{number}", title=title, number=number, stage=stage, became_of=became, **common)
        for number, title, stage, became in (
            ("1", "Water timetables", "draft", ""),
            ("2", "Source of the water", "merged", "Its text is now part of commitment 1."),
            ("3", "Clinic waiting times", "draft", ""),
            ("4", "A museum of openness", "dropped", "No institution could lead it."),
        )
    ]  # fmt: skip
    create(
        name="sample-plan-final-1",
        title="Open water board timetable",
        number="1",
        stage="final",
        derived_from=[drafts[0]["id"], drafts[1]["id"]],
        problem="Villagers do not know on which days water is delivered.",
        lead=["Sample Water Department"],
        policy_areas=["water-and-sanitation"],
        milestones=[{"code": "1.1", "title": "All boards publish", "start": "2021-01-01", "deadline": "2021-10-31"}],
        indicators=[
            {"code": "1.1", "milestone": "1.1", "title": "Boards that publish", "deadline": "2021-10-31", "lead": water["id"]},
            {"code": "1.2", "title": "Complaints answered", "deadline": "2021-12-31", "lead": water["id"]},
        ],
        reports=[
            report("1.1", "2021-H1", "C"),
            report("1.2", "2021-H1", "NS"),
            report("1.2", "2021-H2", "SP", late=True, version=2, reason="One board was counted twice."),
        ],
        assessments=[{"assessor": "Sample Review Panel", "scale": "irm_completion", "verdict": "limited"}],
        events=[
            {"kind": "consultation", "reference": "draft-list", "asked": "Name the source of the water too."},
            {"kind": "webinar", "reference": "sample-2020-1", "asked": "By phone?", "response": "Yes, from 2022 on."},
        ],
        **common,
    )  # fmt: skip
    create(
        name="sample-plan-final-2",
        title="Clinic waiting times in the open",
        number="2",
        stage="final",
        derived_from=[drafts[2]["id"]],
        lead=["Ministry of Health"],
        policy_areas=["health-and-nutrition"],
        indicators=[{"code": "2.1", "title": "Clinics that publish", "lead_as_stated": "Ministry of Health"}],
        **common,
    )
    create(name="sample-plan-final-3", title="Open data for statistics", number="3", stage="final", **common)
    return plan


def hide(name: str) -> None:
    """Take a dataset back from the public."""
    user = call_action("get_site_user")["name"]
    tk.get_action("package_patch")(
        {"user": user, "ignore_auth": True}, {"id": name, "publication_state": "draft"}
    )
