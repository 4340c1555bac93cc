"""What is understood of the command line."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from stack import portal

ROOT = Path(__file__).parents[2]


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


@pytest.mark.parametrize(
    ("word", "status", "said"),
    [
        ("help", 0, "bin/portal restore FILE"),
        ("strat", 1, "knows no command 'strat'. bin/portal --help"),
        ("status", 1, "is not set up yet. Run bin/portal up first."),
    ],
)
def test_a_fresh_clone_installs_nothing_for_a_word_that_starts_no_portal(
    tmp_path: Path, word: str, status: int, said: str
) -> None:
    for name in ("bin/portal", "stack/prepare.sh"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    done = subprocess.run([tmp_path / "bin/portal", word], capture_output=True, text=True, timeout=20)
    assert (done.returncode, said in done.stdout + done.stderr) == (status, True)
    assert {path.name for path in tmp_path.iterdir()} == {"bin", "stack"}
