"""What disclosure control hides beyond the small counts, and how long it takes, beside pytauargus.

    pip install -e .[benchmark]
    bin/test --exec python benchmarks/disclosure.py

Statistics Netherlands' tau-Argus is what official statistics uses; pytauargus brings its methods OPT (optimal
suppression of the whole table) and MOD (suppression subtable by subtable). It needs no other program: it comes with
its own build of the solver that ours uses as well, HiGHS. In one run all get the same tables of invented sessions
with all margins: 20 small ones, and one of 50 sessions by 6 districts by 5 sectors with some 60 participants each.

pytauargus takes empty cells for public and cannot do otherwise. So that the same is compared, ours runs twice:
"zeros shown" is the same problem for all three (each count from 1 to T-1 must be able to be 0 and to be T; every cell
costs 1), and "zeros withheld" is what the portal does. For OPT, pytauargus makes it known that no count is above the
table's greatest, which neither MOD nor ours does; here it is told of a greatest count that binds nothing.

Each pattern, theirs as well, is then audited from scratch by our auditor, which also knows that counts are whole;
tau-Argus checks real numbers. Each of theirs runs in a process of its own with a limit of time. Prints per table and
method the cells, the small ones, those hidden beside them (count and share of all cells), the seconds of suppression
and of the audit, and what the audit says. Seconds of several tables are medians. The exit status is 1 where a
pattern of ours is not safe or took longer than it should. On a machine of two cores, while others worked on it:

    table       method                  cells  small  beside   share   seconds    audit  verdict
    20 small    ours, zeros withheld      675    531      21    3.1%      0.01     0.00  20 of 20 safe
    20 small    ours, zeros shown         675    423      19    2.8%      0.01     0.00  20 of 20 safe
    20 small    pytauargus OPT            675    423      17    2.5%      0.01     0.00  20 of 20 safe
    20 small    pytauargus MOD            675    423      17    2.5%      0.01     0.00  20 of 20 safe
    50x6x5      ours, zeros withheld     2142   1748      34    1.6%     40.09    23.98  safe
    50x6x5      ours, zeros shown        2142   1313      33    1.5%     31.61     5.20  safe
    50x6x5      pytauargus OPT           2142   1313      31    1.4%     21.29     5.33  safe
    50x6x5      pytauargus MOD           2142   1313      31    1.4%     20.67     5.33  safe
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from typing import Any

THRESHOLD = 10
LIMIT = 300
# What the 50 sessions may take us.
MOST_SECONDS = 120
# Far above any count, and small enough for the solver.
UNBOUNDED = 1e6
MANY = 20
LARGE = (50, 6, 5)
TYPICAL = ((6, 5), (2, 6), (2, 7), (7, 5))
# One participant in three is from the capital's district and one in three from the public service.
DISTRICTS = (6, 4, 3, 2, 2, 1, 1)
SECTORS = (6, 5, 4, 2, 1)

Cell = tuple[int | None, ...]
Table = dict[Cell, int]


def main() -> int:
    """Measure and print."""
    print(f"T = {THRESHOLD}; seconds of at most {LIMIT}")
    print(
        f"{'table':<12}{'method':<22}{'cells':>7}{'small':>7}{'beside':>8}{'share':>8}"
        f"{'seconds':>10}{'audit':>9}  verdict"
    )
    total: dict[str, list[dict[str, Any]]] = {}
    for seed in range(MANY):
        shape = TYPICAL[seed % len(TYPICAL)]
        for method, found in measured(shape, table(shape, people=60, seed=seed)):
            total.setdefault(method, []).append(found)
    for method, found in total.items():
        told(f"{MANY} small", method, summed(found))
    large = {}
    for method, found in measured(LARGE, table(LARGE, people=60 * LARGE[0], seed=2020)):
        told("x".join(map(str, LARGE)), method, found)
        large[method] = found
    mine = [
        found for method in total if method.startswith("ours") for found in (*total[method], large[method])
    ]
    return int(any(found["verdict"] != "safe" or found["seconds"] > MOST_SECONDS for found in mine))


def table(shape: tuple[int, ...], *, people: int, seed: int) -> Table:
    """Draw people into the inner cells, unevenly, and add them up."""
    chance = random.Random(seed)
    weights = [DISTRICTS, SECTORS] if len(shape) > 1 else [DISTRICTS]
    chosen = [[1.0] * size for size in shape]
    for at, known in zip(range(len(shape) - 1, -1, -1), reversed(weights), strict=False):
        chosen[at] = [float(known[category % len(known)]) for category in range(shape[at])]
    counts = dict.fromkeys(product(*map(range, shape)), 0)
    for _ in range(people):
        counts[tuple(chance.choices(range(size), by)[0] for size, by in zip(shape, chosen, strict=True))] += 1
    found: Table = dict.fromkeys(product(*((*range(size), None) for size in shape)), 0)
    for cell, count in counts.items():
        for margin in product(*((category, None) for category in cell)):
            found[margin] += count
    return found


def measured(shape: tuple[int, ...], values: Table) -> Any:
    """Yield what each method makes of a table."""
    yield "ours, zeros withheld", ours(shape, values, zeros_shown=False)
    yield "ours, zeros shown", ours(shape, values, zeros_shown=True)
    for method in ("OPT", "MOD"):
        yield f"pytauargus {method}", theirs(shape, values, method)


def system(shape: tuple[int, ...], values: Table) -> Any:
    """Return the sums of a table with all its margins."""
    from ckanext.opengovbelize.privacy.disclosure.system import Equation, System

    return System(
        Equation(cell, tuple((*cell[:at], category, *cell[at + 1 :]) for category in range(shape[at])))
        for cell in values
        for at, chosen in enumerate(cell)
        if chosen is None
    )


def ours(shape: tuple[int, ...], values: Table, *, zeros_shown: bool) -> dict[str, Any]:
    """Hide cells as the portal does."""
    from ckanext.opengovbelize.privacy.disclosure.control import protect

    impossible = [cell for cell, count in values.items() if not count] if zeros_shown else []
    begun = time.process_time()
    found = protect(
        system(shape, values),
        values,
        thresholds=dict.fromkeys(values, THRESHOLD),
        impossible=impossible,
        seconds=LIMIT,
    )
    seconds = time.process_time() - begun
    if found.refusal:
        return failed(values, seconds, found.refusal, zeros_shown=zeros_shown)
    hidden = set(found.primary | found.secondary)
    return {"seconds": seconds, **audited(shape, values, hidden, zeros_shown=zeros_shown)}


def audited(shape: tuple[int, ...], values: Table, hidden: set[Cell], *, zeros_shown: bool) -> dict[str, Any]:
    """Audit a pattern from scratch, whoever made it."""
    from ckanext.opengovbelize.privacy.disclosure.audit import audit

    small = small_ones(values, zeros_shown=zeros_shown)
    begun = time.process_time()
    report = audit(
        system(shape, values),
        {cell: count for cell, count in values.items() if cell not in hidden},
        dict.fromkeys(small, THRESHOLD),
        impossible=[cell for cell, count in values.items() if not count] if zeros_shown else [],
        seconds=LIMIT,
    )
    return {
        "cells": len(values),
        "small": len(small),
        "beside": len(hidden - small),
        "audit": time.process_time() - begun,
        "verdict": f"{len(report.narrow)} exposed" if report.narrow else report.refusal or "safe",
    }


def small_ones(values: Table, *, zeros_shown: bool) -> set[Cell]:
    """Return the cells that must be protected."""
    return {cell for cell, count in values.items() if (0 if zeros_shown else -1) < count < THRESHOLD}


def failed(values: Table, seconds: float, verdict: str, *, zeros_shown: bool) -> dict[str, Any]:
    """Return what is told of a method that gave no pattern."""
    small = len(small_ones(values, zeros_shown=zeros_shown))
    return {
        "cells": len(values),
        "small": small,
        "beside": None,
        "seconds": seconds,
        "audit": 0.0,
        "verdict": verdict,
    }


def theirs(shape: tuple[int, ...], values: Table, method: str) -> dict[str, Any]:
    """Let pytauargus hide cells, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        task = Path(folder) / "task.json"
        task.write_text(
            json.dumps([shape, [[*cell, count] for cell, count in values.items()]]), encoding="utf-8"
        )
        begun = time.perf_counter()
        try:
            answer = subprocess.run(
                [sys.executable, Path(__file__).resolve(), method, folder],
                # Its solver leaves logs where it runs.
                cwd=folder,
                capture_output=True,
                text=True,
                # It ends itself at the limit, with the best that it has; this is for when it hangs.
                timeout=LIMIT + 60,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return failed(values, time.perf_counter() - begun, "out of time", zeros_shown=True)
        if answer.returncode or not (Path(folder) / "hidden.json").exists():
            last = (answer.stderr.strip().splitlines() or [f"exit {answer.returncode}"])[-1]
            return failed(values, time.perf_counter() - begun, last[:60], zeros_shown=True)
        made = json.loads((Path(folder) / "hidden.json").read_text(encoding="utf-8"))
    hidden = {tuple(cell) for cell in made["hidden"]}
    return {"seconds": made["seconds"], **audited(shape, values, hidden, zeros_shown=True)}


def run_theirs(method: str, folder: Path) -> None:
    """Run one method of pytauargus on the table in a folder, and write there what it hides."""
    import pytauargus
    from pytauargus.engine import Engine, run_batch
    from pytauargus.result import parse_simple_tab

    shape, rows = json.loads((folder / "task.json").read_text(encoding="utf-8"))
    names = [f"d{at}" for at in range(len(shape))]
    inner = [(cell, count) for *cell, count in rows if None not in cell]
    people = [cell for cell, count in inner for _ in range(count)]
    micro: dict[str, list[Any]] = {
        name: [f"c{cell[at]:03d}" for cell in people] for at, name in enumerate(names)
    }
    micro["people"] = [1] * len(people)
    files = pytauargus.protect(
        micro,
        names,
        response="people",
        safety_rules=f"FREQ({THRESHOLD},100)",
        suppress=f"{method}(1,{LIMIT // 60})",
        workdir=str(folder),
        run=False,
    ).files
    # Their levels of protection are shares of a count; ours lead from 0 to T, whatever the count.
    lines = [f"{';'.join(code(cell))};C;1" for *cell, count in rows if count]
    lines += [
        f"{';'.join(code(cell))};PL;{count};{THRESHOLD - count}"
        for *cell, count in rows
        if 0 < count < THRESHOLD
    ]
    (folder / "levels.hst").write_text("\n".join(lines) + "\n", encoding="utf-8")
    batch = Path(files["arb"])
    text = batch.read_text(encoding="utf-8")
    before = f'<APRIORI> "{folder / "levels.hst"}",1,";",0,0\n<SUPPRESS>'
    batch.write_text(text.replace("<SUPPRESS>", before, 1), encoding="utf-8")
    Engine._table_cell_bounds = lambda self, tab: (0.0, UNBOUNDED)
    begun = time.process_time()
    run_batch(str(batch))
    seconds = time.process_time() - begun
    hidden = [
        [None if (said := row[name]) in ("", "Total") else int(str(said)[1:]) for name in names]
        for row in parse_simple_tab(files["tab1"], names, "people")
        if row["status"] in ("U", "M")
    ]
    (folder / "hidden.json").write_text(json.dumps({"seconds": seconds, "hidden": hidden}), encoding="utf-8")


def code(cell: list[int | None]) -> list[str]:
    """Return the codes of a cell; a total has none."""
    return ["" if category is None else f"c{category:03d}" for category in cell]


def summed(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Return several tables as one line: counts added up, medians of the times."""
    safe = [one["verdict"] for one in found].count("safe")
    # A run that failed hides nothing: with it, the sum would look like a small loss.
    failed = any(one["beside"] is None for one in found)
    return {
        **{name: sum(one[name] for one in found) for name in ("cells", "small")},
        "beside": None if failed else sum(one["beside"] for one in found),
        **{name: statistics.median(one[name] for one in found) for name in ("seconds", "audit")},
        "verdict": f"{safe} of {len(found)} safe",
    }


def told(name: str, method: str, found: dict[str, Any]) -> None:
    """Print one line."""
    beside = found["beside"]
    loss = f"{'-':>8}{'-':>8}" if beside is None else f"{beside:>8}{beside / found['cells']:>8.1%}"
    print(
        f"{name:<12}{method:<22}{found['cells']:>7}{found['small']:>7}{loss}"
        f"{found['seconds']:>10.2f}{found['audit']:>9.2f}  {found['verdict']}",
        flush=True,
    )


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(main())
    run_theirs(sys.argv[1], Path(sys.argv[2]))
