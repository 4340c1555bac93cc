"""Plans in other shapes than rows: periods as columns, and JSON in which numbers lead to records."""

from __future__ import annotations

import json

import pytest
from ckanext.opengovbelize.records.plans import PlanRecord, read

REPORT = ("indicator", "period", "status", "progress")


def found(data: str, name: str) -> list[PlanRecord]:
    return read(data.encode(), file=name) or []


def reports(records: list[PlanRecord]) -> list[tuple[str, ...]]:
    rows = [record.fields for record in records if record.type == "progress_report"]
    return [tuple(row[name] for name in REPORT if name in row) for row in rows]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (
            "Commitment,Indicator,2020-H2,January to June 2021\n1,1.1,NS,LP\n1,1.2,SP,\n",
            [("1.1", "2020-H2", "NS"), ("1.1", "2021-H1", "LP"), ("1.2", "2020-H2", "SP")],
        ),
        (
            "Commitment,Indicator,2020-H2 Status,2020-H2 Progress,2021-H1 Status,2021-H1 Progress\n1,1.1,SP,Two,C,All\n",
            [("1.1", "2020-H2", "SP", "Two"), ("1.1", "2021-H1", "C", "All")],
        ),
        ("Compromiso,Indicador,2020,2021\n1,1.1,NS,C\n", [("1.1", "2020", "NS"), ("1.1", "2021", "C")]),
    ],
)
def test_each_period_may_have_a_column_of_its_own(table: str, told: list[tuple[str, ...]]) -> None:
    records = found(table, "progress.csv")

    assert reports(records) == told
    assert not [problem for record in records for problem in record.problems]


def test_indicators_may_have_their_statuses_beside_them() -> None:
    table = "Commitment,Number,Title,Deadline,2020-H2,2021-H1\n1,1.1,Boards,2021-06-30,NS,later\n"
    records = found(table, "indicators.csv")

    assert records[0].fields["indicators"] == [{"code": "1.1", "title": "Boards", "deadline": "2021-06-30"}]
    assert reports(records) == [("1.1", "2020-H2", "NS"), ("1.1", "2021-H1")]
    assert [problem.code for problem in records[2].problems] == ["status-unknown"]


def test_periods_beside_commitments_are_told_with_what_to_do() -> None:
    (record,) = found("Number,Title,Stage,2020-H2,2021-H1\n1,Open boards,final,SP,C\n", "commitments.csv")

    assert [problem.code for problem in record.problems] == ["column-period"] * 2
    assert "sheet of indicators" in record.problems[0].message


def test_columns_of_years_that_hold_no_statuses_are_no_reports() -> None:
    assert not reports(found("Commitment,Indicator,2020,2021\n1,1.1,4000,5000\n", "budget.csv"))


def test_numbers_may_lead_to_records_in_json() -> None:
    plan = {
        "plan": {"title": "Plan", "periods": {"2021-H1": {"due": "2021-07-31"}}},
        "commitments": {
            "1": {
                "title": "Open boards",
                "stage": "final",
                "milestones": {"1.1": {"title": "First"}},
                "indicators": {"1.1": {"title": "Boards", "reports": {"2021-H1": {"status": "SP"}}}},
            },
            "2": {"title": "Open seas", "stage": "final"},
        },
    }
    records = found(json.dumps(plan), "plan.json")

    assert [record.key for record in records] == [
        "plan",
        "commitment final 1",
        "commitment final 2",
        "progress final 1 1.1 2021-H1",
    ]
    assert records[0].fields["periods"][0]["code"] == "2021-H1"
    assert records[1].fields["milestones"] == [{"code": "1.1", "title": "First"}]
    assert not [problem for record in records for problem in record.problems]


@pytest.mark.parametrize("number", ["1", "Commitment 1: Open boards", "1. Open boards", "1 - Open boards"])
def test_numbers_are_read_beside_what_they_are_the_number_of(number: str) -> None:
    table = f"Commitment,Milestone,Period,Status\n{number},1.2 Train boards,2021-H1,LP\n"
    (record,) = found(table, "progress.csv")

    assert (record.fields["number"], record.fields["indicator"]) == ("1", "1.2")


def test_what_only_begins_with_a_figure_is_no_numbered_title() -> None:
    (record,) = found("Commitment,Indicator,Period,Status\n1,2 boards trained,2021-H1,LP\n", "progress.csv")

    assert record.fields["indicator"] == "2-boards-trained"


def test_a_period_may_stand_once_over_the_columns_that_tell_of_it() -> None:
    table = (
        "Progress of the plan,,,,\n"
        ",,2020-H2,,Jan-Jun 2021,\n"
        "Commitment,Milestone,Status,Challenges,Status,Challenges\n"
        "1,1.1,LP,Staff left,SP,\n"
        "1,1.2,NS,No budget,LP,\n"
    )
    records = found(table, "progress.csv")

    assert [(record.key, record.fields.get("challenges")) for record in records] == [
        ("progress 1 1.1 2020-H2", "Staff left"),
        ("progress 1 1.1 2021-H1", None),
        ("progress 1 1.2 2020-H2", "No budget"),
        ("progress 1 1.2 2021-H1", None),
    ]
    assert not [problem for record in records for problem in record.problems]


def test_percentages_are_told_with_what_to_write_instead() -> None:
    (record,) = found("Commitment,Milestone,Period,Status,% complete\n1,1.1,2021-H1,LP,60\n", "progress.csv")

    (problem,) = record.problems
    assert problem.code == "column-percent"
    assert "Status" in problem.message


def test_progress_is_read_under_spanish_headers() -> None:
    table = (
        "Compromiso N.º,Período del informe,Hito,Nivel de cumplimiento,Descripción del avance,Medio de verificación,"
        "Dificultades y retrasos,Fecha del informe\n"
        "1,II semestre 2020,1.1,Limitado,Dos juntas,https://data.example.org/1,Sin personal,15/01/2021\n"
    )
    (record,) = found(table, "informe.csv")

    assert record.fields == {
        "number": "1",
        "period": "2020-H2",
        "indicator": "1.1",
        "status": "LP",
        "progress": "Dos juntas",
        "evidence": "https://data.example.org/1",
        "challenges": "Sin personal",
        "reported": "2021-01-15",
    }


@pytest.mark.parametrize("name", ["plan.csv", "Plan (2).csv", "plan - Copy.csv", "Action plan_FINAL v3.csv"])
def test_a_copy_of_a_plan_is_a_plan(name: str) -> None:
    (plan,) = found("Title,Start,End\nLagoon plan,2020,2022\n", name)
    assert plan.type == "action_plan"


def test_sessions_that_are_planned_for_a_year_are_no_plans() -> None:
    assert found("Title,Start,End\nOpen books,2020-05-07,2020-05-07\n", "Plan 2020.csv") == []
