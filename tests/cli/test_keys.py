"""``ckan opengovbelize keys``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan.cli.cli import ckan

from tests.certificates.portal import Portal, keys_folder, portal

__all__ = ["keys_folder", "portal"]

pytestmark = pytest.mark.server


@pytest.fixture
def keys(cli: Any, portal: Portal) -> Any:
    return lambda *arguments, **options: cli.invoke(ckan, ["opengovbelize", "keys", *arguments], **options)


def test_the_life_of_a_key(keys: Any, portal: Portal) -> None:
    name = portal.program["name"]
    assert "No key yet" in keys("list", name).output
    token = portal.issue()[0]["token"]
    [first] = json.loads(keys("list", name, "--json").output)
    assert first["state"] == "active"

    assert "stays valid" in keys("rotate", name).output
    assert portal.verify(token)["state"] == "genuine"

    assert keys("compromise", name, first["id"], "--why", "stolen", input="n\n").exit_code == 1
    assert portal.verify(token)["state"] == "genuine"
    assert keys("compromise", name, first["id"], "--why", "stolen", "--yes").exit_code == 0
    assert portal.verify(token)["state"] == "compromised"

    listed = keys("list", name).output
    assert f"{first['id']}  compromised (stolen)" in listed
    # The command read the configuration anew, and so its folder of keys.
    file = Path(tk.config["ckanext.opengovbelize.keys_folder"]) / f"{portal.program['id']}.json"
    private = [key["private"] for key in json.loads(file.read_text())["keys"] if "private" in key]
    assert private
    assert not any(half in listed for half in private)


def test_what_is_not_there_is_one_sentence(keys: Any, portal: Portal) -> None:
    unknown = keys("list", "nobody")
    assert unknown.exit_code == 1
    assert "no such organization" in unknown.output
    missing = keys("compromise", portal.program["name"], "0" * 12, "--why", "lost", "--yes")
    assert missing.exit_code == 1
    assert "no such key" in missing.output
