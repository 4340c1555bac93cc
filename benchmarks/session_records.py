"""Invented session records for benchmarks: 15 filled fields and 3 resources each."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

RECORD = """# SAMPLE WEBINARS PROGRAM

For interested participants of the {series} series

In the framework of the Project:

"Small Islands, Open Books (2019-2021)"

Implemented by the Sample Trust and the Institute of Invented Studies

Invented: true

## Webinar {number}: Reading public budget {number} together

Everything here is made up. We open public budget {number}, find three numbers in it that everybody argues about, and
learn what each of them means in practice. {more}

{day} – 2:00PM-3:30PM (BZE-CST) - Lagoon Learning Centre, San Ignacio

Solana Reedwater
Budget Analyst, Office of the Auditor
Government of Coralia

Oscar Penafiel
Head of Open Data
Reef Observatory

[PRESENTATION](https://data.example.org/{series}/{number}/slides.pdf)

[PRESENTATION](https://data.example.org/{series}/{number}/numbers.pptx)

[VIDEO](https://video.example.org/watch?v={series}-{number})

Facilitated by Orla Sandpiper, Specialist of the Department for Public Budgets of the Organization of Sample States

Objective:

To read one page of budget {number} without help.

Speakers BIOs:

Solana Reedwater

Solana Reedwater has read budgets for twelve years. She holds a degree in Public Accounts and teaches on Saturdays.

Oscar Penafiel

Oscar counts reef fish by day and datasets by night.

Links shared:

<https://budget.example.org/{number}>

<https://data.example.org/guide>
"""
FIRST_DAY = date(2020, 1, 8)


def write(folder: Path, series: str, count: int) -> None:
    """Write that many records of one series, a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        write_one(folder, series, number)


def write_one(folder: Path, series: str, number: int, more: str = "") -> None:
    """Write one record; ``more`` changes its text."""
    day = (FIRST_DAY + timedelta(days=number)).strftime("%A %B %d, %Y")
    text = RECORD.format(series=series, number=number, day=day, more=more)
    (folder / f"session-{number:05}.md").write_text(text)
