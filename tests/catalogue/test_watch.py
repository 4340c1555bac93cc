"""Time by stage."""

from __future__ import annotations

from ckanext.opengovbelize.catalogue import watch
from ckanext.opengovbelize.catalogue.watch import Watch


class Clock:
    """Stands still but for what is added to it."""

    def __init__(self) -> None:
        self.now = 0.0

    def perf_counter(self) -> float:
        return self.now


def test_a_stage_inside_another_counts_for_itself_only(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(watch, "time", clock)
    timing = Watch()
    with timing.stage("publish"):
        clock.now += 5
        with timing.stage("index"):
            clock.now += 2
        clock.now += 1
    with timing.stage("publish"):
        clock.now += 1
    assert timing.take() == {"index": 2, "publish": 7}
    assert timing.take() == {}


def test_waiting_for_values_counts_and_working_with_them_does_not(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(watch, "time", clock)
    timing = Watch()

    def slow():
        for number in range(3):
            clock.now += 1
            yield number

    for _ in timing.each("gather", slow()):
        clock.now += 10
    assert timing.take() == {"gather": 3}


def test_processes_are_added_up_in_the_order_of_the_stages():
    assert list(watch.added({"publish": 1.0}, {"index": 2.0, "read": 0.5, "publish": 1.25}).items()) == [
        ("read", 0.5),
        ("publish", 2.25),
        ("index", 2.0),
    ]
