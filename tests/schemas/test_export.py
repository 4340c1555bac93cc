"""The schemas' rules in other notations."""

from __future__ import annotations

import csv
import io
from typing import Any

import jsonschema
import pytest
from ckan.plugins import toolkit as tk
from ckanext.opengovbelize.schemas import export

pytestmark = pytest.mark.server


def _validator(schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
    exported = export.json_schema(schema)
    jsonschema.Draft202012Validator.check_schema(exported)
    return jsonschema.Draft202012Validator(exported)


def test_the_examples_fulfil_their_json_schema(schemas: dict[str, Any]) -> None:
    for schema in schemas.values():
        assert not list(_validator(schema).iter_errors(schema["example"]))


def test_json_schema_finds_wrong_codes_and_missing_parts(schemas: dict[str, Any]) -> None:
    example = schemas["webinar"]["example"]
    wrong = {**example, "district": "BZ-ZZ", "people": [{"role": "speaker"}], "session_number": 0}
    del wrong["title"]

    found = {"/".join(map(str, error.path)) for error in _validator(schemas["webinar"]).iter_errors(wrong)}

    assert found == {"", "district", "people/0", "session_number"}


def test_a_template_is_the_header_of_one_table(schemas: dict[str, Any]) -> None:
    webinar = schemas["webinar"]

    records = next(csv.reader(io.StringIO(export.csv_template(webinar))))
    people = next(csv.reader(io.StringIO(export.csv_template(webinar, "webinar_people"))))

    assert records[:2] == ["Title", "Address"]
    assert "People" not in records
    assert people == [
        "Record",
        "Role",
        "Name",
        "Position",
        "Institution",
        "Country",
        "Biography",
        "E-mail",
        "Code",
    ]


def test_the_dictionary_explains_every_column(schemas: dict[str, Any]) -> None:
    rows = export.data_dictionary(schemas["webinar"])
    district = next(row for row in rows if row["field"] == "district")

    assert district["label_es"] == "Distrito"
    assert district["choices"].split("; ")[0] == "BZ-BZ"
    assert district["choices_source"].startswith("https://www.iso.org/")
    assert {row["table"] for row in rows} == set(export.tables(schemas["webinar"]))
    assert len(list(csv.reader(io.StringIO(export.data_dictionary_csv(schemas["webinar"]))))) == len(rows) + 1


def test_anybody_reads_the_rules_over_the_api(schemas: dict[str, Any]) -> None:
    show = tk.get_action("opengovbelize_schema_show")

    assert show({"user": ""}, {"type": "webinar"}) == export.json_schema(schemas["webinar"])
    assert show({"user": ""}, {"type": "webinar", "format": "csv-template"}).startswith("Title,Address")


def test_what_is_not_there_is_answered_with_what_is(schemas: dict[str, Any]) -> None:
    assert _complaint(type="planet") == {
        "type": ["Give one of: webinar_series, webinar, action_plan, commitment, participant_statistics."]
    }
    assert "json-schema" in _complaint(type="webinar", format="pdf")["format"][0]
    assert "webinar_people" in _complaint(type="webinar", format="csv-template", table="x")["table"][0]


def _complaint(**asked: str) -> dict[str, list[str]]:
    with pytest.raises(tk.ValidationError) as problem:
        tk.get_action("opengovbelize_schema_show")({"user": ""}, asked)
    return problem.value.error_dict
