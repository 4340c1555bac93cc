"""A consumer starts where the one before it was killed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from ckan import model
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestObject

from stack.consumer import take_up_jobs, take_up_objects

from ..harvesters.conftest import Portal, portal, record
from ..queues import consume

__all__ = ["portal"]

pytestmark = [pytest.mark.server]


def take_message(consumer: Any, note: bool) -> None:
    """Take a message and die: before it is noted as being worked on, or after."""
    _, _, body = consumer.basic_get(None)
    assert body
    if note:
        consumer.redis.set(consumer.persistance_key(body), str(datetime.now()))


def notes(routing_key: str) -> list[str]:
    redis: Any = queue.get_connection()
    return list(redis.scan_iter(f"{routing_key}:*"))


def waiting(routing_key: str) -> int:
    redis: Any = queue.get_connection()
    return redis.llen(routing_key)


@pytest.mark.parametrize("noted", [True, False])
def test_a_job_whose_gather_was_killed_is_gathered_at_once(portal: Portal, noted: bool) -> None:
    portal.write("one.md", record(1))
    job_id = portal.start(portal.source())
    take_message(queue.get_gather_consumer(), noted)
    take_up_jobs()
    assert not notes(queue.get_gather_routing_key())
    assert portal.report(portal.finish(job_id))["counts"]["added"] == 1
    assert portal.job(job_id)["status"] == "Finished"


def test_a_job_that_waits_for_its_gather_waits_once(portal: Portal) -> None:
    portal.start(portal.source())
    take_up_jobs()
    assert waiting(queue.get_gather_routing_key()) == 1


def test_an_import_that_was_killed_is_repeated_at_once(portal: Portal) -> None:
    portal.write("one.md", record(1))
    job_id = portal.start(portal.source())
    consume(queue.get_gather_consumer(), queue.gather_callback)
    take_message(queue.get_fetch_consumer(), note=True)
    model.Session.query(HarvestObject).update({"state": "IMPORT"})
    model.Session.commit()
    take_up_objects()
    assert not notes(queue.get_fetch_routing_key())
    assert portal.report(portal.finish(job_id))["counts"]["added"] == 1


def test_an_import_that_had_ended_is_not_repeated(portal: Portal) -> None:
    portal.write("one.md", record(1))
    job_id = portal.start(portal.source())
    consume(queue.get_gather_consumer(), queue.gather_callback)
    consumer: Any = queue.get_fetch_consumer()
    _, _, body = consumer.basic_get(None)
    queue.fetch_callback(consumer, queue.FakeMethod(body), consumer, body)
    # As if it had been killed between its end and the word that it had ended.
    consumer.redis.set(consumer.persistance_key(body), str(datetime.now()))
    portal.finish(job_id)
    take_up_objects()
    assert (notes(queue.get_fetch_routing_key()), waiting(queue.get_fetch_routing_key())) == ([], 0)
    assert portal.job(job_id)["stats"]["errored"] == 0
