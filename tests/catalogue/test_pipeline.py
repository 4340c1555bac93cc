"""Records of sources become webinars: added once, updated, left alone, hidden and brought back."""

from __future__ import annotations

import ckan.model as model
import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan.lib.search import make_connection
from ckanext.opengovbelize.catalogue import pipeline
from ckanext.opengovbelize.catalogue.foreseen import Foreseen

from .conftest import draft, edit, incoming, search, show

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]


# Looks again after a moment; a connection that was closed takes one to end.
OTHER_CONNECTIONS = """
    SELECT count(*) FROM pg_stat_activity, pg_sleep(0.05)
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


def counted_writes() -> dict[str, tuple[int, int, int]]:
    """Rows inserted, updated and deleted so far, by table, as PostgreSQL counts them."""
    model.Session.remove()
    # A connection tells what it wrote a second later, or when it ends.
    model.ensure_engine().dispose()
    for _attempt in range(40):
        model.Session.rollback()
        if not model.Session.execute(sa.text(OTHER_CONNECTIONS)).scalar():
            break
    model.Session.rollback()
    rows = model.Session.execute(
        sa.text("SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables")
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def index_version() -> str:
    """Changes with every document that Solr writes."""
    found = make_connection().search("*:*", fl="id,_version_", rows=1000, sort="id asc")
    return repr([(doc["id"], doc.get("_version_")) for doc in found])


class TestPublish:
    def test_new_record_of_a_new_series_makes_both(self, publish, source):
        outcome = publish(draft(), source())

        webinar, series = show("lagoon-dialogues-2020-1"), show("lagoon-dialogues-2020")
        assert outcome.outcome == "added"
        assert outcome.name == webinar["name"]
        assert [problem.code for problem in outcome.problems] == ["series-created"]
        assert webinar["in_series"] == [series["id"]]
        assert (webinar["private"], series["private"]) == (False, False)
        assert series["aliases"] == ["Lagoon dialogues"]
        assert search() == ["lagoon-dialogues-2020", "lagoon-dialogues-2020-1"]

    def test_activity_names_the_user(self, publish, source, editor):
        publish(draft(), source())
        publish(draft(fields={"objective": "To know all steps."}), source())

        activities = tk.get_action("package_activity_list")({"user": ""}, {"id": "lagoon-dialogues-2020-1"})

        assert [row["activity_type"] for row in activities] == ["changed package", "new package"]
        assert {row["user_id"] for row in activities} == {editor["id"]}

    def test_one_new_series_for_two_records_of_a_batch(self, source, editor):
        items = [incoming(draft(), "a"), incoming(draft(fields={"session_number": 2, "title": "Next"}), "b")]

        outcomes = pipeline.publish(items, source(), editor["name"])

        assert [outcome.name for outcome in outcomes] == [
            "lagoon-dialogues-2020-1",
            "lagoon-dialogues-2020-2",
        ]
        assert search("*:*", fq="dataset_type:webinar_series") == ["lagoon-dialogues-2020"]

    def test_page_and_its_copy_in_one_batch_are_one_webinar(self, source, editor):
        copy = draft(fields={"session_number": None, "audience": "Public officers"})

        outcomes = pipeline.publish(
            [incoming(draft(), "page"), incoming(copy, "copy")], source(), editor["name"]
        )

        assert [outcome.outcome for outcome in outcomes] == ["added", "updated"]
        assert show("lagoon-dialogues-2020-1")["audience"] == "Public officers"
        assert search("*:*", fq="dataset_type:webinar") == ["lagoon-dialogues-2020-1"]

    def test_a_broken_record_costs_itself_only(self, source, editor):
        broken = draft(fields={"session_number": 2, "title": "Next", "district": "BZ-NOWHERE"})
        items = [incoming(draft(), "a"), incoming(broken, "b")]
        items.append(incoming(draft(fields={"session_number": 3, "title": "Last"}), "c"))

        outcomes = pipeline.publish(items, source(), editor["name"])

        assert [outcome.outcome for outcome in outcomes] == ["added", "rejected", "added"]
        problem = outcomes[1].problems[-1]
        assert (problem.code, problem.field) == ("field-invalid", "district")
        assert "BZ-NOWHERE" not in problem.message
        assert search("*:*", fq="dataset_type:webinar") == [
            "lagoon-dialogues-2020-1",
            "lagoon-dialogues-2020-3",
        ]

    def test_a_series_is_not_made_for_a_record_that_is_rejected(self, publish, source):
        outcome = publish(draft(fields={"district": "BZ-NOWHERE"}), source())
        assert outcome.outcome == "rejected"
        assert "series-created" not in {problem.code for problem in outcome.problems}
        assert search() == []

    @pytest.mark.parametrize("text", ["nul \x00 byte", "too long " * 10_000], ids=["nul", "long"])
    def test_hostile_text_costs_its_record_only(self, text, source, editor):
        hostile = draft(fields={"session_number": 2, "title": "Next", "objective": text})

        outcomes = pipeline.publish(
            [incoming(hostile, "a"), incoming(draft(), "b")], source(), editor["name"]
        )

        assert outcomes[1].outcome == "added"
        assert all(text not in problem.message for problem in outcomes[0].problems)

    def test_the_same_message_twice_costs_nothing(self, publish, source):
        pages = source()
        publish(draft(), pages)
        rows, documents = counted_writes(), index_version()

        outcome = publish(draft(), pages)

        assert (outcome.outcome, outcome.name) == ("unchanged", "lagoon-dialogues-2020-1")
        assert counted_writes() == rows
        assert index_version() == documents

    def test_new_bytes_that_say_the_same_touch_the_ledger_only(self, publish, source, editor):
        pages = source()
        publish(draft(), pages)
        rows, documents = counted_writes(), index_version()

        again = pipeline.Incoming(draft(), "record-1", "another hash")
        outcome = pipeline.publish([again], pages, editor["name"])[0]

        written = {table for table, counts in counted_writes().items() if counts != rows[table]}
        assert outcome.outcome == "unchanged"
        assert written <= {"opengovbelize_ledger", "opengovbelize_published"}
        assert index_version() == documents


class TestTwoSources:
    def test_name_one_webinar_and_both_are_named(self, publish, source):
        pages, sheet = source("Session pages", url="https://www.example.org/p", public=True), source("Sheet")
        publish(draft(), pages)

        outcome = publish(draft(fields={"audience": "Everybody"}), sheet)

        webinar = show("lagoon-dialogues-2020-1")
        assert outcome.outcome == "updated"
        assert webinar["audience"] == "Everybody"
        assert [(row["title"], row.get("url")) for row in webinar["sources"]] == [
            ("Session pages", "https://www.example.org/p"),
            ("Sheet", None),
        ]

    @pytest.mark.parametrize(
        ("trust", "published"), [((5, 1), "first"), ((1, 5), "second"), ((0, 0), "first")]
    )
    def test_the_more_trusted_or_else_the_older_counts(self, trust, published, publish, source):
        first, second = source(trust=trust[0]), source(trust=trust[1])
        publish(draft(fields={"objective": "first"}), first)

        outcome = publish(draft(fields={"objective": "second"}), second)

        assert show("lagoon-dialogues-2020-1")["objective"] == published
        states = {change["field"]: change["state"] for change in outcome.changes}
        assert states["objective"] == ("changed" if published == "second" else "less-trusted")

    def test_are_unchanged_on_the_next_run_of_either(self, publish, source):
        first, second = source(), source(trust=1)
        for one in (first, second):
            publish(draft(fields={"objective": one.id}), one)
        rows = counted_writes()

        again = [publish(draft(fields={"objective": one.id}), one) for one in (first, second)]

        assert [outcome.outcome for outcome in again] == ["unchanged", "unchanged"]
        assert counted_writes() == rows

    def test_rows_are_merged_by_code(self, publish, source):
        publish(draft(), source())
        link = {
            "code": "slides",
            "kind": "shared",
            "title": "Slides",
            "url": "https://www.example.org/slides",
        }

        publish(draft(fields={"links": [link]}), source())

        assert [row["code"] for row in show("lagoon-dialogues-2020-1")["links"]] == ["guide", "slides"]


class TestWithdraw:
    def test_hides_what_no_source_has_and_shows_it_again_on_return(self, publish, source, editor):
        pages = source()
        publish(draft(), pages)

        outcome = pipeline.withdraw(["record-1"], pages, editor["name"])[0]

        hidden = show("lagoon-dialogues-2020-1")
        assert (outcome.outcome, outcome.reasons) == ("withdrawn", ["no-source-has-it"])
        assert (hidden["publication_state"], hidden["private"]) == ("withdrawn", True)
        assert hidden["objective"] == "To know the steps."
        assert search("*:*", fq="dataset_type:webinar") == []

        outcome = publish(draft(), pages)

        assert outcome.outcome == "updated"
        assert show("lagoon-dialogues-2020-1")["publication_state"] == "released"
        assert search("*:*", fq="dataset_type:webinar") == ["lagoon-dialogues-2020-1"]

    def test_by_one_of_two_sources_takes_its_values_only(self, publish, source, editor):
        first, second = source(), source()
        publish(draft(fields={"audience": "All"}), first)
        publish(draft(fields={"rationale": "Why"}), second)

        outcome = pipeline.withdraw(["record-1"], first, editor["name"])[0]

        webinar = show("lagoon-dialogues-2020-1")
        assert outcome.reasons == ["other-sources-have-it"]
        assert webinar["publication_state"] == "released"
        assert (webinar.get("audience"), webinar["rationale"]) == (None, "Why")

    def test_leaves_a_state_that_an_editor_chose(self, publish, source, editor):
        pages = source()
        publish(draft(), pages)
        edit("lagoon-dialogues-2020-1", editor, publication_state="draft")

        pipeline.withdraw(["record-1"], pages, editor["name"])
        publish(draft(), pages)

        assert show("lagoon-dialogues-2020-1")["publication_state"] == "draft"

    def test_twice_is_unchanged(self, publish, source, editor):
        pages = source()
        publish(draft(), pages)

        outcomes = pipeline.withdraw(["record-1", "record-1", "unknown"], pages, editor["name"])

        assert [outcome.outcome for outcome in outcomes] == ["withdrawn", "unchanged", "unchanged"]


class TestCompare:
    def test_tells_of_an_empty_catalogue_what_would_be_made_and_writes_nothing(self, source):
        rows = counted_writes()

        comparison = pipeline.compare(draft(), source(), "record-1", "hash")

        assert (comparison.outcome, comparison.name) == ("added", "lagoon-dialogues-2020-1")
        assert comparison.fields["in_series"] == ["lagoon-dialogues-2020"]
        assert comparison.fields["objective"] == "To know the steps."
        assert counted_writes() == rows
        assert search() == []

    def test_tells_what_the_schema_would_refuse(self, source):
        comparison = pipeline.compare(draft(fields={"district": "BZ-NOWHERE"}), source(), "record-1", "hash")

        assert comparison.outcome == "rejected"
        assert [problem.field for problem in comparison.problems if problem.rejects] == ["district"]

    def test_agrees_with_what_publishing_then_does(self, publish, source):
        pages = source()
        publish(draft(), pages)
        changed = draft(fields={"objective": "To know all the steps.", "links": None})

        comparison = pipeline.compare(changed, pages, "record-1", "new hash")
        outcome = publish(changed, pages)

        assert (comparison.outcome, comparison.changes) == (outcome.outcome, outcome.changes)
        assert [(change["field"], change["old"], change["new"]) for change in outcome.changes] == [
            ("objective", "To know the steps.", "To know all the steps."),
            ("links", "Guide", ""),
        ]


class TestForeseen:
    """A dry run compares all records before any is published, and tells all the same what a real run would."""

    RECORDS = {
        "page": draft(),
        "copy of the page": draft(),
        "copy without number, with audience": draft(fields={"session_number": None, "audience": "Officers"}),
        "other words for the audience": draft(fields={"audience": "Everybody"}),
        "next session": draft(fields={"session_number": 2, "title": "Next", "start": None, "end": None}),
        "broken": draft(fields={"session_number": 3, "title": "Third", "district": "BZ-NOWHERE"}),
    }

    def told(self, outcome):
        changed = sorted({change["field"] for change in outcome.changes})
        return outcome.outcome, outcome.name, changed, [problem.code for problem in outcome.problems]

    def foretell(self, pages):
        foreseen = Foreseen()
        return [
            pipeline.compare(item, pages, key, f"hash of {key}", foreseen)
            for key, item in self.RECORDS.items()
        ]

    def test_two_files_of_a_new_webinar(self, source, editor):
        pages = source()
        foretold = self.foretell(pages)
        items = [pipeline.Incoming(item, key, f"hash of {key}") for key, item in self.RECORDS.items()]
        done = pipeline.publish(items, pages, editor["name"])

        assert [outcome.outcome for outcome in foretold] == [
            "added",
            "unchanged",
            "updated",
            "unchanged",
            "added",
            "rejected",
        ]
        assert [self.told(outcome) for outcome in foretold[:-1]] == [self.told(one) for one in done[:-1]]
        assert done[-1].outcome == "rejected"

    def test_two_files_of_a_webinar_that_is_there(self, publish, source, editor):
        publish(draft(fields={"objective": None}), source("Calendar"))
        pages = source()
        foretold = self.foretell(pages)
        items = [pipeline.Incoming(item, key, f"hash of {key}") for key, item in self.RECORDS.items()]
        done = pipeline.publish(items, pages, editor["name"])

        assert [outcome.outcome for outcome in foretold[:3]] == ["updated", "unchanged", "updated"]
        assert [self.told(outcome) for outcome in foretold[:-1]] == [self.told(one) for one in done[:-1]]

    def test_fields_of_a_new_webinar_hold_what_the_schema_adds(self, publish, source):
        pages = source()
        foretold = pipeline.compare(draft(), pages, "record-1", "hash")
        done = publish(draft(), pages)
        webinar = show("lagoon-dialogues-2020-1")

        assert foretold.fields == {**done.fields, "in_series": ["lagoon-dialogues-2020"]}
        for field in ("license_id", "timezone", "invented"):
            assert str(foretold.fields[field]) == str(webinar[field])
