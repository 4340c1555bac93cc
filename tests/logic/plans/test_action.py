"""A plan in one call: its commitments, their indicators, and the newest status of each."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckan.types import Context

from tests import plans

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]


def show(user: dict[str, Any] | None = None, **params: Any) -> dict[str, Any]:
    """Ask as a user, or as an anonymous visitor."""
    context: Context = {"user": user["name"] if user else ""}
    return tk.get_action("opengovbelize_plan_show")(context, {"id": "sample-plan", **params})


def numbers(**params: Any) -> list[str]:
    return [f"{each['stage']} {each['number']}" for each in show(**params)["commitments"]]


def test_a_plan_comes_with_its_commitments_and_their_newest_status() -> None:
    plans.sample()

    answer = show()

    assert answer["plan"]["title"] == "Sample plan"
    assert answer["counts"]["commitments"] == answer["found"] == 7
    assert answer["counts"]["by_stage"] == {"final": 3, "draft": 2, "merged": 1, "dropped": 1}
    assert answer["counts"]["by_status"] == {"C": 1, "SP": 1, "none": 1}
    assert (answer["counts"]["overdue"], answer["counts"]["missing_reports"]) == (1, 2)
    assert [(row["code"], row["counts"]) for row in answer["periods"]] == [
        ("2021-H1", {"C": 1, "NS": 1, "none": 1}),
        ("2021-H2", {"C": 1, "SP": 1, "none": 1}),
    ]
    first, second = answer["commitments"][0]["indicators"]
    assert first["statuses"] == {"2021-H1": "C"}
    assert second["institution"] == "Sample Water Department"
    assert second["latest"] == {
        "period": "2021-H2",
        "status": "SP",
        "institution": "Sample Water Department",
        "reported": "2021-07-15",
        "late": True,
        "version": 2,
    }
    assert (second["overdue"], second["missing_reports"]) == (True, [])
    assert "reports" not in answer["commitments"][0]


def test_commitments_are_chosen_by_institution_area_status_and_stage() -> None:
    plans.sample()
    water = call_action("organization_show", id="sample-water")["id"]

    for institution in (water, "sample-water", "sample water DEPARTMENT"):
        assert numbers(institution=institution) == ["final 1"]
    assert numbers(institution="Ministry of Health") == ["final 2"]
    assert numbers(institution="nobody") == []
    assert numbers(policy_area="health-and-nutrition") == ["final 2"]
    assert numbers(status="SP") == ["final 1"]
    assert numbers(status="none") == ["final 2"]
    assert numbers(stage="dropped") == ["dropped 4"]
    assert numbers(stage="final", status="SP", institution="Ministry of Health") == []

    # Pages are cut in the order of numbers, final commitments first.
    assert numbers(limit=2) == ["final 1", "final 2"]
    assert numbers(limit=2, offset=2) == ["final 3", "draft 1"]
    assert show(limit=2)["found"] == 7

    wrongs: tuple[dict[str, Any], ...] = ({"limit": "many"}, {"status": "done"}, {"offset": -1})
    for wrong in wrongs:
        with pytest.raises(tk.ValidationError) as refused:
            show(**wrong)
        assert list(refused.value.error_dict) == list(wrong)
    for no_plan in ("sample-plan-final-1", "no-such-plan"):
        with pytest.raises(tk.ObjectNotFound):
            show(id=no_plan)


def test_nobody_sees_more_than_they_may_read() -> None:
    plan = plans.sample()
    editor, stranger = factories.User(), factories.User()
    call_action("organization_member_create", id=plan["owner_org"], username=editor["name"], role="editor")

    plans.hide("sample-plan-final-1")
    assert show()["counts"]["commitments"] == 6
    assert "Open water board timetable" not in str(show())
    assert show(user=editor)["counts"]["commitments"] == 7

    plans.hide("sample-plan")
    assert show(user=editor)["plan"]["title"] == "Sample plan"
    for reader in (None, stranger):
        with pytest.raises(tk.NotAuthorized):
            show(user=reader)
