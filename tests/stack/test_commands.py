"""What is understood of the command line."""

from __future__ import annotations

import pytest

from stack import portal


@pytest.mark.parametrize(
    ("words", "command", "samples"),
    [
        ("", None, True),
        ("--no-samples", None, False),
        ("up", "up", True),
        ("up --no-samples", "up", False),
        ("--no-samples up", "up", False),
    ],
)
def test_a_portal_without_samples_may_be_asked_for_before_and_after_the_command(
    words: str, command: str | None, samples: bool
) -> None:
    options = portal.parse(words.split())
    assert (options.command, options.samples) == (command, samples)


def test_an_unknown_command_is_said_so_with_the_way_to_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        portal.parse(["start"])
    complaint = capsys.readouterr().err
    assert "bin/portal --help" in complaint
    assert "'start'" in complaint
