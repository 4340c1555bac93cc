"""The sample reports: one small invented meeting in each form, with the figures that were worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from ckanext.opengovbelize.records.attendance.counts import counts
from ckanext.opengovbelize.records.attendance.reading import read

SAMPLES = Path(__file__).parents[3] / "samples" / "formats"
# GoToWebinar writes a table of its own; nobody knows it, so its columns are chosen.
CHOSEN = {
    "first_name": "First Name",
    "last_name": "Last Name",
    "email": "Email Address",
    "attended": "Attended",
    "joined": "Join Time",
    "left": "Leave Time",
    "institution": "Organization",
}
# By file: kind, people, hosts and panelists, minutes (under 15, 15 to 44, 45 to 74, 75 and more, unknown).
KNOWN = {
    "attendance-zoom-webinar-2020.csv": ("zoom-webinar-2020", 9, 2, (1, 1, 1, 6, 0)),
    "attendance-zoom-webinar.csv": ("zoom-webinar", 8, 2, (1, 2, 0, 5, 0)),
    "attendance-zoom-meeting.csv": ("zoom-meeting", 8, 1, (1, 0, 3, 4, 0)),
    "attendance-teams-old.csv": ("teams-old", 7, 0, (1, 1, 0, 3, 2)),
    "attendance-teams.csv": ("teams-current", 7, 2, (1, 1, 1, 4, 0)),
    "attendance-webex.csv": ("webex", 7, 0, (1, 0, 1, 5, 0)),
    "attendance-adobe-connect.xml": ("adobe-connect", 7, 0, (1, 0, 1, 4, 1)),
    "attendance-sign-in.csv": ("sign-in", 9, 0, None),
    "attendance-sign-in-es.xlsx": ("sign-in", 8, 0, None),
    "attendance-gotowebinar-like.csv": ("chosen-columns", 5, 0, (1, 0, 1, 3, 0)),
}


def read_sample(name):
    return read((SAMPLES / name).read_bytes(), file=name, mapping=CHOSEN if "gotowebinar" in name else None)


def test_every_sample_is_told_of_here():
    assert {path.name for path in SAMPLES.glob("attendance-*")} == set(KNOWN)


@pytest.mark.parametrize("name", KNOWN)
def test_the_sample_gives_its_figures(name):
    file = read_sample(name)
    found = counts(file)
    minutes = tuple(found["minutes"].values())[:5] if "minutes" in found else None
    assert (
        file.kind.code,
        found["unique_attendees"],
        found["hosts_and_panelists_excluded"],
        minutes,
    ) == KNOWN[name]
    assert file.problems == []


def test_registrations_and_no_shows():
    found = {name: counts(read_sample(name)) for name in KNOWN}
    told = {
        name: (one["registered"], one["no_shows"]) for name, one in found.items() if one.get("registered")
    }
    assert told == {
        "attendance-zoom-webinar-2020.csv": (10, 2),
        "attendance-zoom-webinar.csv": (9, 2),
        "attendance-gotowebinar-like.csv": (7, 2),
    }


def test_what_people_stated():
    found = counts(read_sample("attendance-sign-in.csv"))["dimensions"]
    assert found["sector"] == {
        "(not stated)": 2,
        "Academia": 1,
        "Civil society": 2,
        "Government": 2,
        "Media": 1,
        "Private sector": 1,
    }
    assert found["gender"] == {"(not stated)": 2, "F": 4, "M": 3}
    assert found["district"] == {
        "(not stated)": 1,
        "Belize": 1,
        "Cayo": 3,
        "Orange Walk": 1,
        "Stann Creek": 1,
        "Toledo": 2,
    }
