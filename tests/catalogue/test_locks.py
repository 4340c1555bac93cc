"""What an editor changed by hand stays, and what nobody changed does not."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest

from .conftest import draft, edit, show

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]


def test_what_the_schema_adds_is_no_change_by_hand(publish, source):
    publish(draft(), source())
    assert show("lagoon-dialogues-2020-1")["invented"] is False

    outcome = publish(draft(fields={"invented": True}), source())

    assert show("lagoon-dialogues-2020-1")["invented"] is True
    assert {"field": "invented", "state": "changed"}.items() <= outcome.changes[-1].items()


def test_what_the_schema_adds_is_none_either_where_a_source_says_it_no_more(publish, source):
    pages = source()
    publish(draft(fields={"invented": True}), pages)
    publish(draft(), pages)
    assert show("lagoon-dialogues-2020-1")["invented"] is False
    publish(draft(fields={"audience": "All"}), pages)

    publish(draft(fields={"invented": True}), source())

    assert show("lagoon-dialogues-2020-1")["invented"] is True


def test_what_an_editor_made_keeps_even_values_that_the_schema_would_add(publish, source, editor, program):
    pages = source()
    publish(draft(), pages)
    own = {
        "type": "webinar",
        "name": "lagoon-dialogues-2020-2",
        "title": "How it ends",
        "in_series": [show("lagoon-dialogues-2020")["id"]],
        "session_number": 2,
        "status": "planned",
        "owner_org": program["id"],
        "publication_state": "draft",
        "invented": False,
    }
    tk.get_action("package_create")({"user": editor["name"]}, own)

    for audience in ("All", "Teachers"):
        fields = {"session_number": 2, "title": "How it ends", "invented": True, "audience": audience}
        publish(draft(fields=fields), pages, "record-2")
        shown = show("lagoon-dialogues-2020-2")
        assert (shown["publication_state"], shown["invented"]) == ("draft", False)
        assert shown["audience"] == audience


def test_a_field_that_an_editor_changed_stays(publish, source, editor):
    pages = source()
    publish(draft(), pages)
    edit("lagoon-dialogues-2020-1", editor, objective="In the editor's words.")

    outcome = publish(draft(fields={"objective": "New.", "audience": "All"}), pages)

    webinar = show("lagoon-dialogues-2020-1")
    assert (webinar["objective"], webinar["audience"]) == ("In the editor's words.", "All")
    assert {"field": "objective", "old": "In the editor's words.", "new": "New.", "state": "locked"} in (
        outcome.changes
    )


def test_a_lock_outlives_later_runs_and_opens_when_taken_back(publish, source, editor):
    pages = source()
    publish(draft(), pages)
    edit("lagoon-dialogues-2020-1", editor, objective="In the editor's words.")
    publish(draft(fields={"objective": "Second."}), pages)
    publish(draft(fields={"objective": "Third."}), pages)
    assert show("lagoon-dialogues-2020-1")["objective"] == "In the editor's words."

    edit("lagoon-dialogues-2020-1", editor, objective="To know the steps.")
    publish(draft(fields={"objective": "Fourth."}), pages)

    assert show("lagoon-dialogues-2020-1")["objective"] == "Fourth."


def test_rows_changed_deleted_and_added_by_hand_stay(publish, source, editor):
    pages = source()
    publish(draft(), pages)
    ana, _ = show("lagoon-dialogues-2020-1")["people"]
    own = {"code": "host-eva-sample", "role": "host", "name": "Eva Sample"}
    edit("lagoon-dialogues-2020-1", editor, people=[{**ana, "position": "Analyst"}, own])

    changed = draft()
    for person in changed.fields["people"]:
        person["affiliation"] = "Lagoon Institute"
    changed.fields["people"].append({"code": "speaker-cy-sample", "role": "speaker", "name": "Cy Sample"})
    outcome = publish(changed, pages)

    people = {row["code"]: row for row in show("lagoon-dialogues-2020-1")["people"]}
    assert set(people) == {"speaker-ana-sample", "host-eva-sample", "speaker-cy-sample"}
    assert people["speaker-ana-sample"]["position"] == "Analyst"
    assert "affiliation" not in people["speaker-ana-sample"]
    assert {change["row"] for change in outcome.changes if change["state"] == "locked"} == {
        "speaker-ana-sample",
        "speaker-ben-sample",
    }


def test_a_deleted_row_stays_deleted_when_the_source_drops_it_and_brings_it_back(publish, source, editor):
    pages = source()
    publish(draft(), pages)
    edit("lagoon-dialogues-2020-1", editor, links=[])

    publish(draft(fields={"links": None}), pages)
    publish(draft(fields={"audience": "All"}), pages)

    assert not show("lagoon-dialogues-2020-1").get("links")
