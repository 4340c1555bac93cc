"""Erasing in files."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import docx
import pytest
from ckanext.opengovbelize.logic.erase import files
from ckanext.opengovbelize.logic.erase.phrase import Phrase

NAME = "Añelí Xocolkan"
PHRASE = Phrase(NAME)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_files_are_written_anew_in_their_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(f"name,n\r\n{NAME},3\r\nSeñor,4\r\n".encode(encoding))
    findings, _ = files.erase_uploads(tmp_path, PHRASE, dry_run=False)
    assert [(finding.where, finding.count, finding.done) for finding in findings] == [
        ("list.csv", 1, "replaced")
    ]
    assert file.read_bytes().decode(encoding) == "name,n\r\n[erased],3\r\nSeñor,4\r\n"


def word_file(path: Path) -> None:
    """A document in which Word has split the name over several runs, as it does."""
    document = docx.Document()
    paragraph = document.add_paragraph("With ")
    for part in ("Añe", "lí Xo", "colkan"):
        paragraph.add_run(part).bold = True
    document.save(str(path))


def nested_zip(path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("chat.txt", f"10:30 {NAME}: hello")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())


def other_binary(path: Path) -> None:
    path.write_bytes(b"\0\1\2" + NAME.encode() + b"\0")


@pytest.mark.parametrize("make", [word_file, nested_zip, other_binary])
def test_other_files_that_hold_it_are_removed(tmp_path: Path, make: object) -> None:
    make(tmp_path / "upload")  # type: ignore[operator]
    dry, _ = files.erase_uploads(tmp_path, PHRASE, dry_run=True)
    assert (tmp_path / "upload").exists()
    findings, _ = files.erase_uploads(tmp_path, PHRASE, dry_run=False)
    assert dry == findings
    assert [(finding.where, finding.done) for finding in findings] == [("upload", "removed")]
    assert not (tmp_path / "upload").exists()


def test_a_file_named_after_it_is_removed_and_not_named_in_the_report(tmp_path: Path) -> None:
    (tmp_path / "aneli-xocolkan.png").write_bytes(b"\x89PNG")
    findings, _ = files.erase_uploads(tmp_path, PHRASE, dry_run=False)
    assert list(tmp_path.iterdir()) == []
    assert "xocolkan" not in findings[0].where


def test_innocent_files_stay_and_pictures_are_named_as_unchecked(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\0\1")
    (tmp_path / "notes.txt").write_text("nothing")
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\5\6" + b"\0" * 18 + b"x")
    assert files.erase_uploads(tmp_path, PHRASE, dry_run=False) == ([], ["photo.png"])
    assert broken.exists()


def test_logs_are_blacked_out_in_place_while_a_program_writes_to_them(tmp_path: Path) -> None:
    log = tmp_path / "ckan.log"
    log.write_text(f"a\nb ANELI xocolkan\n\nc {NAME} c\n", encoding="utf-8")
    before = log.stat()
    with log.open("a") as writer:
        findings = files.erase_logs(tmp_path, PHRASE, dry_run=False)
        writer.write("later\n")
    assert [(finding.where, finding.count, finding.done) for finding in findings] == [
        ("ckan.log", 2, "replaced")
    ]
    assert log.stat().st_ino == before.st_ino
    lines = log.read_text(encoding="utf-8").splitlines()
    assert lines == ["a", "b **************", "", "c **************** c", "later"]


def test_packed_logs_are_blacked_out_and_unreadable_ones_reported(tmp_path: Path) -> None:
    (tmp_path / "old.log.gz").write_bytes(gzip.compress(f"x {NAME} \xff".encode("latin-1")))
    (tmp_path / "torn.log.gz").write_bytes(b"\x1f\x8btorn")
    findings = files.erase_logs(tmp_path, Phrase("Xocolkan"), dry_run=False)
    assert {finding.where: finding.done for finding in findings} == {
        "old.log.gz": "replaced",
        "torn.log.gz": "left",
    }
    assert b"Xocolkan" not in gzip.decompress((tmp_path / "old.log.gz").read_bytes())
