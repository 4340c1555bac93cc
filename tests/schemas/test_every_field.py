"""Each field says everything about itself, in both languages."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from ckanext.opengovbelize.schemas import choices, export, reading

pytestmark = pytest.mark.server

LANGUAGES = {"en", "es"}
PRIVACY = {"open", "role", "text", "count", "withheld"}

# Each lets only what is in its own narrow form pass; whatever takes words must look for private patterns.
STRICT = {
    *(
        "opengovbelize_choice",
        "opengovbelize_choice_list",
        "opengovbelize_code",
        "opengovbelize_commitments",
        "opengovbelize_day",
        "opengovbelize_institution",
        "opengovbelize_plan",
        "opengovbelize_coordinator_email",
    ),
    *("opengovbelize_field_name", "opengovbelize_flag", "opengovbelize_lines", "opengovbelize_link"),
    "opengovbelize_links",
    *("opengovbelize_number", "opengovbelize_resource_link", "opengovbelize_series", "opengovbelize_time"),
    *("opengovbelize_timezone", "opengovbelize_webinars", "name_validator", "owner_org_validator"),
}
# What a program switches on, what only the Open Government Partnership gives, what needs another commitment or webinar, and
# what changes only through its own actions.
NOT_IN_EXAMPLES = {"transcript", "ogp_identifier", "derived_from", "became_of", "reports", "webinars"}
SCREENS = {"opengovbelize_no_private_patterns", "opengovbelize_no_contact_details"}


def test_label_and_help_are_one_line_in_english_and_spanish(all_fields: list[tuple[str, Any]]) -> None:
    for path, field in all_fields:
        for said in (field["label"], field["help_text"]):
            assert set(said) == LANGUAGES, path
            assert all(text.strip() and "\n" not in text for text in said.values()), path
        assert field["help_text"]["en"] != field["help_text"]["es"], path


def test_privacy_property_column_and_example(all_fields: list[tuple[str, Any]]) -> None:
    for path, field in all_fields:
        assert field["privacy"] in PRIVACY, path
        assert ":" in field["property"], path
        assert field["column"], path
        assert "repeating_subfields" in field or "example" in field, path


def test_every_value_is_checked(all_fields: list[tuple[str, Any]]) -> None:
    for path, field in all_fields:
        if "repeating_subfields" not in field:
            assert (STRICT | SCREENS) & set(field["validators"].split()), path


def test_no_field_is_taken_for_one_of_solrs_dates(all_fields: list[tuple[str, Any]]) -> None:
    assert not [path for path, field in all_fields if field["field_name"].endswith("_date")]


def test_columns_of_one_table_differ(schemas: dict[str, Any]) -> None:
    for schema in schemas.values():
        for table, columns in export.tables(schema).items():
            assert not [column for column, count in Counter(columns).items() if count > 1], table


@pytest.mark.parametrize("name", choices.names())
def test_vocabularies_have_source_version_and_codes(name: str) -> None:
    vocabulary = choices.vocabulary(name)

    assert vocabulary.source
    assert vocabulary.version
    codes = [choice["value"] for choice in vocabulary.choices]
    assert len(set(codes)) == len(codes) > 0
    assert all(isinstance(code, str) for code in codes)
    if name != choices.LICENCES:
        assert all(set(choice["label"]) == LANGUAGES for choice in vocabulary.choices)


def test_fields_with_choices_name_a_vocabulary_or_have_their_own(all_fields: list[tuple[str, Any]]) -> None:
    for path, field in all_fields:
        if "opengovbelize_choice" in field.get("validators", ""):
            assert choices.choices(field), path


def test_an_unknown_vocabulary_names_the_known_ones() -> None:
    with pytest.raises(KeyError, match="districts"):
        choices.vocabulary("planets")


def test_the_example_has_every_field(schemas: dict[str, Any]) -> None:
    for name, schema in schemas.items():
        missing = {field["field_name"] for field in reading.fields(schema)} - set(schema["example"])
        # Transcripts are published only where the program has switched them on.
        assert missing <= NOT_IN_EXAMPLES, name
        assert schema["example"]["invented"] is True
