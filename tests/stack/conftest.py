"""One portal of its own, beside the test servers, for all tests that need one: starting it takes half a minute."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from collections.abc import Iterator

import pytest

from stack import processes, settings, starting
from stack.settings import Settings

# Nobody has to wait here for what an operator can wait for.
OPTIONS = """
ckanext.opengovbelize.allowed_hosts = 127.0.0.1
ckanext.opengovbelize.batch_size = 4
ckanext.opengovbelize.lease_seconds = 6
ckanext.opengovbelize.poll_seconds = 1
ckanext.opengovbelize.sweep_seconds = 1
"""


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture(scope="session")
def running_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A portal without samples, of one process of each kind, that runs."""
    state = tmp_path_factory.mktemp("portal") / ".portal"
    state.mkdir()
    (state / "local.ini").write_text(OPTIONS)
    chosen = {"PORTAL_PORT": free_port(), "PORTAL_WORKERS": "1", "PORTAL_CONSUMERS": "1"}
    # Its scheduler starts this one again, and not that of the clone.
    os.environ[settings.STATE] = str(state)
    made = Settings("portal", state, settings.DEFAULTS | chosen)
    starting.up(made, samples=False)
    yield made
    # Nobody needs what it still has to write. Stopped first, none sees another end: the scheduler, which sees the
    # process manager end, starts the portal again.
    while left := processes.marked(made):
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in left:
                processes.send(pid, number)
        assert processes.wait_for_end(left, 30)
    del os.environ[settings.STATE]
    shutil.rmtree(made.postgres_data, ignore_errors=True)
