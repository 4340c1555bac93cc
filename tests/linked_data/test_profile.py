"""Every field of our types is linked data, under the term that its schema names."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.opengovbelize.linked_data.profile import NAMESPACES, ProgramProfile
from ckanext.opengovbelize.schemas import choices, reading
from rdflib import RDF, Graph, Literal, URIRef

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins")]

SCHEMA = NAMESPACES["schema"]
DCAT = NAMESPACES["dcat"]
SESSION = URIRef("http://test.ckan.net/dataset/session")
RESOURCE = {"id": "r", "package_id": "session"}


def _graph(**dataset: Any) -> Graph:
    graph = Graph()
    ProgramProfile(graph).graph_from_dataset(dataset, SESSION)
    return graph


def _terms(field: Any) -> list[str]:
    return [*field["property"].split("/"), *filter(None, [field.get("row_class")])]


def test_every_term_that_a_schema_names_belongs_to_a_known_vocabulary() -> None:
    terms = [
        term
        for schema in reading.program_schemas().values()
        for term in [
            *schema["property"].split(),
            *(term for _path, field in reading.every_field(schema) for term in _terms(field)),
        ]
    ]
    terms += [c["term"] for name in choices.names() for c in choices.vocabulary(name).choices if "term" in c]

    assert {term.partition(":")[0] for term in terms} <= set(NAMESPACES)


@pytest.mark.parametrize(
    "type_", ["webinar", "webinar_series", "action_plan", "commitment", "participant_statistics"]
)
def test_every_field_of_the_example_is_said(type_: str) -> None:
    schema = reading.program_schemas()[type_]
    example = schema["example"]

    resources = [{**row, **RESOURCE} for row in example.get("resources", [])]
    graph = _graph(**{**example, "type": type_, "resources": resources})

    said = set(graph.predicates())
    for field in reading.fields(schema):
        name = field["field_name"]
        if example.get(name) and name not in ("owner_org", "publication_state", "license_id", "tag_string"):
            for term in field["property"].split("/"):
                prefix, _, local = term.partition(":")
                assert NAMESPACES[prefix][local] in said, name


def test_a_session_is_an_event_with_its_times_place_and_people() -> None:
    graph = _graph(
        type="webinar",
        start="2020-02-13T10:30:00-06:00",
        mode="hybrid",
        venue_name="Lagoon Centre",
        locality="San Ignacio",
        people=[{"code": "speaker-ada", "role": "speaker", "name": "Ada Sample"}],
        in_series=["series"],
        session_number=1,
    )

    assert (SESSION, RDF.type, SCHEMA.Event) in graph
    start = graph.value(SESSION, SCHEMA.startDate)
    assert isinstance(start, Literal)
    assert start.toPython() == datetime.fromisoformat("2020-02-13T10:30:00-06:00")
    assert graph.value(SESSION, SCHEMA.eventAttendanceMode) == SCHEMA.MixedEventAttendanceMode
    place = graph.value(SESSION, SCHEMA.location)
    assert graph.value(place, RDF.type) == SCHEMA.Place
    assert graph.value(place, SCHEMA.name) == Literal("Lagoon Centre")
    address = graph.value(place, SCHEMA.address)
    assert graph.value(address, SCHEMA.addressLocality) == Literal("San Ignacio")
    person = graph.value(SESSION, SCHEMA.contributor)
    assert graph.value(person, SCHEMA.name) == Literal("Ada Sample")
    assert graph.value(SESSION, SCHEMA.superEvent) == URIRef("http://test.ckan.net/dataset/series")


def test_what_is_made_up_says_so() -> None:
    status = SCHEMA.creativeWorkStatus

    assert _graph(type="webinar", invented=True).value(SESSION, status) == Literal("Invented")
    assert _graph(type="webinar", invented=False).value(SESSION, status) is None


def test_ordinary_datasets_are_left_to_dcat() -> None:
    assert len(_graph(type="dataset", title="Tides")) == 0


@pytest.mark.usefixtures("clean_db", "clean_index")
def test_endpoints_and_pages_have_it(app: Any) -> None:
    program = factories.Organization()
    released = {"owner_org": program["id"], "publication_state": "released", "license_id": "cc-by"}
    context = {"user": call_action("get_site_user")["name"]}
    series = call_action(
        "package_create", context, type="webinar_series", name="sample-2020", title="Sample", **released
    )
    session = call_action(
        "package_create",
        context,
        type="webinar",
        name="sample-2020-1",
        title="First",
        in_series=[series["id"]],
        start="2020-02-13T10:30:00-06:00",
        **released,
    )

    def graph(path: str, form: str) -> Graph:
        return Graph().parse(data=app.get(path).body, format=form)

    uri = {row["name"]: URIRef(f"http://test.ckan.net/dataset/{row['id']}") for row in (series, session)}
    for found in (graph("/dataset/sample-2020-1.ttl", "turtle"), graph("/catalog.jsonld", "json-ld")):
        assert found.value(uri["sample-2020-1"], DCAT.inSeries) == uri["sample-2020"]
        assert found.value(uri["sample-2020-1"], SCHEMA.startDate)
    assert (uri["sample-2020"], RDF.type, DCAT.DatasetSeries) in graph("/dataset/sample-2020.ttl", "turtle")
    assert '"schema:startDate"' in app.get("/webinar/sample-2020-1").body
