"""How long 100,000 rows of attendance take, beside pandas reading the same file and grouping it.

    bin/test --exec python benchmarks/attendance.py

Makes a Zoom meeting report of 100,000 rows about some 60,000 invented people who rejoin, change the case of their
names and come without an address. Then, in turns and each in a process of its own, our reader reads it, merges people
and counts them, and pandas reads it, parses its times and groups it by person. Prints the medians, their ratio, our
time without merging, and the peak memory of each process. The exit status is 1 where a target is missed.

Needs pandas: pip install -e .[benchmark]. On a machine of two cores, with pandas 3.1.1:

    100,000 rows, 9.3 MB
    ours: 2.14 s (1.12 s without merging), peak 202 MB, 60,000 people
    pandas: 0.74 s, peak 125 MB
    ratio 2.88 (at most 3.0), memory at most 400 MB
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

ROWS, PEOPLE = 100_000, 60_000
ROUNDS = 5
MOST_TIMES, MOST_MEGABYTES = 3.0, 400
FIRST = ("Coralie", "Ansel", "Mirelle", "Osric", "Iría", "Tomás", "Juniper", "Bastian", "Lúcia", "Wendell")
LAST = ("Driftmark", "Tidewater", "Sandbank", "Kelpley", "Pelícanez", "Arrecifón", "Shoalwell", "Marismar")
HEADER = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent"
CLOCK = "%m/%d/%Y %I:%M:%S %p"


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "meeting.csv"
        path.write_text("\n".join(lines()), encoding="utf-8")
        print(f"{ROWS:,} rows, {path.stat().st_size / 1e6:.1f} MB")
        runs = [(run("ours", path), run("pandas", path)) for _ in range(ROUNDS)]
    ours = statistics.median(mine["seconds"] for mine, _pandas in runs)
    theirs = statistics.median(pandas["seconds"] for _mine, pandas in runs)
    without = statistics.median(mine["reading"] for mine, _pandas in runs)
    memory = max(mine["megabytes"] for mine, _pandas in runs)
    people = runs[0][0]["people"]
    print(f"ours: {ours:.2f} s ({without:.2f} s without merging), peak {memory:.0f} MB, {people:,} people")
    print(f"pandas: {theirs:.2f} s, peak {max(pandas['megabytes'] for _mine, pandas in runs):.0f} MB")
    print(f"ratio {ours / theirs:.2f} (at most {MOST_TIMES}), memory at most {MOST_MEGABYTES} MB")
    return int(ours > MOST_TIMES * theirs or memory > MOST_MEGABYTES)


def lines() -> Iterator[str]:
    """Yield the lines of the report, the same in every run."""
    chance = random.Random(2020)
    begin = datetime(2020, 4, 23, 10, 20)
    yield HEADER
    for row in range(ROWS):
        number = row if row < PEOPLE else chance.randrange(PEOPLE)
        name = f"{FIRST[number % 10]} {LAST[number // 10 % 8]} {word(number)}"
        # Two in three are known by an address, but not in every row.
        email = f"p{number}@example.org" if number % 3 and chance.random() < 0.9 else ""
        if chance.random() < 0.1:
            name = name.upper()
        elif chance.random() < 0.05:
            name = f"{name} (she/her)"
        came = begin + timedelta(seconds=chance.randrange(5_000))
        left = came + timedelta(seconds=chance.randrange(60, 5_400))
        minutes = (left - came).seconds // 60 + 1
        yield f"{name},{email},{came:{CLOCK}},{left:{CLOCK}},{minutes},Yes,Y"


def word(number: int) -> str:
    """Return a name of letters for a number."""
    letters = ""
    while number or not letters:
        number, place = divmod(number, 20)
        letters += "bcdfghjklmnpqrstvwxz"[place] + "aeiou"[place % 5]
    return letters.title()


def run(which: str, path: Path) -> dict[str, float]:
    """Run one side in a process of its own."""
    found = subprocess.run(
        [sys.executable, __file__, which, str(path)], capture_output=True, text=True, check=True
    )
    return json.loads(found.stdout)


def ours(path: Path) -> dict[str, float]:
    """Read, merge and aggregate as the preview of a session does."""
    from ckanext.opengovbelize.records.attendance.collector import paused
    from ckanext.opengovbelize.records.attendance.people import merge
    from ckanext.opengovbelize.records.attendance.reading import read
    from ckanext.opengovbelize.statistics import figures

    begun = time.perf_counter()
    with paused():
        file = read(path.read_bytes(), file=path.name)
        reading = time.perf_counter() - begun
        people = merge({"1": [file]})
    found = figures.of_session(people, "1", [(), ("mode",), ("minutes",)])
    seconds = time.perf_counter() - begun
    assert not file.problems
    assert found
    attended = sum(person.presence["1"].joined for person in people.people)
    return {"seconds": seconds, "reading": reading, "people": attended}


def pandas(path: Path) -> dict[str, float]:
    """Read, parse the times, and group by address or else by name."""
    import pandas as pd

    begun = time.perf_counter()
    table = pd.read_csv(path)
    joined = pd.to_datetime(table["Join Time"], format=CLOCK)
    left = pd.to_datetime(table["Leave Time"], format=CLOCK)
    table["seconds"] = (left - joined).dt.total_seconds()
    table["who"] = table["User Email"].str.lower().fillna(table["Name (Original Name)"].str.lower())
    minutes = table.groupby("who")["seconds"].sum() / 60
    pd.cut(minutes, [0, 15, 45, 75, float("inf")], right=False).value_counts()
    return {"seconds": time.perf_counter() - begun, "people": len(minutes)}


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(main())
    result = {"ours": ours, "pandas": pandas}[sys.argv[1]](Path(sys.argv[2]))
    # In kilobytes on Linux.
    print(json.dumps(result | {"megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
