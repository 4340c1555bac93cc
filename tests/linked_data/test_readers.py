"""What Google's readers of schema.org and those of DCAT-AP ask for, of the example of each type.

https://developers.google.com/search/docs/appearance/structured-data/event and …/dataset,
https://semiceu.github.io/DCAT-AP/releases/3.0.0/
"""

from __future__ import annotations

from typing import Any

import pytest
from ckanext.dcat.processors import RDFSerializer
from ckanext.opengovbelize.linked_data.profile import NAMESPACES
from ckanext.opengovbelize.schemas import reading
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "with_request_context")]

SCHEMA, DCT, DCAT, SKOS = (NAMESPACES[name] for name in ("schema", "dct", "dcat", "skos"))
TYPES = ["webinar", "webinar_series", "action_plan", "commitment", "participant_statistics"]
# What may be no mere text there.
THINGS = [
    DCT.language, DCT.spatial, DCT.temporal, DCT.conformsTo, DCT.accessRights, DCT.type, DCT.relation, DCT.publisher,
    DCAT.theme, SCHEMA.organizer, SCHEMA.funder, SCHEMA.location, SCHEMA.affiliation, SCHEMA.audience,
]  # fmt: skip


def described(type_: str, **more: Any) -> tuple[Graph, URIRef]:
    """The graph of ``/dataset/….jsonld`` and ``….ttl``."""
    example = {**reading.program_schemas()[type_]["example"], "type": type_, "id": "one", **more}
    example["resources"] = [{**row, "id": "r", "package_id": "one"} for row in example.get("resources", [])]
    serializer = RDFSerializer(profiles=["euro_dcat_ap_3", "opengovbelize"])
    subject = serializer.graph_from_dataset(example)
    return serializer.g, subject


@pytest.mark.parametrize("type_", TYPES)
def test_everything_has_a_name_a_description_and_a_page(type_: str) -> None:
    graph, subject = described(type_, notes="")
    name = str(graph.value(subject, SCHEMA.name))
    assert name == str(graph.value(subject, DCT.title)) != "None"
    assert graph.value(subject, SCHEMA.description)
    assert graph.value(subject, DCT.description)
    assert f"/{type_}/" in str(graph.value(subject, SCHEMA.url))


@pytest.mark.parametrize("type_", TYPES)
def test_what_has_to_be_a_thing_is_no_text(type_: str) -> None:
    graph, subject = described(type_)
    texts = [
        (term, node) for term in THINGS for node in graph.objects(None, term) if isinstance(node, Literal)
    ]
    assert texts == []


def test_organizers_of_an_event_are_organizations_with_a_name() -> None:
    graph, subject = described("webinar", organisers="Harbour Office")
    assert names(graph, subject, SCHEMA.organizer, SCHEMA.Organization) == ["Harbour Office"]


def test_a_session_online_has_a_place_too() -> None:
    graph, subject = described("webinar", mode="online", venue_name="", locality="", district="")
    (place,) = graph.objects(subject, SCHEMA.location)
    assert (place, RDF.type, SCHEMA.VirtualLocation) in graph
    assert "/webinar/" in str(graph.value(place, SCHEMA.url))


def test_a_session_in_a_room_and_online_has_both_places() -> None:
    graph, subject = described("webinar", mode="hybrid", venue_name="Lagoon Centre")
    kinds = {graph.value(place, RDF.type) for place in graph.objects(subject, SCHEMA.location)}
    assert kinds == {SCHEMA.Place, SCHEMA.VirtualLocation}


def test_languages_and_themes_are_those_that_other_catalogues_know() -> None:
    graph, subject = described("webinar", language=["en", "bzj"], topics=["open-data"])
    assert set(graph.objects(subject, DCT.language)) == {
        URIRef("http://id.loc.gov/vocabulary/iso639-1/en"),
        URIRef("http://lexvo.org/id/iso639-3/bzj"),
    }
    theme = graph.value(subject, DCAT.theme)
    assert (theme, RDF.type, SKOS.Concept) in graph
    assert graph.value(theme, SKOS.notation) == Literal("open-data")
    assert Literal("Datos abiertos", lang="es") in set(graph.objects(theme, SKOS.prefLabel))


def names(graph: Graph, subject: URIRef, term: URIRef, kind: URIRef) -> list[str]:
    """The names of the things of that kind that a term leads to."""
    things: list[Node] = [thing for thing in graph.objects(subject, term) if (thing, RDF.type, kind) in graph]
    return [str(graph.value(thing, SCHEMA.name)) for thing in things]
