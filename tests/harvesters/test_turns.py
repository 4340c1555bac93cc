"""No more importers are at work than they may, and whoever dies lets the next one work."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor, wait
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import pytest
from ckanext.opengovbelize import config
from ckanext.opengovbelize.harvesters import turns

pytestmark = [pytest.mark.server]

FORK = get_context("fork")


@pytest.fixture
def folder(ckan_config: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.imports_at_once", 2)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_whoever_comes_when_all_work_waits_for_the_first_that_ends(folder: Path) -> None:
    first, second = turns.wait(), turns.wait()
    with ThreadPoolExecutor(1) as pool:
        third = pool.submit(turns.wait)
        assert wait([third], timeout=0.5).not_done
        second.end()
        third.result(timeout=10).end()
    first.end()


def test_a_turn_that_ended_ends_no_other(folder: Path) -> None:
    first = turns.wait()
    first.end()
    second, third = turns.wait(), turns.wait()
    first.end()
    with ThreadPoolExecutor(1) as pool:
        fourth = pool.submit(turns.wait)
        assert wait([fourth], timeout=0.5).not_done
        third.end()
        fourth.result(timeout=10).end()
    second.end()


def test_an_importer_that_is_killed_lets_the_next_one_work(folder: Path) -> None:
    ours = turns.wait()
    at_work = FORK.Event()
    other = FORK.Process(target=_work_until_killed, args=(at_work,), daemon=True)
    other.start()
    assert at_work.wait(10)
    with ThreadPoolExecutor(1) as pool:
        next_one = pool.submit(turns.wait)
        assert wait([next_one], timeout=0.5).not_done
        other.kill()
        next_one.result(timeout=10).end()
    other.join()
    ours.end()


def _work_until_killed(at_work: Event) -> None:
    turns.wait()
    at_work.set()
    signal.pause()


def test_without_a_place_for_locks_nobody_waits(folder: Path) -> None:
    folder.rmdir()
    for turn in [turns.wait() for _each in range(5)]:
        turn.end()


def test_there_are_as_many_turns_as_processors(folder: Path, ckan_config: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.imports_at_once", 0)
    assert config.imports_at_once() == os.cpu_count()
