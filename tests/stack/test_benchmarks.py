"""The benchmarks are run by hand: that they start is all that a test may say of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def test_every_benchmark_finds_what_it_imports() -> None:
    modules = ", ".join(sorted(file.stem for file in BENCHMARKS.glob("*.py")))
    # As where a script is started: its folder comes first.
    code = f"import sys; sys.path.insert(0, {str(BENCHMARKS)!r}); import {modules}; print('all found')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1:] == ["all found"], done.stderr
