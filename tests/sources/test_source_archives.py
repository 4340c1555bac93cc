"""A zip of records."""

from __future__ import annotations

import io
import zipfile

import pytest
from ckanext.opengovbelize.sources import Limits, SourceConfig, SourceError, archives, open_source

SMALL = Limits(folders=None, max_bytes=3_000_000)


def zipped(tmp_path, members, name="records.zip"):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members:
            archive.writestr(member, data)
    return path


def found_in(path, config=None, limits=SMALL):
    return list(open_source(path.as_uri(), config or SourceConfig(), limits).records)


def test_each_member_is_a_record(tmp_path):
    path = zipped(
        tmp_path, [("b.md", "two"), ("2020/a.md", "one"), ("README.txt", "x"), ("__MACOSX/a.md", "x")]
    )
    assert [(record.key, record.data) for record in found_in(path)] == [
        ("2020/a.md", b"one"),
        ("b.md", b"two"),
    ]


def test_a_word_document_is_no_archive(tmp_path):
    path = zipped(tmp_path, [("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>")], "record.docx")
    assert [record.key for record in found_in(path)] == ["record.docx"]


@pytest.mark.parametrize("name", ["record.docx", "table.xlsx"])
def test_a_document_cut_off_at_its_beginning_is_no_archive(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04" + bytes(range(40)))
    assert [record.key for record in found_in(path)] == [name]


def test_hostile_members_cost_themselves_only(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.md", "x")
    path = zipped(
        tmp_path,
        [
            ("../../outside.md", "x"),
            ("/absolute.md", "x"),
            ("bomb.md", b"0" * 2_900_000),
            ("good.md", "fine"),
            ("inner.zip", inner.getvalue()),
            ("large.md", b"0" * 3_000_001),
        ],
    )
    found = {record.key: record.problem and record.problem.code for record in found_in(path)}
    assert found == {
        "../../outside.md": "archive-path",
        "/absolute.md": "archive-path",
        "bomb.md": "archive-bomb",
        "good.md": None,
        "inner.zip": "archive-nested",
        "large.md": "too-large",
    }


def test_a_member_that_lies_about_its_size_is_stopped(tmp_path):
    path = zipped(tmp_path, [("liar.md", b"0" * 5_000_000)])
    size = (5_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (10).to_bytes(4, "little")))
    (found,) = found_in(path)
    assert len(found.data) <= 10 or found.problem


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_told_apart(tmp_path):
    found = found_in(zipped(tmp_path, [("a.md", "one"), ("a.md", "two")]))
    assert [(record.key, record.problem and record.problem.code) for record in found] == [
        ("a.md", None),
        ("a.md#2", "archive-duplicate"),
    ]


def test_a_truncated_archive_is_refused_as_a_whole(tmp_path):
    path = zipped(tmp_path, [("a.md", "one" * 100)])
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(SourceError) as error:
        found_in(path)
    assert error.value.problem.code == "archive-broken"


def test_a_damaged_member_costs_itself_only(tmp_path):
    path = zipped(tmp_path, [("a.md", "one" * 100), ("b.md", "two")])
    data = bytearray(path.read_bytes())
    data[40] ^= 0xFF
    path.write_bytes(bytes(data))
    found = found_in(path)
    assert [record.problem and record.problem.code for record in found] == ["archive-damaged", None]


def test_a_workbook_that_is_cut_off_is_no_damaged_zip(tmp_path):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("docProps/app.xml", "<Properties/>")
        archive.writestr("xl/workbook.xml", "<workbook/>" * 500)
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert not archives.is_archive(whole.getvalue())
    assert not archives.is_archive(whole.getvalue()[:2000])
