"""A new field costs one edit of the YAML: everything else follows."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
import ckanext.opengovbelize.schemas
import pytest
import python_calamine
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.opengovbelize.exports import sessions
from ckanext.opengovbelize.linked_data.profile import NAMESPACES
from ckanext.opengovbelize.privacy.policy import Policy
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records.plans import schema as table_schema
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.sessions import columns
from ckanext.opengovbelize.schemas import export, reading
from rdflib import Graph, Literal

pytestmark = pytest.mark.server

WEBINAR = Path(ckanext.opengovbelize.schemas.__file__).parent / "webinar.yaml"

NEW_FIELD = """
- field_name: catering
  preset: opengovbelize_choice
  choices:
  - {value: lunch, label: {en: With lunch, es: Con almuerzo}}
  - {value: none, label: {en: Without food, es: Sin comida}}
  label: {en: Food and drink, es: Comida y bebida}
  help_text: {en: What there is to eat., es: Qué hay para comer.}
  facet: true
  privacy: open
  column: Catering
  property: schema:amenityFeature
  example: lunch
"""


@pytest.fixture
def one_more_field(ckan_config: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """CKAN with a copy of the webinar's schema that has one field more."""
    copied = tmp_path / "webinar.yaml"
    copied.write_text(
        WEBINAR.read_text("utf-8").replace("\nresource_fields:", f"{NEW_FIELD}\nresource_fields:"), "utf-8"
    )
    schemas = ckan_config["scheming.dataset_schemas"].replace(
        "ckanext.opengovbelize.schemas:webinar.yaml", copied.as_uri()
    )
    monkeypatch.setitem(ckan_config, "scheming.dataset_schemas", schemas)
    for other in WEBINAR.parent.glob("**/*.yaml"):
        if other != WEBINAR:
            (tmp_path / other.relative_to(WEBINAR.parent)).parent.mkdir(exist_ok=True)
            (tmp_path / other.relative_to(WEBINAR.parent)).write_bytes(other.read_bytes())
    monkeypatch.setattr(table_schema, "_SCHEMAS", tmp_path)
    _forget_columns()
    p.load_all()
    yield
    p.unload_all()
    monkeypatch.undo()
    _forget_columns()


def _forget_columns() -> None:
    for kept in (
        table_schema.fields,
        table_schema._entries,
        table_schema._presets,
        columns.others,
        columns.words_of,
    ):
        kept.cache_clear()


@pytest.mark.usefixtures("one_more_field", "clean_db", "clean_index")
def test_a_new_field_is_everywhere(app: Any) -> None:
    user = factories.UserWithToken()
    program = factories.Organization(users=[{"name": user["name"], "capacity": "editor"}])
    session = {"type": "webinar", "name": "with-lunch", "title": "With lunch", "owner_org": program["id"]}
    headers = {"Authorization": user["token"]}

    # The API checks it
    with pytest.raises(tk.ValidationError) as problem:
        call_action("package_create", {"user": user["name"]}, **session, catering="dinner")
    assert problem.value.error_dict == {"catering": ["Give one of: lunch, none."]}
    call_action(
        "package_create", {"user": user["name"]}, **session, catering="lunch", publication_state="released"
    )

    # The form asks for it, in the reader's language
    form = app.get("/es/webinar/new", headers=headers).body
    assert "Comida y bebida" in form and "Con almuerzo" in form and "Qué hay para comer." in form

    # The page and the API show it
    page = app.get("/webinar/with-lunch").body
    assert "Food and drink" in page and "With lunch" in page
    assert call_action("package_show", id="with-lunch")["catering"] == "lunch"

    # The search counts it, by its label
    found = app.get("/webinar/?catering=lunch").body
    assert "Food and drink" in found and "with-lunch" in found
    assert "with-lunch" not in app.get("/webinar/?catering=none").body

    # Linked data and what every program reads say it
    graph = Graph().parse(data=app.get("/dataset/with-lunch.ttl").body, format="turtle")
    assert (None, NAMESPACES["schema"]["amenityFeature"], Literal("lunch")) in graph
    shown = app.get("/api/3/action/opengovbelize_schema_show?type=webinar").json["result"]
    assert shown["properties"]["catering"]["examples"] == ["lunch"]

    # The workbook asks for it, with its list, and a table that gives it is read
    template = sessions.template()
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(template))
    header = book.get_sheet_by_name("webinar").to_python()[0]
    assert ("lunch", "none") in list(zip(*book.get_sheet_by_name("lists").to_python()[:2], strict=True))
    with zipfile.ZipFile(io.BytesIO(template)) as parts:
        assert b"What there is to eat." in parts.read("xl/comments1.xml")
    row = {"Title": "Boats", "Start": "2020-05-07T10:30:00-06:00", "Number": "1", "Catering": "With lunch"}
    table = io.StringIO()
    csv.writer(table).writerows([header, [row.get(title, "") for title in header]])
    (record,) = read(table.getvalue().encode(), file="sessions.csv")
    assert screen(record, Policy(b"key")).fields["catering"] == "lunch"

    # The exports have it
    schema = reading.program_schemas()["webinar"]
    assert "Catering" in export.csv_template(schema)
    assert export.json_schema(schema)["properties"]["catering"]["enum"] == ["lunch", "none"]
    assert "Comida y bebida" in export.data_dictionary_csv(schema)
