"""What a report must hold, and that every complaint says how to mend it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from ckanext.opengovbelize.progress import rules
from ckanext.opengovbelize.progress.rules import Report

from .conftest import PERIODS

GOOD = Report("1.1", "2021-H1", "SP", "Eleven boards publish.", "https://www.example.org/boards")
STANDS = {"indicator": "1.1", "period": "2021-H1", "status": "LP", "challenges": "Rain.", "version": 1}


def check(report, on=date(2021, 7, 1), current=None, **options):
    faults = rules.check(
        report, indicators=[{"code": "1.1"}], periods=PERIODS, current=current, on=on, **options
    )
    return [(fault.code, fault.field) for fault in faults]


def test_a_good_report_passes():
    assert check(GOOD) == []
    assert check(replace(GOOD, reason="Counted twice."), current=STANDS) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"indicator": "7"}, ("indicator-unknown", "indicator")),
        ({"period": "2030-H1"}, ("period-unknown", "period")),
        ({"period": "2022-H1"}, ("period-coming", "period")),
        ({"status": "sp"}, ("status-unknown", "status")),
        ({"status": ""}, ("status-unknown", "status")),
        ({"status": "NS"}, ("challenges-missing", "challenges")),
        ({"status": "LP"}, ("challenges-missing", "challenges")),
        ({"evidence": "https://www.example.org/boards see our office"}, ("link-refused", "evidence")),
        ({"evidence": "see our office"}, ("link-refused", "evidence")),
        ({"evidence": "https://www.linkedin.com/in/ana-sample"}, ("link-refused", "evidence")),
        ({"progress": "Call 501 822 1234"}, ("private-text", "progress")),
        ({"challenges": "Ask ana@nowhere.example"}, ("private-text", "challenges")),
        ({"reason": "Ask ana@nowhere.example"}, ("private-text", "reason")),
        ({"progress": "x" * 60_000}, ("text-too-long", "progress")),
    ],
)
def test_each_fault_is_named_with_its_field(change, fault):
    assert check(rules.tidied(replace(GOOD, **change))) == [fault]


def test_a_period_that_ended_takes_reports_only_where_it_was_reopened():
    assert check(GOOD, on=date(2022, 2, 1)) == [("period-closed", "period")]
    assert check(GOOD, on=date(2022, 2, 1), reopened=True) == []


def test_a_correction_needs_a_reason_and_a_repetition_none():
    assert check(GOOD, current=STANDS) == [("reason-missing", "reason")]
    assert check(rules.of_row({**STANDS}), current=STANDS) == []


def test_no_message_repeats_what_it_refuses():
    bad = Report("ana@x.example", "ana@x.example", "ana@x.example", *["ana@x.example"] * 4)

    faults = rules.check(bad, indicators=[], periods=[], current=STANDS, on=date(2021, 7, 1))

    assert len(faults) == 7
    assert not any("ana" in fault.message for fault in faults)


def test_texts_are_kept_as_forms_and_sheets_of_any_system_send_them():
    tidied = rules.tidied(replace(GOOD, indicator=" 1.1 ", progress="One.\r\nTwo.\x00 "))

    assert (tidied.indicator, tidied.progress) == ("1.1", "One.\nTwo.")


@pytest.mark.parametrize("stage", ["merged", "dropped"])
def test_what_was_merged_or_dropped_is_not_reported_on(stage):
    assert rules.stage_fault("final") is None
    assert (fault := rules.stage_fault(stage))
    assert fault.code == "stage"
