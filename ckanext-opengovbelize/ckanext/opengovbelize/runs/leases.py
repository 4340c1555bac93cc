"""Leases: a process that works on a harvest says so in the database, and goes on saying so while it lives.

Work without a live lease is anybody's. So a killed consumer costs no message and no person, and any number of
consumers may run: two never have the same work at once, and one that lost its lease writes nothing more.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ckan.model as model
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from .. import config

log = logging.getLogger(__name__)

GATHER, IMPORT = "gather", "import"

# How often a step asks whether the work is still to be done.
LOOK_SECONDS = 1.0

# What a process ends with that was found hanging; the process manager starts another.
HUNG = 75

_TAKE = sa.text("""
    INSERT INTO opengovbelize_lease AS lease (kind, subject, worker, until, tries, put_back)
    VALUES (:kind, :subject, :worker, clock_timestamp() + :seconds * interval '1 second', 1, false)
    ON CONFLICT (kind, subject) DO UPDATE
        SET worker = excluded.worker, until = excluded.until, tries = lease.tries + 1
        WHERE lease.until < clock_timestamp() OR lease.worker = excluded.worker
    RETURNING tries
""")
_RENEW = sa.text("""
    UPDATE opengovbelize_lease SET until = clock_timestamp() + :seconds * interval '1 second'
    WHERE kind = :kind AND subject = :subject AND worker = :worker
""")
# To put work back is no attempt that failed.
_PUT_BACK = sa.text("""
    UPDATE opengovbelize_lease SET until = '-infinity', tries = tries - 1, put_back = true
    WHERE kind = :kind AND subject = :subject AND worker = :worker
""")
_RELEASE = sa.text(
    "DELETE FROM opengovbelize_lease WHERE kind = :kind AND subject = :subject AND worker = :worker"
)
_IS_OURS = sa.text("""
    SELECT 1 FROM opengovbelize_lease
    WHERE kind = :kind AND subject = :subject AND worker = :worker AND until >= clock_timestamp()
""")
_OURS = sa.text(f"{_IS_OURS.text} FOR UPDATE")
_LIVE_HERE = sa.text(
    "SELECT DISTINCT worker FROM opengovbelize_lease WHERE until >= clock_timestamp() AND worker LIKE :here"
)
_REVOKE = sa.text("DELETE FROM opengovbelize_lease WHERE subject = ANY(:subjects)")
_AT_WORK = sa.text(
    "SELECT EXISTS (SELECT 1 FROM opengovbelize_lease WHERE kind = :kind AND until >= clock_timestamp())"
)
_END = sa.text("UPDATE opengovbelize_lease SET until = '-infinity' WHERE worker = ANY(:workers)")


class LeaseLost(BaseException):
    """Somebody else has taken over the work: what was done of it since is not to be written.

    Nothing on the way may take it for the fault of a record, so it is no ``Exception``.
    """


class PutBack(BaseException):
    """The work waits for somebody else's server, and other work waits for this process: that comes first.

    Nothing on the way may take it for the fault of a record, so it is no ``Exception``.
    """


@dataclass
class Lease:
    """Work that this process has taken.

    Attributes:
        kind: ``gather`` or ``import``.
        subject: id of the harvest job or object.
        tries: how often it was taken, this time included.
        may_give_way: whether it may be put back where it has to wait, and other work waits.
    """

    kind: str
    subject: str
    tries: int
    may_give_way: bool = False
    beaten: float = field(default_factory=time.monotonic)
    looked: float = field(default_factory=time.monotonic)

    def beat(self, *_: object) -> None:
        """Say that the work has come a step further."""
        self.beaten = time.monotonic()

    def step(self, *_: object) -> None:
        """Say that the work has come a step further, and stop where it is not to go on.

        Raises:
            LeaseLost: somebody has ended the work, or taken it over.
        """
        self.beat()
        self.look()

    def hold(self) -> None:
        """Keep the lease until the open transaction ends, so that what it writes is written by one worker.

        Raises:
            LeaseLost: somebody else has it, or may have it by now.
        """
        if model.Session.execute(_OURS, _names(self)).first() is None:
            raise LeaseLost(self.kind)

    def look(self) -> None:
        """Stop where the work is not to go on, as after an abort. Cheap: it asks no more than once a second.

        Raises:
            LeaseLost: somebody has ended the work, or taken it over.
        """
        if time.monotonic() - self.looked < LOOK_SECONDS:
            return
        self.looked = time.monotonic()
        try:
            with _engine().connect() as connection:
                is_ours = connection.execute(_IS_OURS, _names(self)).first() is not None
        except SQLAlchemyError as error:
            # Who cannot be asked has not said to stop; nothing is written without the lease.
            log.warning("A lease could not be looked at: %s", type(error).__name__)
            return
        if not is_ours:
            raise LeaseLost(self.kind)

    @property
    def given_up(self) -> bool:
        """Tell whether the work ended its worker so often that it is not tried again."""
        return self.tries > config.max_tries()


_held: dict[tuple[str, str], Lease] = {}
_guard = threading.Lock()
_taking = threading.Lock()
_renewer: threading.Thread | None = None
_ends_when_hung = False


def worker() -> str:
    """Return the name of this process, by which those on the same machine can see whether it lives."""
    return _worker(os.getpid())


@functools.cache
def _worker(pid: int) -> str:
    """Return the name of a process, which it keeps; one that was forked off has another id and name."""
    return f"{_machine()}{pid}/{_started(pid)}"


def take(kind: str, subject: str) -> Lease | None:
    """Take work, or return None where somebody else is at it."""
    with _taking:
        # A lease is the process's; which of its threads has it is known here alone.
        if (kind, subject) in _held:
            return None
        with _engine().begin() as connection:
            row = connection.execute(
                _TAKE, {**_names_of(kind, subject), "seconds": config.lease_seconds()}
            ).first()
        if row is None:
            return None
        lease = Lease(kind, subject, row.tries)
        with _guard:
            _held[kind, subject] = lease
    _renew_in_background()
    return lease


def is_held(kind: str, subject: str) -> bool:
    """Tell whether a thread of this process is at some work."""
    return (kind, subject) in _held


def at_work(kind: str) -> bool:
    """Tell whether any process is at work of this kind."""
    with _engine().connect() as connection:
        return bool(connection.execute(_AT_WORK, {"kind": kind}).scalar())


def release(lease: Lease) -> None:
    """Say that the work has ended."""
    let_go(lease)
    with _engine().begin() as connection:
        connection.execute(_RELEASE, _names(lease))


def put_back(lease: Lease) -> None:
    """Leave the work to be taken up again later, after other work."""
    let_go(lease)
    with _engine().begin() as connection:
        connection.execute(_PUT_BACK, _names(lease))


def let_go(lease: Lease) -> None:
    """Renew a lease no more. The work has not ended, so it is taken up again, also by this process."""
    with _guard:
        _held.pop((lease.kind, lease.subject), None)


def revoke(subjects: list[str]) -> None:
    """Take back the leases of work that is not to be done any more; wait for the record that is being written."""
    with _engine().begin() as connection:
        connection.execute(_REVOKE, {"subjects": subjects})


@contextlib.contextmanager
def holding(kind: str, subject: str) -> Iterator[Lease]:
    """Work under a lease: the one that this process has, or else one of its own, for which it waits.

    A consumer takes its lease before it calls a stage; ckanext-harvest's own commands take none.
    """
    lease = _held.get((kind, subject))
    if lease:
        yield lease
        return
    while (lease := take(kind, subject)) is None:
        time.sleep(config.poll_seconds())
    try:
        yield lease
    except BaseException:
        let_go(lease)
        raise
    release(lease)


def end_the_dead() -> int:
    """End the leases of processes of this machine that are no more; return how many processes there were."""
    with _engine().begin() as connection:
        rows = connection.execute(_LIVE_HERE, {"here": _machine().replace("_", r"\_") + "%"})
        dead = [name for (name,) in rows if not _lives(name)]
        if dead:
            connection.execute(_END, {"workers": dead})
    return len(dead)


def end_when_hung() -> None:
    """Let this process be ended where it makes no step for too long: it does nothing but consume."""
    global _ends_when_hung
    _ends_when_hung = True


def _renew_in_background() -> None:
    global _renewer
    if _renewer is None or not _renewer.is_alive():
        _renewer = threading.Thread(target=_renew_all, name="leases", daemon=True)
        _renewer.start()


def _renew_all() -> None:
    while True:
        time.sleep(config.lease_seconds() / 3)
        _renew_once()


def _renew_once() -> None:
    """Renew the leases of work that goes on; let go of what has made no step for too long."""
    with _guard:
        held = list(_held.values())
    for lease in held:
        if time.monotonic() - lease.beaten > config.stall_seconds():
            _give_up_hung(lease)
            continue
        try:
            with _engine().begin() as connection:
                connection.execute(_RENEW, {**_names(lease), "seconds": config.lease_seconds()})
        except SQLAlchemyError as error:
            log.warning("A lease could not be renewed: %s", type(error).__name__)


def _give_up_hung(lease: Lease) -> None:
    log.error("No step in %s %s for %s seconds.", lease.kind, lease.subject, config.stall_seconds())
    let_go(lease)
    if _ends_when_hung:
        os._exit(HUNG)


def _engine() -> sa.Engine:
    # A connection of its own: a lease counts at once, whatever becomes of the session's transaction.
    engine: Any = model.meta.engine
    return engine


def _names(lease: Lease) -> dict[str, str]:
    return _names_of(lease.kind, lease.subject)


def _names_of(kind: str, subject: str) -> dict[str, str]:
    return {"kind": kind, "subject": subject, "worker": worker()}


def _machine() -> str:
    """Return what processes that can see each other have in common."""
    try:
        space = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        space = ""
    return f"{socket.gethostname()}/{space}/"


def _lives(name: str) -> bool:
    pid, _, started = name.removeprefix(_machine()).partition("/")
    return pid.isdecimal() and _started(int(pid)) == started != ""


def _started(pid: int) -> str:
    """Return when a process started, in ticks since the machine did; empty where there is none."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    # The name in parentheses may hold anything.
    fields = text.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]
