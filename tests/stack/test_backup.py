"""A portal that lost its data, its uploads and a key comes back from its backup."""

from __future__ import annotations

import subprocess
import tarfile
from pathlib import Path

import pytest

from stack import backup, portal
from stack.errors import StackError
from stack.settings import Settings
from stack.supervisor import wait


def query(settings: Settings, sql: str, database: str = "ckan_default") -> str:
    backup.pg(settings, "psql", "-d", database, "-c", sql, "-o", str(settings.state / "answer"), "-At")
    return (settings.state / "answer").read_text().strip()


@pytest.mark.server
def test_a_portal_comes_back_as_it_was(running_portal: Settings, tmp_path: Path) -> None:
    settings = running_portal
    upload = settings.state / "storage" / "kept.txt"
    upload.write_text("uploaded")
    hashes = settings.keys.get("hashes")
    organizations = query(settings, 'SELECT name FROM "group" ORDER BY name')
    assert organizations
    figures = "SELECT value FROM figures"
    query(settings, "CREATE TABLE figures AS SELECT 148 AS value", "datastore_default")
    file = tmp_path / "portal.tgz"
    backup.backup(settings, file)
    assert file.stat().st_mode & 0o077 == 0

    upload.unlink()
    settings.keys.path("hashes").write_text("lost\n")
    query(settings, 'UPDATE "group" SET name = id')
    query(settings, "DROP TABLE figures", "datastore_default")
    assert portal.restore(settings, file, sure=True) == 0

    assert upload.read_text() == "uploaded"
    assert settings.keys.get("hashes") == hashes
    assert query(settings, 'SELECT name FROM "group" ORDER BY name') == organizations
    assert query(settings, figures, "datastore_default") == "148"
    assert wait(lambda: portal.status(settings) == 0, 60)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StackError, match="There is no folder .*nowhere"):
        backup.backup(Settings("portal", tmp_path), tmp_path / "nowhere" / "portal.tgz")


def test_what_is_no_backup_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("words")
    with tarfile.open(tmp_path / "other.tgz", "w:gz") as archive:
        archive.add(tmp_path / "words.txt", "words.txt")
    for name in ("words.txt", "other.tgz"):
        with pytest.raises(StackError, match="is no backup of a portal"):
            backup.unpacked(tmp_path / name, tmp_path / "unpacked")


@pytest.mark.parametrize("name", ["../keys/stolen", "/tmp/stolen", "storage/../../stolen"])
def test_nothing_is_unpacked_outside(tmp_path: Path, name: str) -> None:
    (tmp_path / "words").write_text("words")
    with tarfile.open(tmp_path / "portal.tgz", "w:gz") as archive:
        for inside in (*backup.DUMPS, name):
            member = archive.gettarinfo(tmp_path / "words", inside)
            member.name = inside
            with (tmp_path / "words").open("rb") as file:
                archive.addfile(member, file)
    with pytest.raises(StackError, match="is damaged"):
        backup.unpacked(tmp_path / "portal.tgz", tmp_path / "deep" / "unpacked")
    assert {path.name for path in tmp_path.rglob("stolen")} == set()


def test_no_link_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("words")
    (tmp_path / "link").symlink_to("/etc/passwd")
    with tarfile.open(tmp_path / "portal.tgz", "w:gz") as archive:
        for dump in backup.DUMPS:
            archive.add(tmp_path / "words", dump)
        archive.add(tmp_path / "link", "storage/link")
    with pytest.raises(StackError, match="is damaged"):
        backup.unpacked(tmp_path / "portal.tgz", tmp_path / "unpacked")


def test_folders_and_rights_come_back(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret").write_text("words")
    (tmp_path / "keys" / "secret").chmod(0o600)
    with tarfile.open(tmp_path / "portal.tgz", "w:gz") as archive:
        for dump in backup.DUMPS:
            archive.add(tmp_path / "keys" / "secret", dump)
        archive.add(tmp_path / "keys", "keys")
    folder = backup.unpacked(tmp_path / "portal.tgz", tmp_path / "unpacked")
    assert (folder / "keys" / "secret").read_text() == "words"
    assert (folder / "keys" / "secret").stat().st_mode & 0o777 == 0o600


def test_databases_of_somebody_else_are_not_touched(tmp_path: Path) -> None:
    given = Settings("portal", tmp_path, given={"CKAN_SQLALCHEMY_URL": "postgresql://db.example.org/ckan"})
    with pytest.raises(StackError, match="pg_dump"):
        backup.backup(given, tmp_path / "file")


def test_the_help_names_both() -> None:
    told = subprocess.run(["bin/portal", "--help"], capture_output=True, text=True, check=True).stdout
    assert (
        "bin/portal backup FILE" in told
        and "bin/portal restore FILE" in told
        and "bin/portal ckan ARGS" in told
    )
