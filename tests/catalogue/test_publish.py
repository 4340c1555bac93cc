"""Index and database agree, whoever else is at work and whatever breaks in between."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Timer

import ckan.model as model
import pytest
import sqlalchemy as sa
from ckan import logic
from ckan.lib.search import SearchIndexError
from ckanext.opengovbelize.catalogue import pipeline
from ckanext.opengovbelize.catalogue import publish as publishing
from ckanext.opengovbelize.model import Identity, LedgerEntry, Published

from .conftest import draft, incoming, search

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]


@pytest.fixture
def consume(editor, app):
    """Publishes each record in a consumer of its own, all at the same time; returns the sorted outcomes."""

    def run(source, *items):
        ready = Barrier(len(items))

        def one(item) -> list[str]:
            try:
                with app.flask_app.test_request_context():
                    ready.wait(timeout=30)
                    return [outcome.outcome for outcome in pipeline.publish([item], source, editor["name"])]
            finally:
                model.Session.remove()

        with ThreadPoolExecutor(len(items)) as consumers:
            return sorted(outcome for outcomes in consumers.map(one, items) for outcome in outcomes)

    return run


def test_two_consumers_with_the_same_message_make_one_webinar(source, consume):
    assert consume(source(), incoming(draft(), "record-1"), incoming(draft(), "record-1")) == [
        "added",
        "unchanged",
    ]
    assert model.Session.query(LedgerEntry).count() == 1
    assert search() == ["lagoon-dialogues-2020", "lagoon-dialogues-2020-1"]


def test_two_consumers_with_two_records_of_a_session_make_one_webinar(source, consume):
    """No unique key stops the second one: only the other record knows series and number, the names differ."""
    page = incoming(draft(), "page")
    note = incoming(draft(series="", fields={"session_number": None}), "note")

    with nobody_writes_before_all_have_looked(consumers=2):
        assert consume(source(), page, note)[0] == "added"

    assert len(search(fq="dataset_type:webinar")) == 1
    assert model.Session.query(LedgerEntry.package_id).distinct().count() == 1


@contextmanager
def nobody_writes_before_all_have_looked(consumers: int) -> Iterator[None]:
    """Hold back the writing of keys until every consumer waits: for us, or for the one who was first."""
    engine = model.meta.engine
    ours = engine.connect()
    ours.execute(sa.text("LOCK TABLE opengovbelize_identity IN SHARE MODE"))
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")

    def let_go_once_all_wait() -> None:
        with engine.connect() as other:
            all_wait = other.execute(waiting).scalar_one() >= consumers
        if all_wait:
            ours.rollback()
        else:
            begin()

    def begin() -> None:
        Timer(0.05, let_go_once_all_wait).start()

    begin()
    try:
        yield
    finally:
        ours.close()


def test_a_failed_commit_leaves_no_ghost_in_the_index(publish, source, monkeypatch):
    monkeypatch.setattr(model.Session, "commit", _refuse)
    with pytest.raises(ConnectionError):
        publish(draft(), source())
    monkeypatch.undo()
    model.Session.rollback()

    assert search() == []
    assert model.Session.query(Identity).count() == 0


def _refuse(*_args, **_options):
    raise ConnectionError


def test_what_solr_did_not_take_is_indexed_by_the_next_run(publish, source, monkeypatch):
    pages = source()

    def away(*_args, **_options):
        raise SearchIndexError("Solr is away")

    monkeypatch.setattr("ckan.logic.index_update_package_dicts", away)
    assert publish(draft(), pages).outcome == "added"
    monkeypatch.undo()
    assert search() == []

    publish(draft(), pages)

    assert search() == ["lagoon-dialogues-2020", "lagoon-dialogues-2020-1"]
    assert model.Session.query(Published).filter_by(index_pending=True).count() == 0


def test_what_was_written_while_an_older_form_was_on_its_way_to_solr_is_indexed_again(
    publish, source, monkeypatch
):
    pages = source()
    send = logic.index_update_package_dicts

    def while_somebody_else_writes(both, defer_commit):
        monkeypatch.setattr("ckan.logic.index_update_package_dicts", send)
        if both[0]["type"] == "webinar":
            publish(draft(fields={"title": "How a plan is kept"}), pages)
        else:
            monkeypatch.setattr("ckan.logic.index_update_package_dicts", while_somebody_else_writes)
        send(both, defer_commit)

    monkeypatch.setattr("ckan.logic.index_update_package_dicts", while_somebody_else_writes)
    publish(draft(), pages)
    assert search(q="title:kept") == []

    assert publishing.index_pending() == 1
    assert search(q="title:kept") == ["lagoon-dialogues-2020-1"]
    assert publishing.index_pending() == 0


def test_a_batch_costs_one_commit_of_the_index(source, editor, monkeypatch):
    commits = []
    make_connection = publishing.search.make_connection

    def counting():
        connection = make_connection()
        send = connection._update

        def update(message, *args, **options):
            commits.append(bool(options.get("commit")) or "<commit" in str(message))
            return send(message, *args, **options)

        connection._update = update
        return connection

    monkeypatch.setattr("ckan.lib.search.make_connection", counting)
    monkeypatch.setattr("ckan.lib.search.index.make_connection", counting)
    items = [
        incoming(draft(fields={"session_number": number, "title": f"Session {number}"}), str(number))
        for number in range(1, 6)
    ]

    pipeline.publish(items, source(), editor["name"])

    assert sum(commits) == 1
    assert len(search()) == 6


def test_problems_name_the_place_and_not_the_value():
    errors = {"people": [{}, {"email": ["ana@nowhere.example is not allowed."]}], "title": ["Missing value"]}
    data = {"people": [{}, {"email": "ana@nowhere.example"}]}

    first, second = publishing.problems_of(errors, data, "session-1.md")

    assert (first.field, first.place, second.field) == ("people", "row 2, email", "title")
    assert "ana@nowhere.example" not in first.message
    assert first.rejects
