"""Invented people and certificates for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ckanext.opengovbelize.certificates import ids
from ckanext.opengovbelize.certificates.model import Claims
from ckanext.opengovbelize.records.attendance.people import People, Person, Presence

ORGANIZATION = "0e70dfbd-6d56-49a1-845e-8c0ce250a171"
OTHER = "9b0a6a3e-1111-4222-8333-444455556666"
VERIFY = "https://data.example.org/verify"

CLAIMS = Claims(
    id="7Q2ZK-0M4TD-XW9AB-3NRPE-51HGVC",
    name="Ana María Ejemplo",
    series="Sample series: budgets in the open",
    address="sample-2020",
    attended=3,
    sessions=3,
    needed=3,
    language="en",
    issued=date(2026, 11, 24),
    program="Sample Program",
    organization=ORGANIZATION,
)


def claims(**changes: Any) -> Claims:
    return replace(CLAIMS, id=ids.new(), **changes)


def online(minutes: float | None = 90) -> Presence:
    return Presence(
        mode="online",
        registered=True,
        joined=True,
        seconds=None if minutes is None else 60 * minutes,
        has_times=minutes is not None,
    )


def in_the_room() -> Presence:
    return Presence(mode="in-person", registered=False, joined=True, seconds=None, has_times=False)


def registered_only() -> Presence:
    return Presence(mode="online", registered=True, joined=False, seconds=None, has_times=False)


def person(*names: str, rows: tuple[tuple[str, str, int], ...] = (), **presence: Presence) -> Person:
    """Return somebody; a row is made up for each session."""
    made = tuple((session, f"{session}.csv", 2) for session in presence)
    return Person(names, (), {}, "unknown", presence, rows or made or (("s1", "s1.csv", 2),))


def people(*persons: Person) -> People:
    return People(list(persons))
