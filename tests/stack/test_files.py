"""Files are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stack import errors, files
from stack.keys import Keys


def test_writing_says_whether_something_changed(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file"
    assert files.write(path, "one")
    assert not files.write(path, "one")
    assert files.write(path, "two")
    assert path.read_text() == "two"
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    files.write(path, "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        files.write(path, "new")
    assert path.read_text() == "old"


def test_a_fingerprint_changes_with_a_file_and_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("text")
    first = files.fingerprint([tmp_path, "version 1"])
    assert files.fingerprint([tmp_path, "version 1"]) == first
    assert files.fingerprint([tmp_path, "version 2"]) != first
    (tmp_path / "one").rename(tmp_path / "two")
    assert files.fingerprint([tmp_path, "version 1"]) != first


def test_a_full_disk_is_said_in_one_sentence_with_what_to_do() -> None:
    text = errors.sentence(OSError(28, "No space left on device", "/srv/portal"))
    assert text.startswith("The disk is full (writing /srv/portal).")
    assert "\n" not in text


class TestKeys:
    def test_a_secret_is_made_once_and_kept(self, tmp_path: Path) -> None:
        first = Keys(tmp_path / "keys").get("session")
        assert len(first) > 40
        assert Keys(tmp_path / "keys").get("session") == first

    def test_each_secret_is_its_own_and_for_its_user_only(self, tmp_path: Path) -> None:
        keys = Keys(tmp_path / "keys")
        assert keys.get("session") != keys.get("hashes")
        assert keys.path("session").stat().st_mode & 0o777 == 0o600
        assert keys.folder.stat().st_mode & 0o777 == 0o700

    def test_an_empty_file_left_by_an_interruption_is_no_secret(self, tmp_path: Path) -> None:
        keys = Keys(tmp_path)
        keys.path("session").touch()
        assert keys.get("session")
