"""A portal that a person ended stays ended, whoever watches over it; a person starts it again."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from stack import portal, processes, servers, settings, starting
from stack.settings import Settings
from stack.supervisor import Supervisor

from ..soak.servers import until


class Begun(Exception):
    """A start that goes no farther in a test."""


@pytest.fixture
def stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A portal that was never started, and is not, whatever the code does."""

    def begins(_settings: Settings) -> None:
        raise Begun

    monkeypatch.setattr(starting, "check_room", begins)
    state = tmp_path / ".portal"
    state.mkdir()
    return Settings("portal", state)


def starts(made: Settings) -> list[int]:
    """Return the processes that the scheduler has begun to start a portal with; they are none of the portal's."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            variables = (folder / "environ").read_bytes().split(b"\0")
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"{settings.STATE}={made.state}".encode() in variables and b"--again" in words:
            found.append(int(folder.name))
    return found


def test_what_watches_over_the_portal_starts_none_that_was_ended(stack: Settings) -> None:
    assert portal.end(stack) is False
    assert starting.up(stack, samples=False, again=True) == starting.Started(by_us=False)
    assert {path.name for path in stack.state.iterdir()} == {"ended", "lock"}


def test_a_person_who_starts_it_takes_the_mark_away(stack: Settings) -> None:
    portal.end(stack)
    with pytest.raises(Begun):
        starting.up(stack, samples=False)
    # From now on it is to run, so whoever finds it dead starts it.
    with pytest.raises(Begun):
        starting.up(stack, samples=False, again=True)


def test_only_the_scheduler_says_again() -> None:
    assert portal.parse(["up"]).again is False
    assert portal.parse(["up", "--no-samples", "--again"]).again is True


@pytest.mark.server
def test_down_is_final_though_the_process_manager_was_killed_just_before(running_portal: Settings) -> None:
    """Its scheduler sees that, and waits for the lock of the one who ends the portal."""
    pid = Supervisor(running_portal, servers.remembered_ports(running_portal)["supervisor"]).pid()
    assert pid
    with starting.lock(running_portal):
        os.kill(pid, signal.SIGKILL)
        until(lambda: starts(running_portal), 60, lambda: "The scheduler starts nothing.")
        portal.end(running_portal)
    until(lambda: not starts(running_portal), 60, lambda: "It goes on starting.")
    assert processes.marked(running_portal) == []
    starting.up(running_portal, samples=False)
