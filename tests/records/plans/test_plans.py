"""Plans: what tables say of commitments and progress becomes records, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from ckanext.opengovbelize.records.plans import read
from hypothesis import given
from hypothesis import strategies as st

from ..tables.making import Rows, delimited, workbook
from .found import by_key, codes, only, records

PLAN: Rows = [
    ["Field", "Value"],
    ["Title", "First sample plan"],
    ["Country", "Belize"],
    ["Start", date(2021, 1, 1)],
    ["Reporting periods", "2020-H2; 2021-Q3"],
    ["Level of participation", "Involve"],
    ["Invented", "Yes"],
]
COMMITMENTS: Rows = [
    ["Number", "Stage", "Title", "Lead institution", "Policy areas", "Derived from"],
    [1, "Draft", "Tide tables", "Department of Tide Records", "Water; Open data", None],
    [1, "Final", "Open tide tables", "Department of Tide Records\nCeiba Data Club", "Water", "draft 1"],
]
MILESTONES: Rows = [
    ["Commitment", "Milestone", "Title", "Deadline"],
    [1, "1.1", "Tables are out", "June 2021"],
]
INDICATORS: Rows = [
    ["Commitment", "Stage", "Indicator", "Milestone", "Title", "Deadline", "Lead"],
    [1, "final", "1.1", "1.1", "Ports with a table", date(2021, 12, 31), "Department of Tide Records"],
]
PROGRESS: Rows = [
    ["Commitment", "Indicator", "Period", "Status", "Progress", "Challenges", "Updated"],
    [1, "1.1", "2020-H2", "limited progress", "Two ports.", "Rain.", date(2021, 1, 15)],
    [1, "1.1", "2021-Q3", None, None, None, None],
]
FIVE = {
    "plan": PLAN,
    "commitments": COMMITMENTS,
    "milestones": MILESTONES,
    "indicators": INDICATORS,
    "progress": PROGRESS,
}


def test_a_workbook_of_five_sheets() -> None:
    found = by_key(workbook(FIVE))
    assert list(found) == ["plan", "commitment draft 1", "commitment final 1", "progress final 1 1.1 2020-H2"]
    assert {record.plan for record in found.values()} == {"First sample plan"}
    assert found["plan"].fields == {
        "title": "First sample plan",
        "country": "BZ",
        "start": "2021-01-01",
        "participation_level": "involve",
        "invented": True,
        "periods": [
            {"code": "2020-H2", "start": "2020-07-01", "end": "2020-12-31", "due": "2021-01-30"},
            {"code": "2021-Q3", "start": "2021-07-01", "end": "2021-09-30", "due": "2021-10-30"},
        ],
    }
    assert found["commitment draft 1"].fields["policy_areas"] == ["Water", "Open data"]
    final = found["commitment final 1"]
    assert final.place == "sheet commitments, row 3"
    assert final.fields == {
        "number": "1",
        "stage": "final",
        "title": "Open tide tables",
        "lead": ["Department of Tide Records", "Ceiba Data Club"],
        "policy_areas": ["Water"],
        "derived_from": ["draft 1"],
        "milestones": [
            {
                "code": "1.1",
                "title": "Tables are out",
                "deadline": "2021-06-30",
                "deadline_as_stated": "June 2021",
            }
        ],
        "indicators": [
            {
                "code": "1.1",
                "milestone": "1.1",
                "title": "Ports with a table",
                "deadline": "2021-12-31",
                "lead_as_stated": "Department of Tide Records",
            }
        ],
    }
    # "June 2021" is no day: the last one was taken, which the report says.
    assert [(problem.code, problem.place) for problem in final.problems] == [
        ("day-assumed", "sheet milestones, row 2, column Deadline")
    ]
    assert found["progress final 1 1.1 2020-H2"].fields == {
        "stage": "final",
        "number": "1",
        "indicator": "1.1",
        "period": "2020-H2",
        "status": "LP",
        "progress": "Two ports.",
        "challenges": "Rain.",
        "reported": "2021-01-15",
    }


def test_spanish_sheets_and_headers() -> None:
    found = by_key(
        workbook(
            {
                "Plan de acción": [["Título", "País", "Número del plan"], ["Plan de muestra", "Belice", 2]],
                "Compromisos": [
                    ["Número", "Etapa", "Título", "Instituciones responsables"],
                    [3, "Definitivo", "Agua", "Junta"],
                ],
                "Hitos": [
                    ["Compromiso", "Número", "Hito", "Plazo"],
                    [3, "3.1", "Primer paso", "30 de junio de 2021"],
                ],
                "Avances": [
                    ["Compromiso", "Hito", "Período", "Estado"],
                    [3, "3.1", "2021-S1", "Avance sustancial"],
                ],
            }
        )
    )
    assert found["plan"].fields == {"title": "Plan de muestra", "country": "BZ", "plan_number": 2}
    assert found["commitment final 3"].fields["milestones"] == [
        {"code": "3.1", "title": "Primer paso", "deadline": "2021-06-30"}
    ]
    assert found["progress final 3 3.1 2021-H1"].fields["status"] == "SP"
    assert not any(record.problems for record in found.values())


@pytest.mark.parametrize("kind", ["commitments", "milestones", "indicators", "progress"])
def test_each_sheet_alone_as_csv(kind: str) -> None:
    found = records(delimited(FIVE[kind]), "table.csv")
    assert {record.type for record in found} == {"progress_report" if kind == "progress" else "commitment"}
    assert found[0].fields["number"] == "1"
    assert not any(record.is_rejected for record in found)


def test_rows_alone_leave_the_stage_to_the_catalogue() -> None:
    record = only(delimited(MILESTONES))
    assert (record.key, "stage" in record.fields) == ("commitment 1", False)


def test_json_and_yaml_flat_and_nested() -> None:
    flat = b"""
    {"plan": {"title": "P", "periods": [{"code": "2021-H1"}]},
     "commitments": [{"number": 1, "stage": "final", "title": "A", "lead": ["One; two", "Three"]}],
     "indicators": [{"commitment": 1, "code": "1.10", "title": "I"}],
     "progress": [{"commitment": 1, "indicator": "1.10", "period": "2021-H1", "status": "C"}]}"""
    nested = b"""
plan:
  title: P
  periods: [{code: 2021-H1}]
  commitments:
  - number: 1
    stage: final
    title: A
    lead: [One; two, Three]
    indicators:
    - code: 1.10
      title: I
    reports:
    - {indicator: 1.10, period: 2021-H1, status: C}
"""
    expected = by_key(flat, "plan.json")
    assert list(expected) == ["plan", "commitment final 1", "progress final 1 1.10 2021-H1"]
    assert expected["commitment final 1"].fields["lead"] == ["One; two", "Three"]
    assert expected["commitment final 1"].fields["indicators"] == [{"code": "1.10", "title": "I"}]
    assert expected["plan"].fields["periods"][0]["due"] == "2021-07-30"
    assert {key: record.fields for key, record in by_key(nested, "plan.yaml").items()} == {
        key: record.fields for key, record in expected.items()
    }


def test_a_list_of_commitments_alone_with_rows_inside() -> None:
    record = only(
        b'[{"number": "2", "stage": "final", "title": "A", "milestones": [{"code": "2.1", "title": "M",'
        b' "indicators": [{"code": "2.1.1", "title": "I"}]}]}]',
        "any-name.json",
    )
    assert (record.key, record.problems) == ("commitment final 2", [])
    assert record.fields["milestones"] == [{"code": "2.1", "title": "M"}]
    assert record.fields["indicators"] == [{"code": "2.1.1", "milestone": "2.1", "title": "I"}]


REPORTS = b"""Commitment Number,Reporting Period,Milestone,Status,Progress,Evidence,Lead Institution,Updated
1,2020-H2,1.1,lp,Two boards.,https://www.example.org/1,Tide Office,2021-01-15
1,2021-H1,1.1,Done,Nine boards.,,Tide Office,15/07/2021
1,2020-H2,1.1,SP,Again.,,Tide Office,2021-01-15
,2020-H2,1.2,SP,No number.,,Tide Office,2021-01-15
2,2020-H2,2.1,,No status.,not an address,Tide Office,2021-01-15
"""


def test_a_bad_row_costs_one_row() -> None:
    found = sorted(records(REPORTS, "reports.csv"), key=lambda record: record.place)
    assert [(record.place, codes(record), record.is_rejected) for record in found] == [
        ("row 2", [], False),
        ("row 3", ["status-unknown"], True),
        ("row 4", ["row-twice"], True),
        ("row 5", ["row-incomplete"], True),
        ("row 6", ["link-unreadable", "status-missing"], True),
    ]
    problem = found[1].problems[0]
    assert (problem.file, problem.place, problem.field) == ("reports.csv", "row 3, column Status", "status")
    assert "NS (not started)" in problem.message
    assert found[0].fields["indicator"] == "1.1"


def test_a_cell_of_evidence_may_hold_several_addresses_and_one_without_its_beginning() -> None:
    rows = [
        ["Commitment", "Indicator", "Period", "Status", "Evidence"],
        ["1", "1.1", "2020-H2", "SP", "www.example.org/x;\nhttps://example.org/y, our files"],
    ]
    record = only(delimited(rows))
    assert record.fields["evidence"] == "https://www.example.org/x https://example.org/y"
    assert codes(record) == ["link-unreadable"]


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("NS", "NS"),
        ("ns", "NS"),
        ("Not started", "NS"),
        ("Sin iniciar", "NS"),
        ("Completo", "C"),
        ("COMPLETE", "C"),
        ("S.P.", "SP"),
        ("LP: Limited progress", "LP"),
        ("SP - C", None),
        ("Done", None),
    ],
)
def test_words_for_a_status(stated: str, code: str | None) -> None:
    record = only(delimited([["Commitment", "Indicator", "Period", "Status"], ["1", "1.1", "2021", stated]]))
    assert record.fields.get("status") == code
    assert record.is_rejected is (code is None)


def test_persons_are_left_out_and_unknown_columns_told() -> None:
    secret = "Quillfeather 620-0103"
    rows = [
        [*COMMITMENTS[0], "Contact person", "E-mail", "Colour"],
        [1, "Final", "A", "Tide Office", "", "", secret, secret, secret],
    ]
    record = only(delimited(rows))
    assert codes(record) == ["column-withheld", "column-withheld", "column-unknown"]
    assert "Colour" in record.problems[2].message
    assert secret.split()[0] not in str(record)


def test_problems_never_repeat_what_a_cell_says() -> None:
    secret = "Quillfeather"
    rows = [
        ["Number", "Stage", "Title", "Start", "Invented", "Source"],
        [1, secret, "A", secret, secret, secret],
    ]
    problems = only(delimited(rows)).problems
    assert {problem.code for problem in problems} == {
        "stage-unknown",
        "day-unreadable",
        "flag-unreadable",
        "link-unreadable",
    }
    assert secret not in str(problems)


def test_a_cell_too_many_costs_the_row_of_a_csv_only() -> None:
    rows = [["Number", "Stage", "Title", "Action"], [1, "final", "A", "one", "two"]]
    assert codes(only(delimited(rows))) == ["row-surplus"]
    assert only(delimited(rows)).is_rejected
    assert codes(only(workbook({"commitments": rows}), "a.xlsx")) == ["cells-outside"]
    assert not only(workbook({"commitments": rows}), "a.xlsx").is_rejected


@pytest.mark.parametrize(
    "header",
    [
        [
            "Title",
            "URL",
            "Description",
            "Start",
            "End",
            "Timezone",
            "Contact",
            "Organizer",
            "City",
            "Country",
            "Venue",
        ],
        ["First Name", "Last Name", "Email", "Join Time", "Leave Time", "Duration"],
        ["Number", "Title", "Date", "Topics", "Speaker", "Status"],
        ["No.", "Name", "Institution", "Phone"],
        ["Name", "Country", "Start", "End"],
        ["Question", "Answer", "Status", "Date"],
    ],
)
def test_tables_of_other_things_are_none_of_a_plan(header: list[str]) -> None:
    rows = [header, ["x"] * len(header), ["y"] * len(header)]
    assert read(delimited(rows), file="table.csv") is None
    assert read(delimited(rows), file="commitments.csv") is None or "Title" in header and "Number" in header
    assert read(workbook({"Sheet1": rows}), file="table.xlsx") is None


@pytest.mark.parametrize("file", ["commitments.csv", "plan.xlsx"])
def test_a_header_alone_is_told(file: str) -> None:
    data = delimited(COMMITMENTS[:1]) if file.endswith("csv") else workbook({"commitments": COMMITMENTS[:1]})
    record = only(data, file)
    assert (codes(record), record.is_rejected, record.problems[0].file) == (["table-empty"], True, file)


def test_a_damaged_plan_is_told_and_other_damaged_files_are_not_ours() -> None:
    data = workbook(FIVE)
    assert codes(only(data[: len(data) // 2], "plan.xlsx")) == ["file-damaged"]
    assert codes(only(b'{"plan": {"title": "P"}, "commitments": [{"num', "plan.json")) == ["file-damaged"]
    assert read(b'{"sessions": [{"num', file="sessions.json") is None


def test_numbers_of_merged_and_dropped_commitments_are_those_of_drafts() -> None:
    rows = [
        ["Number", "Stage", "Title", "What became of it"],
        [1, "merged", "A", "Now in final 2."],
        [1, "draft", "B", None],
        [1, "final", "C", None],
    ]
    found = records(delimited(rows), "a.csv")
    assert [(record.key, record.is_rejected) for record in found] == [
        ("commitment draft 1", False),
        ("commitment final 1", False),
        ("commitment draft 1", True),
    ]


CELL = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(["1", "final", "NS", "2021-H1", "05/07/2021", "plan", "Status"]),
)


@given(st.lists(st.lists(CELL, max_size=6), max_size=6), st.sampled_from(list(FIVE)))
def test_no_table_makes_it_fail(rows: list[list[Any]], kind: str) -> None:
    header = list(FIVE[kind][0])
    for record in read(delimited([header, *rows]), file=f"{kind}.csv") or []:
        assert record.is_rejected or record.fields
        assert all(problem.message and problem.file for problem in record.problems)


def test_every_row_is_accounted_for() -> None:
    rows: list[Mapping[str, Any]] = [
        {"Commitment": n % 7, "Indicator": f"{n}.1", "Period": "2021", "Status": "C" if n % 3 else "?"}
        for n in range(60)
    ]
    data = delimited([list(rows[0]), *[list(row.values()) for row in rows]])
    assert len(records(data, "a.csv")) == 60


def test_a_plan_in_json_with_one_unknown_field_is_not_read_as_field_and_value() -> None:
    (record,) = read(b'{"plan": {"title": "Estuary plan", "catering": "lunch"}}', file="plan.json") or []
    assert record.fields == {"title": "Estuary plan"}
    assert [problem.code for problem in record.problems] == ["column-unknown"]


def test_a_workbook_in_a_civil_servants_spanish_is_read() -> None:
    table = (
        "Plan;N°;Compromiso;Etapa;Problema que aborda;¿Qué se hará?;Valores OGP\n"
        "Plan Mar;1;Mareas abiertas;Definitivo;Nadie las sabe.;Publicarlas.;Transparencia\n"
        "Plan Mar;2;Tarifas;Fusionado;;;\n"
    )
    first, second = read(table.encode("cp1252"), file="compromisos.csv") or []
    assert (first.fields["problem"], first.fields["action"]) == ("Nadie las sabe.", "Publicarlas.")
    assert (first.fields["stage"], second.fields["stage"]) == ("final", "merged")
    assert first.problems == []
    progress = (
        "Plan;Compromiso;Indicador;Período;Estado;Avance\nPlan Mar;1;1.1;2025-S1;Progreso sustancial;Nueve.\n"
    )
    (report,) = read(progress.encode(), file="avances.csv") or []
    assert (report.fields["status"], report.fields["period"]) == ("SP", "2025-H1")


def test_what_is_hidden_in_a_workbook_is_not_published() -> None:
    sheets = {**FIVE, "old commitments": [["Number", "Title"], [9, "Given up"]]}
    found = by_key(workbook(sheets, hidden=["old commitments"]))
    assert "commitment final 9" not in found
    assert [(problem.code, problem.place) for problem in found["plan"].problems] == [
        ("sheet-hidden", "sheet old commitments")
    ]


def test_notes_and_sums_under_a_table_are_no_commitments() -> None:
    rows: Rows = [
        ["Number", "Stage", "Title"],
        [1, "final", "Open tide tables"],
        ["Source: the office of the plan", None, None],
        ["Total", None, 1],
    ]
    record = only(workbook({"commitments": rows}), "plan.xlsx")
    assert record.fields["number"] == "1"
    assert [(problem.code, problem.place) for problem in record.problems] == [
        ("row-no-commitment", "sheet commitments, row 3"),
        ("row-no-commitment", "sheet commitments, row 4"),
    ]


def test_a_column_with_a_fields_own_name_is_that_field() -> None:
    rows = [["Commitment", "Milestone", "Indicator", "Period", "Status"], ["1", "1.1", "1.1.2", "2021", "C"]]
    record = only(delimited(rows))
    assert (record.fields["indicator"], record.problems) == ("1.1.2", [])


def test_a_second_column_for_the_same_is_told() -> None:
    rows = [
        ["Number", "Stage", "Title", "Lead institution", "Ministry"],
        ["1", "final", "A", "Tide Office", "B"],
    ]
    record = only(delimited(rows), "commitments.csv")
    assert record.fields["lead"] == ["Tide Office"]
    assert codes(record) == ["column-covered"]


def test_a_number_that_a_spreadsheet_program_cut_is_told() -> None:
    rows: Rows = [["Commitment", "Indicator", "Title"], [1, 1.1, "First"], [1, 1.1, "Tenth"]]
    (problem,) = only(workbook({"indicators": rows}), "plan.xlsx").problems
    assert (problem.code, problem.place) == ("number-twice", "sheet indicators, row 3")
    assert "1.10" in problem.message


def test_rows_inside_a_commitment_belong_to_its_plan() -> None:
    content = b'[{"plan": "Reef plan", "number": "1", "stage": "final", "title": "A", "milestones": [{"title": "Out"}]}]'
    record = only(content, "commitments.json")
    assert (record.plan, record.fields["milestones"]) == ("Reef plan", [{"code": "out", "title": "Out"}])
