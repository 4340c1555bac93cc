"""The catalogue as linked data can be searched with any words."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.tests import factories
from rdflib import Graph, URIRef

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

HYDRA = "http://www.w3.org/ns/hydra/core#"
TITLE = URIRef("http://purl.org/dc/terms/title")


def _published(title: str) -> None:
    factories.Dataset(title=title, owner_org=factories.Organization()["id"])


def _titles(graph: Graph) -> set[str]:
    return {str(title) for title in graph.objects(None, TITLE) if "oads" in title}


@pytest.mark.parametrize(
    "asked", ["roads in Belmopan", 'title:"roads in Belmopan"', "rutas & caminos", "Belmopán"]
)
@pytest.mark.parametrize("form", ["ttl", "xml", "jsonld", "n3"])
def test_a_search_of_several_words_is_answered_in_every_form(app: Any, asked: str, form: str) -> None:
    _published(title="Roads in Belmopan & rutas, caminos de Belmopán")

    answer = app.get(f"/catalog.{form}", query_string={"q": asked})

    assert answer.status_code == 200
    graph = Graph().parse(data=answer.body, format={"jsonld": "json-ld"}.get(form, form))
    assert _titles(graph)


def test_the_pages_of_a_search_lead_to_each_other(app: Any, ckan_config: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.dcat.datasets_per_page", "1")
    for number in range(3):
        _published(title=f"Roads & bridges {number}")

    seen: set[str] = set()
    address = "/catalog.ttl?q=Roads+%26+bridges"
    while address:
        graph = Graph().parse(data=app.get(address).body, format="turtle")
        seen |= _titles(graph)
        following = next(iter(graph.objects(None, URIRef(HYDRA + "next"))), None)
        address = str(following).partition("ckan.net")[2] if following else ""

    assert len(seen) == 3


def test_a_search_that_cannot_be_read_is_refused_with_a_reason(app: Any) -> None:
    answer = app.get("/catalog.ttl", query_string={"q": "title:["}, expect_errors=True)

    assert answer.status_code == 409
    assert "cannot be read" in answer.body
