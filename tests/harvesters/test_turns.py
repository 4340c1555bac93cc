"""No more importers are at work than they may, and whoever dies lets the next one work."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor, wait
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import pytest
from ckanext.opengovbelize import config
from ckanext.opengovbelize.harvesters import consumers, turns
from ckanext.opengovbelize.runs import leases

pytestmark = [pytest.mark.server]

FORK = get_context("fork")


@pytest.fixture
def folder(ckan_config: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.imports_at_once", 2)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def taken() -> turns.Turn:
    turn = turns.Turn()
    turn.take()
    return turn


def test_whoever_comes_when_all_work_waits_for_the_first_that_ends(folder: Path) -> None:
    first, second = taken(), taken()
    with ThreadPoolExecutor(1) as pool:
        third = pool.submit(taken)
        assert wait([third], timeout=0.7).not_done
        second.end()
        third.result(timeout=10).end()
    first.end()


def test_who_has_a_turn_keeps_it_until_it_ends_it(folder: Path) -> None:
    first, second = taken(), taken()
    with ThreadPoolExecutor(1) as pool:
        third = pool.submit(taken)
        for _batch in range(7):
            first.take()
            assert wait([third], timeout=0.1).not_done
        first.end()
        again = pool.submit(first.take)
        third.result(timeout=10)
        second.end()
        again.result(timeout=10)
    first.end()
    third.result().end()


def test_an_importer_keeps_its_turn_while_it_waits_for_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wait_for_bell(kind: str) -> None:
        (lock,) = folder.glob("*/0")
        with lock.open() as file, pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        raise KeyboardInterrupt

    monkeypatch.setattr(leases, "end_the_dead", lambda: None)
    monkeypatch.setattr(consumers, "work_once", lambda kind, turn: False)
    monkeypatch.setattr(consumers, "_wait_for_bell", wait_for_bell)
    with pytest.raises(KeyboardInterrupt):
        consumers._run(leases.IMPORT)


def test_a_turn_that_ended_ends_no_other(folder: Path) -> None:
    first = taken()
    first.end()
    second, third = taken(), taken()
    first.end()
    with ThreadPoolExecutor(1) as pool:
        fourth = pool.submit(taken)
        assert wait([fourth], timeout=0.7).not_done
        third.end()
        fourth.result(timeout=10).end()
    second.end()


def test_an_importer_that_is_killed_lets_the_next_one_work(folder: Path) -> None:
    ours = taken()
    at_work = FORK.Event()
    other = FORK.Process(target=_work_until_killed, args=(at_work,), daemon=True)
    other.start()
    assert at_work.wait(10)
    with ThreadPoolExecutor(1) as pool:
        next_one = pool.submit(taken)
        assert wait([next_one], timeout=0.7).not_done
        other.kill()
        next_one.result(timeout=10).end()
    other.join()
    ours.end()


def _work_until_killed(at_work: Event) -> None:
    turn = taken()
    at_work.set()
    signal.pause()
    turn.end()


def test_where_the_locks_were_cleaned_up_those_at_work_are_counted_again(folder: Path) -> None:
    first, second = taken(), taken()
    shutil.rmtree(next(folder.iterdir()))
    first.take()
    second.take()
    with ThreadPoolExecutor(1) as pool:
        third = pool.submit(taken)
        assert wait([third], timeout=0.7).not_done
        first.end()
        third.result(timeout=10).end()
    second.end()


def test_without_a_place_for_locks_nobody_waits(folder: Path) -> None:
    folder.rmdir()
    for turn in [taken() for _each in range(5)]:
        turn.end()
    assert not folder.exists()


def test_there_are_as_many_turns_as_processors(folder: Path, ckan_config: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.imports_at_once", 0)
    assert config.imports_at_once() == os.cpu_count()
