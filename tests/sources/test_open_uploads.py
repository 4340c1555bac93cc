"""Files that a person sends are read like those of a folder, from memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
from ckanext.opengovbelize.sources import Limits, Opened, SourceConfig, SourceError
from ckanext.opengovbelize.sources.uploads import Upload, open_uploads

CHAT = (
    "10:41:03 From Pablo Anyone to Everyone: May a village council see what the ministry spent in its area?\n"
)


def zipped(files: Mapping[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def opened(*files: tuple[str, bytes], **limits: int) -> Opened:
    return open_uploads([Upload(*file) for file in files], SourceConfig(), Limits(**limits))


def told(result: Opened) -> list[tuple[str, str]]:
    return [(found.label, found.problem.code if found.problem else "") for found in result.records]


def test_a_chat_belongs_to_the_record_whose_name_it_begins_with() -> None:
    result = opened(("webinar-1_chat.txt", CHAT.encode()), ("webinar-1.md", b"# One"), ("other.md", b"# Two"))

    companions = {found.label: [each.label for each in found.companions] for found in result.records}
    assert companions == {"webinar-1.md": ["webinar-1_chat.txt"], "other.md": []}


def test_files_of_one_name_and_those_of_zips_are_told_apart() -> None:
    archive = zipped({"webinar.md": "# One", "b/webinar.md": "# Two", "photo.jpg": "x"})

    result = opened(
        ("webinar.md", b"# A"), ("C:\\Records\\webinar.md", b"# B"), ("1.zip", archive), ("2.zip", archive)
    )
    records = list(result.records)

    assert [found.label for found in records[:2]] == ["webinar.md", "webinar.md"]
    assert len({found.key for found in records}) == len(records) == result.count == 6
    assert [problem.code for problem in result.problems] == ["file-skipped", "file-skipped"]
    assert result.by_subject


def test_a_broken_zip_and_a_file_that_is_too_large_cost_themselves_alone() -> None:
    result = opened(
        ("all.zip", b"PK\x03\x04" + b"x" * 50), ("large.md", b"x" * 101), ("1.md", b"# One"), max_bytes=100
    )

    assert sorted(told(result)) == [("1.md", ""), ("all.zip", "archive-broken"), ("large.md", "too-large")]


def test_a_file_without_a_name_is_read_too() -> None:
    assert told(opened(("", b"# One"))) == [("file 1", "")]


@pytest.mark.parametrize(
    "files",
    [
        [("1.md", b"# 1"), ("2.md", b"# 2"), ("3.md", b"# 3")],
        [("all.zip", zipped({"1.md": "# 1", "2.md": "# 2", "3.md": "# 3"}))],
        [("1.md", b"# 1"), ("all.zip", zipped({"2.md": "# 2", "3.md": "# 3"}))],
    ],
)
def test_more_than_the_limit_are_refused_in_words(files: list[tuple[str, bytes]]) -> None:
    with pytest.raises(SourceError) as refused:
        opened(*files, max_records=2)

    assert refused.value.problem.code == "too-many-records"
    assert "make a source of them" in refused.value.problem.message


def test_what_zips_hold_together_is_limited() -> None:
    archive = zipped({f"{number:02}.md": f"{number:02}" * 500 for number in range(12)})

    codes = [code for _label, code in told(opened(("all.zip", archive), max_bytes=1000))]

    assert codes == [""] * 10 + ["too-large"] * 2


def test_what_would_take_longer_than_anybody_waits_is_told_and_the_first_file_read() -> None:
    files = ("1.md", b"# One"), ("2.md", b"# Two"), ("all.zip", zipped({"3.md": "# Three"}))

    assert told(opened(*files, until=0)) == [("1.md", ""), ("2.md", "out-of-time"), ("3.md", "out-of-time")]
