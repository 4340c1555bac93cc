"""Runs one of the two harvest consumers, after taking up what the one before it left behind.

A consumer that is killed, be it by the end of the portal, leaves its message in neither queue nor database.
ckanext-harvest sends it again after three minutes (fetch) or two hours (gather), or never where the kill came
between taking the message and noting it. The portal runs one consumer of each kind, so whatever is noted as
being worked on when a consumer starts was left by a dead one. Every stage may run twice.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from ckan import model
from ckanext.harvest import queue, utils
from ckanext.harvest.model import HarvestJob, HarvestObject

from .ckan_app import load

BEGUN = ("FETCH", "IMPORT")


def take_up_jobs() -> None:
    """Send to the gather queue the jobs that run, are not gathered, and wait nowhere."""
    _forget(queue.get_gather_routing_key())
    publisher: Any = queue.get_gather_publisher()
    for (job_id,) in model.Session.query(HarvestJob.id).filter_by(status="Running", gather_finished=None):
        # A message that waits already is replaced.
        publisher.send({"harvest_job_id": job_id})
    model.Session.remove()


def take_up_objects() -> None:
    """Send to the fetch queue the objects that were begun and not ended; ``harvester run`` sends those that wait."""
    left = _forget(queue.get_fetch_routing_key())
    begun = model.Session.query(HarvestObject.id).filter(
        HarvestObject.id.in_(left), HarvestObject.state.in_(BEGUN)
    )
    publisher: Any = queue.get_fetch_publisher()
    for (object_id,) in begun:
        publisher.send({"harvest_object_id": object_id})
    model.Session.remove()


def _forget(routing_key: str) -> list[str]:
    """Return the ids that are noted as being worked on, and take the notes away."""
    redis: Any = queue.get_connection()
    notes = list(redis.scan_iter(f"{routing_key}:*"))
    if notes:
        redis.delete(*notes)
    return [note.rsplit(":", 1)[1] for note in notes]


def main() -> None:
    """Run until stopped; an error ends the process, and the process manager starts it again."""
    take_up, consume = {
        "gather": (take_up_jobs, utils.gather_consumer),
        "fetch": (take_up_objects, utils.fetch_consumer),
    }[sys.argv[1]]
    load(os.environ["CKAN_INI"])
    take_up()
    consume()


if __name__ == "__main__":
    main()
