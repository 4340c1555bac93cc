"""Plans and commitments by API: what refers to something else, and what must be the only one of its kind."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]


@pytest.fixture
def editor() -> dict[str, Any]:
    return factories.User()


@pytest.fixture
def program(editor: dict[str, Any]) -> dict[str, Any]:
    return factories.Organization(users=[{"name": editor["name"], "capacity": "editor"}])


@pytest.fixture
def create(editor: dict[str, Any], program: dict[str, Any]) -> Any:
    def create_(type_: str, name: str, **fields: Any) -> dict[str, Any]:
        values = {
            "type": type_,
            "name": name,
            "title": name,
            "owner_org": program["id"],
            "license_id": "cc-by",
        }
        return tk.get_action("package_create")({"user": editor["name"]}, {**values, **fields})

    return create_


@pytest.fixture
def plan(create: Any) -> dict[str, Any]:
    return create("action_plan", "tide-plan", start="2021-01-01", end="2022-12-31")


def refused(call: Any, *arguments: Any, **fields: Any) -> dict[str, Any]:
    with pytest.raises(tk.ValidationError) as error:
        call(*arguments, **fields)
    return error.value.error_dict


def test_numbers_are_unique_within_plan_and_stage(create: Any, plan: dict[str, Any]) -> None:
    create("commitment", "one", in_plan="tide-plan", number="3", stage="draft")
    create("commitment", "final-one", in_plan=plan["id"], number="3", stage="final")
    errors = refused(create, "commitment", "two", in_plan=plan["id"], number="03", stage="draft")
    assert set(errors) == {"number"}
    assert "one" in errors["number"][0]
    create("action_plan", "reef-plan")
    create("commitment", "elsewhere", in_plan="reef-plan", number="3", stage="draft")


def test_a_commitment_needs_a_plan_of_its_own_program(create: Any, plan: dict[str, Any]) -> None:
    other = factories.Organization()
    factories.Dataset(type="action_plan", name="theirs", owner_org=other["id"], publication_state="released")
    factories.Dataset(type="action_plan", name="hidden", owner_org=other["id"])
    for in_plan in ("theirs", "hidden", "no-such-plan", ""):
        assert set(refused(create, "commitment", "one", in_plan=in_plan, number="1")) == {"in_plan"}


def test_derivation_never_goes_round(create: Any, plan: dict[str, Any], editor: dict[str, Any]) -> None:
    common = {"in_plan": plan["id"], "stage": "draft"}
    create("commitment", "one", number="1", **common)
    create("commitment", "two", number="2", derived_from=["one"], **common)
    patch = tk.get_action("package_patch")
    for forerunner in ("one", "two"):
        errors = refused(patch, {"user": editor["name"]}, {"id": "one", "derived_from": [forerunner]})
        assert set(errors) == {"derived_from"}
    assert set(refused(create, "commitment", "three", number="3", derived_from=["nobody"], **common)) == {
        "derived_from"
    }


def test_an_institution_is_found_by_id_name_or_title(create: Any, plan: dict[str, Any]) -> None:
    water = factories.Organization(name="water", title="Tide Water Board")
    for number, reference in enumerate((water["id"], "water", "tide water  BOARD"), start=1):
        commitment = create(
            "commitment",
            f"c-{number}",
            in_plan=plan["id"],
            number=str(number),
            indicators=[{"code": "1", "title": "Wells", "lead": reference}],
        )
        assert commitment["indicators"][0]["lead"] == water["id"]
    errors = refused(
        create,
        "commitment",
        "other",
        in_plan=plan["id"],
        number="9",
        indicators=[{"code": "1", "title": "Wells", "lead": "Nobody's Board"}],
    )
    assert set(errors["indicators"][0]) == {"lead"}


def test_an_assessment_keeps_which_version_of_the_scale_it_used(
    create: Any, plan: dict[str, Any], editor: dict[str, Any]
) -> None:
    row = {"assessor": "Tide Review Panel", "scale": "irm_completion", "verdict": "limited"}
    old = {**row, "scale": "irm_early_results", "verdict": "splendid", "scale_version": "Scale of 2012"}
    stored = create("commitment", "one", in_plan=plan["id"], number="1", assessments=[row, old])[
        "assessments"
    ]
    assert [each["scale_version"] for each in stored] == ["Scale of five", "Scale of 2012"]
    assert len({each["code"] for each in stored}) == 2


def test_an_event_is_a_webinar_of_the_portal_or_a_consultation_of_the_plan(
    create: Any, plan: dict[str, Any]
) -> None:
    create("webinar", "session-1")
    fields = {"in_plan": plan["id"], "number": "1"}
    for kind, reference in (("webinar", "tide-plan"), ("consultation", "session-1")):
        errors = refused(
            create, "commitment", "one", events=[{"kind": kind, "reference": reference}], **fields
        )
        assert set(errors["events"][0]) == {"reference"}
    assert create("commitment", "one", events=[{"kind": "webinar", "reference": "session-1"}], **fields)
