"""What stack/prepare.sh does on machines that lack something; its commands are played by small scripts."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from stack.settings import ROOT

MISSING = 'root=$1 made=$1/.portal logs=$1/logs; mkdir -p "$logs"; missing_packages() { echo libexample; }; '


def install(folder: Path, sudo: str) -> subprocess.CompletedProcess[str]:
    """Install a missing package as an ordinary user whose ``sudo`` is the given script."""
    scripts = {
        "id": "echo 1000",
        "apt-get": f'echo "apt-get $*" >>{folder}/ran',
        "sudo": sudo,
    }
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/bash\n{script}\n")
        (folder / name).chmod(0o755)
    command = f". {ROOT}/stack/prepare.sh; {MISSING} install_packages"
    return subprocess.run(
        ["bash", "-c", command, "bash", str(folder)],
        env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "sudo",
    [
        # `sudo -v` wants a password as soon as one rule does, though none is needed for what we run.
        '[ "$1" = -v ] && exit 1; [ "$1" = -n ] && shift; exec "$@"',
        # No command without a password, which is typed at `sudo -v`.
        '[ "$1" = -n ] && exit 1; [ "$1" = -v ] && exit 0; exec "$@"',
    ],
    ids=["needs no password", "asks for one"],
)
def test_a_user_with_sudo_gets_what_is_missing(tmp_path: Path, sudo: str) -> None:
    done = install(tmp_path, sudo)
    assert done.returncode == 0, done.stderr
    assert "apt-get install -q -y --no-install-recommends libexample" in (tmp_path / "ran").read_text()


def test_a_user_without_sudo_is_told_what_to_ask_for(tmp_path: Path) -> None:
    done = install(tmp_path, "exit 1")
    assert done.returncode == 1
    assert done.stderr.strip().endswith("apt-get install libexample")
    assert not (tmp_path / "ran").exists()


def chosen(folder: Path, system: str, in_path: str) -> str:
    """Return which Python is taken: ``system`` or ``path``, by what each of them fails to do."""
    for place, failing in (("system", system), ("path/python3", in_path)):
        script = folder / place
        script.parent.mkdir(exist_ok=True)
        script.write_text(f'#!/bin/bash\ncase "$2" in *{failing}*) exit 1 ;; esac\n')
        script.chmod(0o755)
    command = f". {ROOT}/stack/prepare.sh; system_python={folder}/system; find_python"
    done = subprocess.run(
        ["bash", "-c", command],
        env={**os.environ, "PATH": f"{folder}/path:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(done.stdout.strip()).relative_to(folder).parts[0]


@pytest.mark.parametrize(
    ("system", "in_path", "taken"),
    [
        ("nothing", "nothing", "system"),
        ("version_info", "nothing", "path"),
        ("ensurepip", "nothing", "path"),
        ("Python.h", "nothing", "path"),
        ("ensurepip", "Python.h", "path"),
        ("ensurepip", "version_info", "system"),
    ],
)
def test_the_systems_python_comes_first_where_it_lacks_nothing(
    tmp_path: Path, system: str, in_path: str, taken: str
) -> None:
    assert chosen(tmp_path, system, in_path) == taken
