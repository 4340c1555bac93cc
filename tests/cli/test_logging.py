"""What is logged stays heard by tests, whatever command one of them runs."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from ckan.cli.cli import ckan

pytestmark = [pytest.mark.server]


def test_a_command_switches_off_no_logger_and_takes_away_no_listener(
    cli: Any, caplog: pytest.LogCaptureFixture
) -> None:
    log = logging.getLogger("ckanext.opengovbelize.runs.letters")
    assert cli.invoke(ckan, ["opengovbelize", "--help"]).exit_code == 0
    log.error("said afterwards")
    assert "said afterwards" in caplog.text
