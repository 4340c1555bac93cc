"""The commitments table of the Open Government Partnership."""

from __future__ import annotations

from .found import records

OGP = """\ufeffCommitment Unique Identifier,Country/Locality,Action Plan Number,Commitment Number,Region,National Or Local,\
Year Of Submission,Action Plan End Year,Theme,Commitment Title,Full Text,Start Date,End Date,Lead Institution,\
Supporting Institution(s),Specificity,Potential Impact,Completion (Progress Report),Did It Open Government (Overall),URL
NA,"Belize (draft, invented)",NA,1,Americas,National,2020,ND,Water,Tide tables,"All of it.
More.",ND,31/12/2021,Tide Office,Ceiba Club; Mangrove School,NA,NA,NA,NA,NA
XX01,"Sample Town, Belize",2,1,Americas,Local,2018,2020,Health,Waiting times,Text,2018-09-01,,ND,NA,High,Minor,Limited,Major,\
https://www.opengovpartnership.org/x
"""


def test_ogps_table_of_commitments() -> None:
    draft_plan, town_plan, draft, final = records(OGP.encode(), "table.csv")
    assert draft_plan.fields == {
        "title": "Belize action plan 2020",
        "country": "BZ",
        "date_as_stated": "2020",
        "invented": True,
    }
    assert town_plan.fields == {
        "title": "Sample Town, Belize action plan 2018–2020",
        "country": "BZ",
        "locality": "Sample Town",
        "plan_number": 2,
        "date_as_stated": "2018–2020",
    }
    assert (draft.key, draft.plan) == ("commitment draft 1", "Belize action plan 2020")
    assert draft.fields == {
        "number": "1",
        "stage": "draft",
        "invented": True,
        "policy_areas": ["Water"],
        "title": "Tide tables",
        "action": "All of it.\nMore.",
        "end": "2021-12-31",
        "lead": ["Tide Office"],
        "supporting": ["Ceiba Club", "Mangrove School"],
    }
    assert (final.fields["stage"], final.fields["ogp_identifier"]) == ("final", "XX01")
    assert [(row["scale"], row["verdict"]) for row in final.fields["assessments"]] == [
        ("irm_specificity", "high"),
        ("irm_potential_impact", "minor"),
        ("irm_completion", "limited"),
        ("irm_did_it_open_government", "major"),
    ]
    assert final.fields["sources"][0]["title"] == "Open Government Partnership"


def test_ogps_table_with_other_columns_and_gaps() -> None:
    table = (
        "Commitment Title,Commitment No.,Country/Locality,Year Of Submission,Ministry,Potential Impact\n"
        "Tide tables,1,Sample Island,2021,Tide Office,Moderate\n"
        "Harbour fees,2,Sample Island,ND,Tide Office,Huge\n"
    )
    plan, first, second = records(table.encode(), "table.csv")
    assert plan.fields["title"] == "Sample Island action plan 2021"
    assert (first.plan, second.plan) == (plan.plan, plan.plan)
    assert (first.fields["number"], first.fields["lead"]) == ("1", ["Tide Office"])
    assert [(problem.code, problem.place) for problem in second.problems] == [
        ("verdict-unknown", "row 3, column Potential Impact")
    ]
