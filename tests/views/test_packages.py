"""A dataset in the reader's language."""

from __future__ import annotations

from ckanext.opengovbelize.views import packages

WEBINAR = {
    "title": "How a plan is made",
    "people": [
        {"code": "speaker-ana", "role": "speaker", "name": "Ana Sample", "position": "Analyst"},
        {"code": "host-luis", "role": "host", "name": "Luis Ejemplo", "position": "Director"},
    ],
    "translations": [
        {"field": "title", "row": "", "language": "es", "text": "Cómo se hace un plan"},
        {"field": "people.position", "row": "speaker-ana", "language": "es", "text": "Analista"},
        {"field": "people.position", "row": "gone", "language": "es", "text": "Nadie"},
        {"field": "no_such_field", "row": "", "language": "es", "text": "Nada"},
    ],
}


def test_texts_come_in_the_readers_language_where_there_is_one() -> None:
    shown = packages.in_language(WEBINAR, "es_BZ")

    assert shown["title"] == "Cómo se hace un plan"
    assert [person["position"] for person in shown["people"]] == ["Analista", "Director"]
    assert "no_such_field" not in shown


def test_other_readers_get_the_records_own_language() -> None:
    shown = packages.in_language(WEBINAR, "en")

    assert shown == WEBINAR


def test_the_record_itself_is_left_as_it_is() -> None:
    packages.in_language(WEBINAR, "es")["people"][0]["name"] = "Changed"

    assert WEBINAR["people"][0]["name"] == "Ana Sample"


def test_speakers_stand_apart_from_those_who_organise() -> None:
    assert [person["name"] for person in packages.speakers(WEBINAR)] == ["Ana Sample"]
    assert [person["name"] for person in packages.other_people(WEBINAR)] == ["Luis Ejemplo"]
