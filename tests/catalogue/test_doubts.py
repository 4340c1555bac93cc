"""Two records that may be of one session: never merged in silence, never doubled, decided once by an editor."""

from __future__ import annotations

from typing import Any

import ckan.model as model
import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.opengovbelize.catalogue import pipeline
from ckanext.opengovbelize.catalogue.foreseen import Foreseen
from ckanext.opengovbelize.model import Doubt

from .conftest import draft, incoming, search, show

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

MOVED = {"start": "2020-03-12T10:30:00-06:00", "end": "2020-03-12T12:00:00-06:00"}
FIRST = draft(series="", fields={"session_number": None})
SIMILAR = draft(
    series="", file="other.md", fields={"session_number": None, "title": "How plans and a plan are made"}
)
LATER = draft(series="", file="other.md", fields={"session_number": None, **MOVED})


def doubts() -> list[Doubt]:
    model.Session.expire_all()
    return model.Session.query(Doubt).all()


def decide(user: dict[str, Any], decision: str, row: Doubt | None = None) -> dict[str, Any]:
    context = {"user": user["name"], "ignore_auth": False}
    return tk.get_action("opengovbelize_doubt_decide")(
        context, {"id": (row or doubts()[0]).id, "decision": decision}
    )


@pytest.mark.parametrize(("other", "reason"), [(SIMILAR, "same-start"), (LATER, "same-title")])
def test_a_doubtful_record_waits_and_is_neither_merged_nor_published(other, reason, publish, source):
    first = publish(FIRST, source())
    second = source("Calendar")
    assert pipeline.compare(other, second, "record-1", "x").outcome == "rejected"
    assert doubts() == []
    outcome = publish(other, second)
    assert (outcome.outcome, outcome.reasons) == ("rejected", ["match-doubtful"])
    assert first.name in outcome.problems[-1].message
    (row,) = doubts()
    assert (row.reasons, row.source_title, row.state) == ([reason], "Calendar", "proposed")
    assert row.said["title"] == other.fields["title"]
    assert search(fq="dataset_type:webinar") == [first.name]
    # What the editors see already needs no write.
    assert not pipeline.compare(other, second, "record-1", "x").to_publish


def test_the_same_session_is_one_webinar_from_then_on(publish, source, editor):
    first = publish(FIRST, source())
    second = source("Calendar", trust=90)
    publish(LATER, second)
    decide(editor, "same")
    outcome = publish(LATER, second)
    assert (outcome.outcome, outcome.name) == ("updated", first.name)
    assert show(first.name)["start"] == MOVED["start"]
    assert publish(LATER, second).outcome == "unchanged"
    # Also after it was away.
    pipeline.withdraw(["record-1"], second, editor["name"])
    assert publish(LATER, second).name == first.name
    assert search(fq="dataset_type:webinar") == [first.name]


def test_another_session_is_published_and_never_asked_about_again(publish, source, editor):
    first = publish(FIRST, source())
    second = source("Calendar")
    publish(SIMILAR, second)
    decide(editor, "different")
    outcome = publish(SIMILAR, second)
    assert outcome.outcome == "added" and outcome.name != first.name
    changed = draft(series="", fields={"session_number": None, "title": "How a plan and plans are made"})
    assert publish(changed, second).outcome == "updated"
    assert [row.state for row in doubts()] == ["different"]


def test_one_decision_for_one_webinar_decides_about_the_others(publish, source, editor):
    publish(FIRST, source())
    third = draft(
        series="",
        fields={"session_number": None, "title": "How a plan begins", "start": "2020-03-05T10:30:00-06:00"},
    )
    pages = source("Notes")
    publish(third, pages)
    decide(editor, "different")
    publish(third, pages)
    calendar = source("Calendar")
    publish(SIMILAR, calendar)
    waiting = [row for row in doubts() if row.state == "proposed"]
    assert len(waiting) == 2
    decide(editor, "same", waiting[0])
    assert publish(SIMILAR, calendar).outcome in ("updated", "unchanged")
    assert not [row for row in doubts() if row.state == "proposed"]


def test_what_is_not_alike_is_no_doubt(publish, source):
    publish(FIRST, source())
    for number, fields in enumerate(
        (
            {"title": "Something else altogether"},
            {"start": "2020-03-05T14:00:00-06:00", "title": "Another matter"},
            {"start": "2021-03-05T10:30:00-06:00"},
        )
    ):
        other = draft(series="", fields={"session_number": None, "end": None, **fields})
        assert publish(other, source(f"Calendar {number}")).outcome == "added"


def test_two_numbers_of_a_series_are_two_sessions(publish, source):
    publish(draft(), source())
    assert publish(draft(fields={"session_number": 2, **MOVED}), source("Calendar")).outcome == "added"


def test_a_source_does_not_tell_of_one_session_twice(source, editor):
    items = [incoming(FIRST, "a"), incoming(LATER, "b")]
    outcomes = pipeline.publish(items, source(), editor["name"])
    assert [outcome.outcome for outcome in outcomes] == ["added", "added"]


NORTH = draft(series="", fields={"session_number": None, "venue_name": "North Hall"})
SOUTH = draft(series="", file="other.md", fields={"session_number": None, "venue_name": "South Hall"})


def test_one_title_and_start_at_two_venues_of_one_source_is_doubtful(source, editor):
    items = [incoming(NORTH, "a"), incoming(SOUTH, "b")]
    outcomes = pipeline.publish(items, source(), editor["name"])
    assert [outcome.outcome for outcome in outcomes] == ["added", "rejected"]
    assert outcomes[1].reasons == ["match-doubtful"]
    assert [row.reasons for row in doubts()] == [["parallel"]]
    assert show(outcomes[0].name)["venue_name"] == "North Hall"


def test_a_dry_run_tells_of_parallel_sessions_too(source, program):
    foreseen, pages = Foreseen(), source()
    told = [pipeline.compare(one, pages, key, key, foreseen) for one, key in ((NORTH, "a"), (SOUTH, "b"))]
    assert [each.outcome for each in told] == ["added", "rejected"]
    assert told[1].problems[-1].code == "match-doubtful"
    # What another source says of the same session is no doubt.
    elsewhere = pipeline.compare(SOUTH, source("Calendar"), "c", "c", foreseen)
    assert elsewhere.outcome in ("updated", "unchanged")


def test_parallel_sessions_stay_two_from_the_decision_on(source, editor):
    pages = source()
    items = [incoming(NORTH, "a"), incoming(SOUTH, "b")]
    first = pipeline.publish(items, pages, editor["name"])[0]
    decide(editor, "different")
    outcomes = pipeline.publish(items, pages, editor["name"])
    assert [outcome.outcome for outcome in outcomes] == ["unchanged", "added"]
    assert outcomes[1].name != first.name
    changed = draft(series="", fields={**SOUTH.fields, "session_number": None, "objective": "To know more."})
    assert pipeline.publish([incoming(changed, "b")], pages, editor["name"])[0].name == outcomes[1].name
    assert [show(each.name)["venue_name"] for each in (first, outcomes[1])] == ["North Hall", "South Hall"]


def test_one_session_told_twice_by_a_source_is_one_from_the_decision_on(source, editor):
    pages = source()
    items = [incoming(NORTH, "a"), incoming(SOUTH, "b")]
    first = pipeline.publish(items, pages, editor["name"])[0]
    decide(editor, "same")
    assert pipeline.publish(items, pages, editor["name"])[1].name == first.name
    assert search(fq="dataset_type:webinar") == [first.name]


def test_a_page_that_moves_and_one_that_names_no_venue_are_no_doubt(source, editor):
    pages = source()
    first = pipeline.publish([incoming(NORTH, "a")], pages, editor["name"])[0]
    for key, moved in (("b", NORTH), ("c", FIRST)):
        assert pipeline.publish([incoming(moved, key)], pages, editor["name"])[0].name == first.name
    assert doubts() == []


def test_a_record_that_is_mended_so_that_it_is_certain_waits_no_more(publish, source):
    publish(FIRST, source())
    second = source("Calendar")
    publish(LATER, second)
    assert publish(FIRST, second).outcome in ("updated", "unchanged")
    assert doubts() == []


def test_only_editors_of_the_organization_see_and_decide(publish, source, editor):
    publish(FIRST, source())
    publish(LATER, source("Calendar"))
    stranger = factories.User()
    factories.Organization(users=[{"name": stranger["name"], "capacity": "admin"}])
    for user in (stranger["name"], ""):
        with pytest.raises(tk.NotAuthorized):
            tk.get_action("opengovbelize_doubt_decide")(
                {"user": user, "ignore_auth": False}, {"id": doubts()[0].id, "decision": "same"}
            )
    listed = tk.get_action("opengovbelize_doubt_list")
    assert listed({"user": stranger["name"], "ignore_auth": False}, {}) == []
    assert len(listed({"user": editor["name"], "ignore_auth": False}, {})) == 1
