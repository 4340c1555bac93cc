"""Sweeps and runs ``harvester run`` again and again, and brings back the process manager should it die.

Without the second no harvest job would ever be finished. The process manager watches over all others; this
process watches over it.
"""

from __future__ import annotations

import logging
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ckan import model
from ckanext.harvest.utils import run_harvester
from ckanext.opengovbelize import config
from ckanext.opengovbelize.catalogue import reconcile
from ckanext.opengovbelize.runs import decisions, letters, retention, sweeper

from .ckan_app import flask_app, load
from .settings import MARK, ROOT

log = logging.getLogger("ckanext.opengovbelize.scheduler")

TASKS = (
    sweeper.sweep,
    decisions.run_sources,
    run_harvester,
    letters.send,
    retention.clear,
    reconcile.when_due,
)


def main() -> None:
    """Run until stopped; an error ends the process, and the process manager starts it again."""
    handle = manager()
    if handle is None:
        start_portal()
        return
    app = flask_app(load(os.environ["CKAN_INI"]))
    while True:
        started = time.monotonic()
        with app.test_request_context():
            do_all()
        rest = max(0.0, config.sweep_seconds() - (time.monotonic() - started))
        ended, _, _ = select.select([handle], [], [], rest)
        if ended:
            log.warning("The process manager died; starting the portal again")
            start_portal()
            return


def manager() -> int | None:
    """Return a handle on the process manager, which is our parent; None where it died before we were loaded."""
    try:
        pid = int((Path(os.environ[MARK]) / "supervisord.pid").read_text())
        handle = os.pidfd_open(pid)
    except (OSError, ValueError):
        return None
    return handle if os.getppid() == pid else None


def do_all() -> None:
    """Do every task once; one that fails keeps none of the others."""
    for task in TASKS:
        attempt(task)


def attempt(task: Callable[[], object]) -> None:
    """Do one task; a server that is away fails this task, this time."""
    try:
        task()
    except Exception as error:
        log.error("%s failed: %s", task.__name__, type(error).__name__)
        model.Session.rollback()
    model.Session.remove()


def start_portal() -> None:
    """Start ``bin/portal up`` on its own: it ends what is left of this portal, this process too.

    Unless somebody has ended the portal meanwhile.
    """
    environment = {key: value for key, value in os.environ.items() if key != MARK}
    subprocess.Popen(
        [sys.executable, "-m", "stack", "portal", "up", "--no-samples", "--again"],
        cwd=ROOT, env=environment, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


if __name__ == "__main__":
    main()
