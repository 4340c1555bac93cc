"""What is found out about a line is kept while its file is read, and not a moment longer."""

from __future__ import annotations

import gc

import pytest
from ckanext.opengovbelize.records import once, reading

CHAT = """# Webinar 3: Counting boats

Thursday 7 May 2020, 2:00 pm

Chat

10:02:11 From Zelmira Quartz : Good morning from the mangroves
"""


class Asked:
    """A question that counts how often it had to be thought about."""

    def __init__(self) -> None:
        self.times = 0
        self.about = once.once(self.think)

    def think(self, line: str) -> str:
        self.times += 1
        return line.upper()


def test_a_line_is_thought_about_once_within_a_file() -> None:
    asked = Asked()
    with once.one_file():
        assert [asked.about("reef"), asked.about("reef"), asked.about("lagoon")] == ["REEF", "REEF", "LAGOON"]
    assert asked.times == 2


def test_the_next_file_is_thought_about_anew() -> None:
    asked = Asked()
    for _ in range(3):
        with once.one_file():
            asked.about("reef")
    assert asked.times == 3


def test_nothing_is_kept_outside_a_file() -> None:
    asked = Asked()
    asked.about("reef")
    asked.about("reef")
    assert asked.times == 2


def test_a_file_that_cannot_be_read_is_forgotten_too() -> None:
    asked = Asked()
    with pytest.raises(ValueError, match="damaged"), once.one_file():
        asked.about("reef")
        raise ValueError("damaged")
    asked.about("reef")
    assert asked.times == 2


def test_a_file_of_more_lines_than_are_kept_costs_no_more_memory() -> None:
    asked = Asked()
    with once.one_file():
        for number in range(once.MOST_KEPT + 10):
            asked.about(str(number))
        asked.about("0")
        asked.about(str(once.MOST_KEPT + 5))
    assert asked.times == once.MOST_KEPT + 11


def test_no_line_of_a_file_is_remembered_once_it_was_read() -> None:
    line = "10:02:11 From Zelmira Quartz : Good morning from the mangroves"
    reading.read(CHAT.encode(), file="webinar-3.md")
    assert not any(isinstance(one, dict) and line in one for one in gc.get_objects())
