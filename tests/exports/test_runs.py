"""The report of a run as a table."""

from __future__ import annotations

import csv
import io

from ckanext.opengovbelize.exports import runs

PROBLEM = {
    "code": "record-empty",
    "file": "=cmd.md",
    "place": "",
    "field": "title",
    "message": "Nothing was found.",
}
REPORT = {
    "problems": [{"code": "listing-shrunk", "message": "3 of 4 records are gone.", "failure": True}],
    "records": [
        {
            "label": "=cmd.md",
            "outcome": "rejected",
            "type": "webinar",
            "name": "",
            "changes": [{"field": "title", "state": "changed"}, {"field": "notes", "state": "locked"}],
            "reasons": ["record-empty"],
            "problems": [PROBLEM],
        }
    ],
}


def test_each_problem_of_the_source_and_each_record_is_a_row_without_formulas():
    source, row = csv.DictReader(io.StringIO(runs.csv(REPORT).decode("utf-8-sig")))
    assert (source["outcome"], source["reasons"], source["problems"]) == (
        "failed", "listing-shrunk", "3 of 4 records are gone.",
    )  # fmt: skip
    assert row.pop("record") == "'=cmd.md"
    assert row == {
        "outcome": "rejected",
        "type": "webinar",
        "name": "",
        "changed": "title",
        "kept": "notes",
        "reasons": "record-empty",
        "problems": "title: Nothing was found.",
    }
