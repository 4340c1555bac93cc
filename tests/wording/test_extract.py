"""Whoever writes a reader writes a message, and it is found for translation."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.wording.extract import messages


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ('Problem("empty", "The file is empty. Export it again.")', "The file is empty. Export it again."),
        ('message = ("The file is empty. "\n    "Export it again.")', "The file is empty. Export it again."),
        ('{"empty": "Is it the right file?"}', "Is it the right file?"),
        ('f"Only the first {_MOST} events " "were read."', "Only the first {most} events were read."),
        ('f"{len(rows):,} rows are {shown(title)}."', "{rows} rows are {title}."),
        ("f\"Write {' or '.join(limits.packed)} here.\"", "Write {packed} here."),
        ('f"This is a list. Give the address: {url}"', "This is a list. Give the address: {url}"),
        ('"The row lacks {columns}.".format(columns=missing)', "The row lacks {columns}."),
    ],
)
def test_a_message_is_found_wherever_it_stands(code: str, message: str) -> None:
    assert [text for _line, text in messages(code)] == [message]


@pytest.mark.parametrize(
    "code",
    [
        '"""What a module is for."""',
        'tk._("Translated where it stands.")',
        'log.warning("Only the operator reads this.")',
        'Problem("not-a-sentence", message, place=f"row {number}")',
        'f"{first} {second}."',
        r're.compile(r"(?:by the|of the) \w+?")',
    ],
)
def test_what_is_no_message_is_left_alone(code: str) -> None:
    assert messages(code) == []
