"""What Solr gets of a dataset."""

from __future__ import annotations

import json
from typing import Any

import pysolr
import pytest
from ckan.lib.search import make_connection
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.opengovbelize.catalogue import index

from .conftest import search

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

LONG = "tide " * 9_000


def _publish(program: dict[str, Any], **values: Any) -> dict[str, Any]:
    defaults = {"type": "webinar", "owner_org": program["id"], "publication_state": "released"}
    user = call_action("get_site_user")["name"]
    return call_action("package_create", {"user": user}, **{**defaults, **values})


def test_people_questions_and_places_are_found(program: dict[str, Any]) -> None:
    _publish(
        program,
        name="lagoon",
        title="A session",
        venue_name="Pelican Hall",
        people=[{"role": "speaker", "name": "Ana Sample", "biography": "A cartographer."}],
        questions=[{"question": "Who keeps the registers?"}],
    )
    _publish(program, name="other", title="Something else")

    for words in ("pelican", "ana sample", "cartographer", "registers"):
        assert search(words) == ["lagoon"], words
    # The names of subfields are no words of the record.
    assert search("biography") == []


def test_solr_refuses_a_whole_dataset_for_one_long_text() -> None:
    """What ckanext-harvest hands over as it is (#350); the next test shows what becomes of it here."""
    document = {"index_id": "long", "site_id": "opengovbelize_test", "id": "long", "entity_type": "package"}
    with pytest.raises(pysolr.SolrError, match="immense term"):
        make_connection().add([{**document, "extras_objective": LONG, "objective_s": LONG, "url": LONG}])


def test_long_texts_are_found_and_do_no_harm(program: dict[str, Any]) -> None:
    people = [{"role": "speaker", "name": "Ana Sample", "biography": LONG}]
    _publish(program, name="long", title="Long", objective=LONG, notes=LONG, people=people)

    assert search("tide") == ["long"]


def test_lists_are_counted_by_each_value_and_invented_says_so(program: dict[str, Any]) -> None:
    series = _publish(program, type="webinar_series", name="sample-2020", title="Sample series")
    topics = ["education", "open-data"]
    _publish(program, name="first", title="First", topics=topics, in_series=[series["id"]], invented=True)
    _publish(program, name="second", title="Second", topics=["open-data"])

    found = call_action(
        "package_search", **{"facet.field": ["vocab_topics", "in_series", "invented"]}, q="*:*"
    )

    assert found["facets"]["vocab_topics"] == {"open-data": 2, "education": 1}
    assert found["facets"]["in_series"] == {series["id"]: 1}
    assert found["facets"]["invented"] == {"true": 1, "false": 2}
    assert {row["name"]: row["invented"] for row in found["results"]} == {
        "first": True,
        "second": False,
        "sample-2020": False,
    }


def test_times_are_sorted_as_moments(program: dict[str, Any]) -> None:
    _publish(program, name="early", title="Early", start="2020-03-05T10:30:00-06:00")
    _publish(program, name="earlier", title="Earlier", start="2020-03-05T11:00:00+00:00")

    found = call_action("package_search", q="*:*", fq="dataset_type:webinar", sort="start_date asc")

    assert [row["name"] for row in found["results"]] == ["earlier", "early"]
    assert search("*:*", fq='start_date:"2020-03-05T16:30:00Z"') == ["early"]


def test_ordinary_datasets_stay_as_they_are_but_for_what_solr_refuses() -> None:
    ordinary = {"type": "dataset", "title": "T", "topics": json.dumps(["a"]), "extras_x": LONG}

    assert index.before_dataset_index({**ordinary, "x": LONG, "tags": ["a", LONG]}) == ordinary


def test_pages_and_linked_data_of_every_type_answer(app: Any, program: dict[str, Any]) -> None:
    series = _publish(program, type="webinar_series", name="sample-2020", title="Sample series")
    people = [{"role": "speaker", "name": "Ana Sample"}]
    _publish(
        program,
        name="first",
        title="First",
        in_series=[series["id"]],
        start="2020-03-05T10:30",
        people=people,
    )
    factories.Dataset(name="ordinary", notes="An ordinary dataset.", owner_org=program["id"])

    paths = [
        "/webinar/first",
        "/webinar_series/sample-2020",
        "/dataset/ordinary",
        f"/organization/{program['name']}",
    ]
    linked = [
        f"/dataset/{name}.{form}"
        for name in ("first", "sample-2020", "ordinary")
        for form in ("ttl", "jsonld", "xml")
    ]
    for path in [*paths, *linked, "/catalog.ttl", "/dataset/", "/webinar/"]:
        assert app.get(path).status_code == 200, path
    assert "inSeries" in app.get("/dataset/first.ttl").body
