"""Every field of every type: what is left blank or wrong is complained about at that field, and only there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from ckanext.opengovbelize.schemas import choices, reading

from .conftest import example

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

Check = Callable[..., dict[str, Any]]
PRIVATE = "write to ana.sample@example.com or call 610-0177"
TEXT_SCREENS = ("no_private_patterns", "no_contact_details", "opengovbelize_lines")


def _every_field(schema: reading.Schema) -> list[tuple[str, reading.Field]]:
    """Every field that an API call may give: reports have actions of their own."""
    return [(path, field) for path, field in reading.every_field(schema) if not path.startswith("reports")]


def _with(record: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The changes that put a value at a path, in the first row where the field repeats."""
    parent, _dot, name = path.rpartition(".")
    if not parent:
        return {name: value}
    rows = record.get(parent) or [{"url": "https://www.example.org/a"}]
    first = {**rows[0], name: value}
    return {parent: [first, *rows[1:]]}


def _said(errors: dict[str, Any], path: str) -> list[str]:
    """What is said at a path, once it is sure that nothing is said anywhere else."""
    parent, _dot, name = path.rpartition(".")
    assert set(errors) == {parent or name}, path
    if not parent:
        return errors[name]
    assert set(errors[parent][0]) == {name} and not any(errors[parent][1:]), path
    return errors[parent][0][name]


def test_blank_required_fields(errors_of: Check) -> None:
    tried = []
    for name, schema in reading.program_schemas().items():
        for path, field in _every_field(schema):
            if field.get("required") and "default" not in field:
                said = _said(errors_of(name, **_with(example(name), path, "")), path)
                assert said[0] == "Missing value", path
                tried.append(path)
    assert {"title", "people.name", "questions.question", "links.url", "resources.url"} <= set(tried)


def test_wrong_choices(errors_of: Check) -> None:
    for name, schema in reading.program_schemas().items():
        for path, field in _every_field(schema):
            if choices.choices(field):
                wrong = "ana.sample@example.com"
                said = _said(errors_of(name, **_with(example(name), path, wrong)), path)
                assert wrong not in " ".join(said), path


def test_private_text_is_refused_in_every_field_that_takes_words(errors_of: Check) -> None:
    tried = []
    for name, schema in reading.program_schemas().items():
        for path, field in _every_field(schema):
            if (
                any(screen in field.get("validators", "") for screen in TEXT_SCREENS)
                and path != "translations.field"
            ):
                said = _said(errors_of(name, **_with(example(name), path, PRIVATE)), path)
                assert "ana.sample" not in " ".join(said) and "610" not in " ".join(said), path
                tried.append(path)
    assert {"title", "notes", "aliases", "people.biography", "questions.answer", "resources.name"} <= set(
        tried
    )


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"author_email": "ana.sample@example.com"}, "author_email"),
        ({"maintainer": "Ana, 610-0177"}, "maintainer"),
        ({"extras": [{"key": "contact", "value": "ana.sample@example.com"}]}, "extras"),
        ({"tags": [{"name": "610-0177"}], "tag_string": None}, "tags"),
        ({"resources": [{"url": "https://www.example.org/a", "note": PRIVATE}]}, "resources"),
        ({"people": [{"role": "speaker", "name": "Ana Sample", "phone": "610-0177"}]}, "people"),
    ],
)
def test_no_way_in_beside_the_fields(changes: dict[str, Any], at: str, errors_of: Check) -> None:
    errors = errors_of("webinar", **changes)

    assert set(errors) == {at}
    assert "610" not in str(errors) and "ana.sample" not in str(errors)


def test_an_address_is_for_coordinators_on_allowed_domains(errors_of: Check) -> None:
    def person(role: str, email: str) -> dict[str, Any]:
        return {"people": [{"role": role, "name": "Ana Sample", "email": email}]}

    assert errors_of("webinar", **person("coordinator", "desk@example.org")) == {}
    for role, email in [("speaker", "desk@example.org"), ("coordinator", "desk@example.com")]:
        assert _said(errors_of("webinar", **person(role, email)), "people.email")


def test_a_session_ends_after_it_starts(errors_of: Check) -> None:
    # 10:30 in Belize is 17:30 in Lisbon: hours alone would say otherwise.
    assert errors_of("webinar", end="2020-03-05T17:30:00+00:00") == {}
    assert _said(errors_of("webinar", end="2020-03-05T12:00:00+00:00"), "end")
    assert _said(errors_of("webinar", end="2020-03-05T10:30:00-06:00"), "end")


def test_a_series_is_one_that_the_editor_may_read_of_the_same_program(
    errors_of: Check, series: dict[str, Any]
) -> None:
    other = factories.Organization()
    hidden = factories.Dataset(type="webinar_series", owner_org=other["id"], publication_state="draft")
    public = factories.Dataset(type="webinar_series", owner_org=other["id"], publication_state="released")
    session = factories.Dataset(type="webinar", owner_org=series["owner_org"], publication_state="released")

    assert errors_of("webinar", in_series=series["id"]) == {}
    nowhere = _said(errors_of("webinar", in_series=["no-such-series"]), "in_series")
    assert _said(errors_of("webinar", in_series=[hidden["id"]]), "in_series") == nowhere
    assert _said(errors_of("webinar", in_series=[session["id"]]), "in_series") == nowhere
    assert "another program" in _said(errors_of("webinar", in_series=[public["id"]]), "in_series")[0]
    assert _said(errors_of("webinar", in_series=[series["id"], series["id"]]), "in_series")


def test_rows_get_stable_codes_and_blank_ones_go(create: Check, series: dict[str, Any]) -> None:
    ana, ben = {"role": "speaker", "name": "Ana Sample"}, {"role": "speaker", "name": "Ben Sample"}
    blank = {"role": "", "name": " ", "code": ""}
    only_defaults = {"question": "", "sector": "unknown", "answered": "unknown"}

    one = create(
        "webinar", name="one", session_number=2, people=[ana, blank, ben, ana], questions=[only_defaults]
    )
    two = create("webinar", name="two", session_number=3, people=[ben, ana])

    assert [row["code"] for row in one["people"]] == [
        "speaker-ana-sample",
        "speaker-ben-sample",
        "speaker-ana-sample-2",
    ]
    assert [row["code"] for row in two["people"]] == ["speaker-ben-sample", "speaker-ana-sample"]
    assert not one.get("questions")


def test_what_is_shown_can_be_sent_back(
    create: Check, series: dict[str, Any], editor: dict[str, Any]
) -> None:
    name = create("webinar")["name"]

    def show() -> dict[str, Any]:
        shown = tk.get_action("package_show")({"user": editor["name"], "use_cache": False}, {"id": name})
        times = {"metadata_modified"}
        rows = [{key: value for key, value in row.items() if key not in times} for row in shown["resources"]]
        return {key: value for key, value in {**shown, "resources": rows}.items() if key not in times}

    before = show()
    tk.get_action("package_update")({"user": editor["name"]}, show())

    assert show() == before
    assert (before["session_number"], before["invented"], before["start"]) == (
        1,
        True,
        "2020-03-05T10:30:00-06:00",
    )


def test_only_what_is_released_is_public(create: Check, series: dict[str, Any]) -> None:
    draft = create("webinar", publication_state=None, private=False)

    assert (draft["publication_state"], draft["private"], series["private"]) == ("draft", True, False)
    assert create("webinar", name="other", session_number=2, license_id=None)["license_id"] == "cc-by"
