"""Finding and ending the processes of a stack, by the mark in their environment, and no others."""

from __future__ import annotations

import os
import select
import signal
import time
from pathlib import Path

from .errors import StackError
from .settings import MARK, Settings


def marked(settings: Settings) -> list[int]:
    """Return the ids of all living processes that this stack started."""
    mark = f"{MARK}={settings.state}".encode()
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        try:
            ours = mark in (folder / "environ").read_bytes().split(b"\0")
        except OSError:  # another user's, or just gone
            continue
        if ours:
            found.append(int(folder.name))
    return found


def end_all(settings: Settings, patience: float = 60) -> int:
    """End what is left of a stack whose process manager died; ask first, then insist.

    Returns:
        How many processes there were.
    """
    left = marked(settings)
    count = len(left)
    # SIGINT is PostgreSQL's word for an orderly stop that does not wait for its clients.
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
        for pid in left:
            send(pid, number)
        if wait_for_end(left, patience / 3):
            return count
        left = marked(settings)
    if left:
        raise StackError(
            f"Processes of this clone do not end: {', '.join(map(str, left))}. Restart the machine."
        )
    return count


def send(pid: int, number: signal.Signals) -> None:
    """Send a signal to a process that may have gone."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def wait_for_end(pids: list[int], seconds: float) -> bool:
    """Wait until these processes have ended; says whether they have."""
    deadline = time.monotonic() + seconds
    for pid in pids:
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        try:
            ready, _, _ = select.select([handle], [], [], max(0, deadline - time.monotonic()))
        finally:
            os.close(handle)
        if not ready:
            return False
    return True
