"""Records in a folder of this machine."""

from __future__ import annotations

import os

import pytest
from ckanext.opengovbelize.sources import Limits, SourceConfig, SourceError, open_source


def open_(path, config=None, **limits):
    limits.setdefault("folders", None)
    opened = open_source(path.as_uri(), config or SourceConfig(), Limits(**limits))
    return opened, list(opened.records)


def code_of(url, **limits):
    with pytest.raises(SourceError) as error:
        open_source(url, SourceConfig(), Limits(**limits))
    return error.value.problem.code


def test_one_file_is_one_record(tmp_path):
    path = tmp_path / "webinar 1.md"
    path.write_bytes(b"Webinar 1")
    opened, found = open_(path)
    assert opened.alone
    assert [(record.key, record.data) for record in found] == [("webinar 1.md", b"Webinar 1")]


def test_a_folder_gives_its_records_in_the_order_of_their_names(tmp_path):
    (tmp_path / "2020").mkdir()
    for name in ("b.md", "a.txt", "2020/c.html"):
        (tmp_path / name).write_text(name)
    opened, found = open_(tmp_path)
    assert [record.key for record in found] == ["a.txt", "b.md", "2020/c.html"]
    assert opened.count == 3


def test_read_me_and_pictures_are_left_out_and_reported_while_hidden_files_are_just_left_out(tmp_path):
    for name in ("README.md", "photo.JPG", ".hidden", "~$open.docx", "record.md"):
        (tmp_path / name).write_text("x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.md").write_text("x")
    opened, found = open_(tmp_path)
    assert [record.key for record in found] == ["record.md"]
    assert [(problem.code, problem.file) for problem in opened.problems] == [
        ("file-skipped", "README.md"),
        ("file-skipped", "photo.JPG"),
    ]


def test_include_chooses_among_the_files(tmp_path):
    for name in ("webinar-1.md", "minutes.md"):
        (tmp_path / name).write_text("x")
    _opened, found = open_(tmp_path, SourceConfig(include="webinar-*"))
    assert [record.key for record in found] == ["webinar-1.md"]


def test_a_source_outside_the_open_folders_is_refused_whether_it_exists_or_not(tmp_path):
    folder = tmp_path / "open"
    folder.mkdir()
    (tmp_path / "secret.md").write_text("x")
    folders = (str(folder),)
    outside = [
        (tmp_path / "secret.md").as_uri(),
        (tmp_path / "absent.md").as_uri(),
        f"{folder.as_uri()}/../secret.md",
        f"{folder.as_uri()}/%2e%2e/secret.md",
        f"{tmp_path.as_uri()}/open-too",
        "file:///etc/passwd",
    ]
    assert {code_of(url, folders=folders) for url in outside} == {"folder-not-open"}
    assert code_of(folder.as_uri(), folders=()) == "folder-not-open"


def test_a_link_that_leads_out_is_refused(tmp_path):
    folder = tmp_path / "open"
    folder.mkdir()
    (tmp_path / "secret.md").write_text("x")
    (folder / "record.md").symlink_to(tmp_path / "secret.md")
    (folder / "loop.md").symlink_to(folder / "loop.md")
    _opened, found = open_(folder, folders=(str(folder),))
    assert {record.key: record.problem and record.problem.code for record in found} == {
        "loop.md": "file-unreadable",
        "record.md": "link-leads-out",
    }
    assert all(not record.data for record in found)
    assert code_of((folder / "record.md").as_uri(), folders=(str(folder),)) == "folder-not-open"


@pytest.mark.parametrize(
    "url", ["file://server/share", "file:relative", "file:///a%00b", "ftp://example.org/", "x"]
)
def test_an_address_that_means_nothing_is_refused(url):
    assert code_of(url, folders=None) in ("address-malformed", "address-unknown")


def test_a_file_that_is_too_large_costs_itself_only(tmp_path):
    (tmp_path / "large.md").write_bytes(b"x" * 11)
    (tmp_path / "small.md").write_bytes(b"x" * 10)
    _opened, found = open_(tmp_path, max_bytes=10)
    assert [record.problem and record.problem.code for record in found] == ["too-large", None]


def test_a_pipe_is_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    _opened, found = open_(tmp_path)
    assert [record.problem and record.problem.code for record in found] == ["file-unreadable"]
    assert code_of((tmp_path / "pipe.md").as_uri(), folders=None) == "file-unreadable"


def test_too_many_files_are_refused_as_a_whole(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.md").touch()
    assert code_of(tmp_path.as_uri(), folders=None, max_records=2) == "too-many-records"
