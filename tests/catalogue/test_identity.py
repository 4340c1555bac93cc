"""Which webinar and which series a record is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories
from ckanext.opengovbelize.catalogue import identity

from .conftest import draft, edit, search, show

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]


def test_a_record_that_gains_its_number_keeps_its_webinar(publish, source):
    pages = source()
    publish(draft(fields={"session_number": None}), pages)
    before = show("how-a-plan-is-made-2020-03-05")

    publish(draft(), pages)

    after = show("lagoon-dialogues-2020-1")
    assert after["id"] == before["id"]
    assert identity.renamed("how-a-plan-is-made-2020-03-05") == "lagoon-dialogues-2020-1"


def test_two_series_of_one_year_keep_their_first_webinars_apart(publish, source):
    pages = source()
    publish(draft(), pages, "a")
    publish(draft(series="Reef dialogues"), pages, "b")

    assert search("*:*", fq="dataset_type:webinar") == [
        "lagoon-dialogues-2020-1",
        "reef-dialogues-2020-1",
    ]


def test_a_series_of_the_next_year_is_another_one(publish, source):
    pages = source()
    publish(draft(), pages, "a")
    outcome = publish(draft(fields={"start": "2021-03-05T10:30:00-06:00", "end": None}), pages, "b")

    assert outcome.name == "lagoon-dialogues-2021-1"


def test_an_alias_is_enough(publish, source, editor):
    pages = source()
    publish(draft(), pages, "a")
    edit("lagoon-dialogues-2020", editor, aliases=["Lagoon dialogues", "Coast talks"])

    outcome = publish(draft(series="Coast talks", fields={"session_number": 2, "title": "Next"}), pages, "b")

    assert outcome.name == "lagoon-dialogues-2020-2"
    assert outcome.problems == []


def test_the_source_may_name_the_series(publish, source):
    outcome = publish(draft(series="Something else"), source(series="talks-2020"))

    assert outcome.name == "talks-2020-1"


def test_the_source_may_name_it_by_its_title(publish, source):
    publish(draft(), source())

    talk = draft(series="", fields={"session_number": 2, "title": "How it ends"})
    outcome = publish(talk, source(series="Lagoon dialogues"))

    assert (outcome.outcome, outcome.name) == ("added", "lagoon-dialogues-2020-2")


def test_webinars_of_another_organization_are_left_alone(publish, source):
    publish(draft(), source())
    other = factories.Organization(name="other-program")

    outcome = publish(draft(fields={"objective": "Another program's."}), source(organization_id=other["id"]))

    assert (outcome.outcome, outcome.name) == ("added", "lagoon-dialogues-2020-other-program-1")
    assert show("lagoon-dialogues-2020-1")["objective"] == "To know the steps."


def test_a_record_without_series_stands_by_itself(publish, source):
    outcome = publish(draft(series="", fields={"session_number": None}), source())

    assert outcome.name == "how-a-plan-is-made-2020-03-05"
    assert [problem.code for problem in outcome.problems] == ["series-missing"]


def test_a_webinar_deleted_by_hand_is_not_made_anew(publish, source, editor):
    pages = source()
    publish(draft(), pages)
    tk.get_action("package_delete")({"user": editor["name"]}, {"id": "lagoon-dialogues-2020-1"})

    outcome = publish(draft(fields={"audience": "All"}), pages)

    assert outcome.outcome == "unchanged"
    assert "webinar-deleted" in [problem.code for problem in outcome.problems]
    assert search("*:*", fq="dataset_type:webinar") == []


def test_a_form_cannot_give_a_number_twice(publish, source, editor):
    pages = source()
    publish(draft(), pages, "a")
    publish(draft(fields={"session_number": 2, "title": "Next"}), pages, "b")

    with pytest.raises(tk.ValidationError) as error:
        edit("lagoon-dialogues-2020-2", editor, session_number=1)

    assert "lagoon-dialogues-2020-1" in error.value.error_dict["session_number"][0]


def test_a_video_finds_its_session_by_title_without_reading_the_others(publish, source):
    titles = {1: "Mending nets", 2: "Setting sails", 3: "Reading tides"}
    for number, title in titles.items():
        day = f"2020-03-{number:02}"
        times = {"start": f"{day}T10:30:00-06:00", "end": f"{day}T12:00:00-06:00"}
        publish(draft(fields={"session_number": number, "title": title, **times}), source(), str(number))
    webinar = model.Package.get("lagoon-dialogues-2020-2")
    video = draft(belongs=True, fields={"session_number": None, "title": "SETTING sails", "start": None})
    facts = identity.facts_of_draft(video, "")

    with loaded(model.Package) as packages:
        found = identity.namesakes(webinar.owner_org, facts)
        assert identity.find(video, facts, found, webinar.owner_org, None, False) == webinar.id

    assert packages == {webinar.id}


@contextmanager
def loaded(table: Any) -> Iterator[set[str]]:
    """The ids of the rows that are read from a table meanwhile."""
    ids: set[str] = set()

    def note(row: Any, _context: Any) -> None:
        ids.add(row.id)

    model.Session.expunge_all()
    sa.event.listen(table, "load", note)
    try:
        yield ids
    finally:
        sa.event.remove(table, "load", note)
