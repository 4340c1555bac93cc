"""The processes of the portal log what goes wrong, whatever was imported before CKAN was loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOGS = """
import logging, os
from ckanext.opengovbelize.runs import sweeper
from stack.ckan_app import load
load(os.environ["CKAN_INI"])
sweeper.log.warning("heard")
"""


@pytest.mark.server
def test_loggers_that_were_there_before_are_heard() -> None:
    done = subprocess.run([sys.executable, "-c", LOGS], cwd=ROOT, capture_output=True, text=True)
    assert "heard" in done.stderr, done.stderr
