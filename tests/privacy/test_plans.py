"""The screen of plans: institutions stay, persons go, wherever they stand."""

from __future__ import annotations

from typing import Any

import pytest
from ckanext.opengovbelize.privacy.hashing import phrase_hash
from ckanext.opengovbelize.privacy.plans import screen_plan
from ckanext.opengovbelize.privacy.policy import Policy
from ckanext.opengovbelize.records.drafts import Draft
from ckanext.opengovbelize.records.plans import PlanRecord, read
from ckanext.opengovbelize.records.problems import Problem
from hypothesis import given
from hypothesis import strategies as st

KEY = b"k" * 32
POLICY = Policy(KEY, erased=frozenset([phrase_hash(KEY, "Zenobio Waterlillo")]))


def commitment(**fields: Any) -> PlanRecord:
    fields = {"number": "3", "stage": "final", "title": "Open tide tables", **fields}
    places = {
        f"{name} {row['code']}": f"sheet {name}, row 9"
        for name in ("milestones", "indicators")
        for row in fields.get(name, [])
    }
    return PlanRecord(
        "commitment",
        "commitment final 3",
        "Sample plan",
        fields,
        "sheet commitments, row 3",
        "plan.xlsx",
        places=places,
    )


@pytest.mark.parametrize(
    "name", ["title", "notes", "problem", "action", "expected_results", "became_of", "date_as_stated"]
)
@pytest.mark.parametrize(
    "private",
    [
        "Maria Lopez",
        "maria.l@example.org",
        "620-0103",
        "@marial_bz",
        "https://www.linkedin.com/in/marial",
        "Zenobio  WATERLILLO",
    ],
)
def test_what_is_private_goes_from_every_text(name: str, private: str) -> None:
    draft = screen_plan(
        commitment(**{name: f"Contact {private} for the tide tables of San Ignacio."}), POLICY
    )
    assert draft.fields[name] == "Contact [withheld] for the tide tables of San Ignacio."
    assert {(problem.field, problem.place) for problem in draft.problems} == {
        (name, "sheet commitments, row 3")
    }
    assert private not in str(draft)


def test_institutions_and_places_stay_and_persons_leave_the_lists() -> None:
    lead = ["Department of Tide Records", "Maria Lopez"]
    partners = ["Ceiba Data Club", "San Ignacio Village Council", "Universidad de Muestra"]
    action = "Ceiba Data Club and the Ministry of Health publish it in Belize City and Punta Gorda each June."
    draft = screen_plan(commitment(lead=lead, partners=partners, action=action), POLICY)
    assert draft.fields["lead"] == ["Department of Tide Records"]
    assert draft.fields["partners"] == partners
    assert draft.fields["action"] == action


def test_a_person_among_institutions_or_in_brackets_behind_one_is_withheld_everywhere() -> None:
    lead = ["Tide Registry (Gaspar Wick)", "Ministry of Boats (MoB)"]
    action = "A register is published. Contact: Gaspar Wick"
    draft = screen_plan(
        commitment(lead=lead, supporting=["Chamber of Samples", "Gaspar Wick"], action=action), POLICY
    )
    assert draft.fields["lead"] == ["Tide Registry", "Ministry of Boats (MoB)"]
    assert draft.fields["supporting"] == ["Chamber of Samples"]
    assert "Wick" not in str(draft)
    assert {problem.field for problem in draft.problems} == {"lead", "supporting", "action"}


def test_rows_are_screened_and_reported_where_they_stand() -> None:
    milestones = [{"code": "3.1", "title": "Maria Lopez writes the guide", "deadline": "2021-06-30"}]
    indicators = [{"code": "3.1", "title": "Guides printed", "lead_as_stated": "Tide Office, call 620-0103"}]
    draft = screen_plan(commitment(milestones=milestones, indicators=indicators), POLICY)
    assert draft.fields["milestones"] == [
        {"code": "3.1", "title": "[withheld] writes the guide", "deadline": "2021-06-30"}
    ]
    assert draft.fields["indicators"][0]["lead_as_stated"] == "Tide Office, call [withheld]"
    assert {(problem.field, problem.place) for problem in draft.problems} == {
        ("milestones", "sheet milestones, row 9"),
        ("indicators", "sheet indicators, row 9"),
    }


def test_personal_links_go_and_public_ones_stay() -> None:
    sources = [
        {"code": "a", "title": "Plan", "url": "https://www.example.org/plan"},
        {"code": "b", "title": "Profile", "url": "https://www.linkedin.com/in/marial"},
    ]
    draft = screen_plan(commitment(sources=sources), POLICY)
    assert [row["code"] for row in draft.fields["sources"]] == ["a"]
    assert [problem.code for problem in draft.problems] == ["link-withheld"]


def test_a_report_keeps_its_numbers_days_and_periods() -> None:
    fields = {
        **{"stage": "final", "number": "12", "indicator": "12.10", "period": "2021-H1", "status": "LP"},
        **{
            "progress": "Done by 30 June 2021; 1,200 of 2,000 forms.",
            "reported": "2021-07-15",
            "evidence": "https://example.org/20210715",
        },
    }
    record = PlanRecord(
        "progress_report", "progress final 12 12.10 2021-H1", "Sample plan", fields, "row 2", "a.csv"
    )
    draft = screen_plan(record, POLICY)
    assert (draft.fields, draft.key, draft.problems) == (fields, record.key, [])
    assert (draft.type, draft.plan, draft.place, draft.file) == (
        "progress_report",
        "Sample plan",
        "row 2",
        "a.csv",
    )


@pytest.mark.parametrize("code", ["20-620-0103-21-H1", "620.0103", "H1_620-0103"])
def test_a_telephone_number_within_the_code_of_a_row_goes(code: str) -> None:
    draft = screen_plan(commitment(milestones=[{"code": code, "title": "Open the tables"}]), POLICY)
    assert "0103" not in str(draft.as_dict())


@pytest.mark.parametrize("code", ["2021-H1", "3-1-2", "step-2021-04", "1.1"])
def test_the_code_of_a_row_stays(code: str) -> None:
    draft = screen_plan(commitment(milestones=[{"code": code, "title": "Open the tables"}]), POLICY)
    assert draft.fields["milestones"][0]["code"] == code


def test_a_number_that_names_somebody_costs_the_record_and_leaves_no_trace_in_its_key() -> None:
    record = PlanRecord(
        "commitment", "commitment draft Maria Lopez", "", {"number": "Maria Lopez", "stage": "draft"}, "row 2"
    )
    draft = screen_plan(record, POLICY)
    assert any(problem.rejects for problem in draft.problems)
    assert "Lopez" not in str(draft)


def test_names_of_files_sheets_and_columns() -> None:
    record = PlanRecord(
        "action_plan",
        "plan",
        "Sample plan",
        {"title": "Sample plan"},
        "sheet Maria Lopez, row 2",
        "maria lopez.xlsx",
    )
    record.problems = [
        Problem(
            "column-unknown",
            'The column "Maria Lopez" is not known.',
            "maria lopez.xlsx",
            "sheet Maria Lopez, row 1",
        )
    ]
    draft = screen_plan(record, POLICY)
    assert "Lopez" not in str(draft)
    assert draft.file == "record.xlsx"


def test_a_draft_survives_being_stored() -> None:
    draft = screen_plan(commitment(lead=["Tide Office"]), POLICY)
    assert Draft.from_dict(draft.as_dict()) == draft


def test_columns_of_persons_are_never_seen_again() -> None:
    table = (
        b"Number,Stage,Title,Responsible person,E-mail\n1,final,Tide tables,Maria Lopez,maria.l@example.org\n"
    )
    (record,) = read(table, file="commitments.csv") or []
    draft = screen_plan(record, POLICY)
    assert draft.fields == {"number": "1", "stage": "final", "title": "Tide tables"}
    assert [problem.code for problem in draft.problems] == ["column-withheld", "column-withheld"]


@given(
    st.text(max_size=60),
    st.sampled_from(["Zenobio Waterlillo", "q.feather@example.org", "620-0103"]),
    st.text(max_size=60),
)
def test_whatever_stands_around_it(before: str, private: str, after: str) -> None:
    text = f"{before} {private} {after}"
    draft = screen_plan(
        commitment(action=text, milestones=[{"code": "1", "title": text}], partners=[text]), POLICY
    )
    assert private not in str(draft)


@pytest.mark.parametrize(
    ("reporter", "kept"),
    [("Myrtle Sabal", False), ("Tide Registry", True), ("Water Watch", True), ("Ministerio de Salud", True)],
)
def test_who_reports_is_an_institution_or_withheld(reporter: str, kept: bool) -> None:
    record = PlanRecord(
        "progress_report", "progress 1 1.1 2021-H1", fields={"institution": reporter}, file="p.csv"
    )
    draft = screen_plan(record, POLICY)
    assert draft.fields == ({"institution": reporter} if kept else {})
    assert ("withheld" in [problem.code for problem in draft.problems]) is not kept
