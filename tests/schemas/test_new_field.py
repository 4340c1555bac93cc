"""A new field costs one edit of the YAML: everything else follows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
import ckanext.opengovbelize.schemas
import pytest
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.opengovbelize.schemas import export, reading

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
    p.load_all()
    yield
    p.unload_all()


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

    # The exports have it
    schema = reading.program_schemas()["webinar"]
    assert "Catering" in export.csv_template(schema)
    assert export.json_schema(schema)["properties"]["catering"]["enum"] == ["lunch", "none"]
    assert "Comida y bebida" in export.data_dictionary_csv(schema)
