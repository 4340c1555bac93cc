"""Meetings drawn at random, written down in every form: the counts are those of the meeting, whatever the form."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records.attendance.counts import counts
from ckanext.opengovbelize.records.attendance.reading import read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .meetings import FORMS, Coming

LATEST = 7_000
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1")
DELIMITERS = (",", ";", "\t")
GIVEN = ("Orla", "Íñigo", "Bruno", "Zoë", "D'Angel", "Jean-Paul", "María José")
FAMILY = ("Sandpiper", "Vask", "Peñafiel", "Keel", "Béliveaux-Reef", "O'Manatee")
SPELLINGS = (
    lambda given, family: f"{given} {family}",
    lambda given, family: f"{given} {family}".upper(),
    lambda given, family: f"{given}  {family}",
    lambda given, family: f"{family}, {given}",
    lambda given, family: f"{given} {family} (Guest)",
    lambda given, family: f"{given} {family} [Ceiba Data Club]",
)
settings.register_profile(
    "attendance", max_examples=40, deadline=None, suppress_health_check=list(HealthCheck)
)
PROFILE = settings.get_profile("attendance")


@st.composite
def meetings(draw):
    """Draw some people, each with one coming or several; return the comings by person, shuffled, with the roles."""
    names = draw(
        st.lists(
            st.tuples(st.sampled_from(GIVEN), st.sampled_from(FAMILY)), min_size=1, max_size=12, unique=True
        )
    )
    comings: list[tuple[int, Coming]] = []
    for number, (given_name, family) in enumerate(names):
        email = f"p{number}@example.org" if draw(st.booleans()) else ""
        role = (
            draw(st.sampled_from(("attendee", "attendee", "attendee", "panelist", "host")))
            if email
            else "attendee"
        )
        for at in range(draw(st.integers(1, 4))):
            start = draw(st.integers(0, LATEST))
            end = draw(st.one_of(st.integers(start, LATEST + 200), st.just(None) if at else st.nothing()))
            spelt = draw(st.sampled_from(SPELLINGS))(given_name, family)
            # The first row has the address; a later one may lack it, and then the name has to tell.
            shown = email if not at or draw(st.booleans()) else ""
            capitals = draw(st.booleans())
            comings.append(
                (
                    number,
                    Coming(
                        spelt, shown.upper() if capitals else shown, start, end, role if shown else "attendee"
                    ),
                )
            )
    return draw(st.permutations(comings))


def truth(comings, *, has_roles, has_times):
    """Work out by brute force, second by second, what the counts have to be."""
    people: dict[int, list[Coming]] = {}
    for number, one in comings:
        people.setdefault(number, []).append(one)
    left_out = {
        number for number, rows in people.items() if has_roles and any(one.role != "attendee" for one in rows)
    }
    minutes = dict.fromkeys(("under_15", "15_to_44", "45_to_74", "75_and_more", "unknown"), 0)
    overlapping = 0
    for number, rows in people.items():
        if number in left_out:
            continue
        spans = [range(one.start, one.end) for one in rows if one.end is not None]
        there = set().union(*spans)
        overlapping += sum(map(len, spans)) > len(there)
        if any(one.end is None for one in rows):
            minutes["unknown"] += 1
        else:
            bucket = sum(len(there) >= limit * 60 for limit in (15, 45, 75))
            minutes[("under_15", "15_to_44", "45_to_74", "75_and_more")[bucket]] += 1
    return {
        "unique_attendees": len(people) - len(left_out),
        "hosts_and_panelists_excluded": len(left_out),
        **({"minutes": minutes, "people_with_overlapping_rows": overlapping} if has_times else {}),
    }


def told(found):
    """Return of the counts what ``truth`` works out."""
    kept = {name: found[name] for name in ("unique_attendees", "hosts_and_panelists_excluded")}
    if "minutes" in found:
        kept["minutes"] = {name: n for name, n in found["minutes"].items() if name not in ("median", "max")}
        kept["people_with_overlapping_rows"] = found["people_with_overlapping_rows"]
    return kept


def as_form_tells(form, comings):
    """Return the comings as a form can tell them: one host only, no roles, no addresses."""
    if form.kind == "zoom-meeting":
        # The block above names one host; panelists are unknown to meetings.
        host = next((number for number, one in comings if one.role == "host"), None)
        return [
            (
                number,
                Coming(
                    one.name,
                    one.email,
                    one.start,
                    one.end,
                    "host" if number == host and one.email else "attendee",
                ),
            )
            for number, one in comings
        ]
    if not form.has_emails:
        return [(number, Coming(one.name, "", one.start, one.end)) for number, one in comings]
    return comings


@pytest.mark.parametrize(
    "form", [form for form in FORMS if form.kind != "teams-old"], ids=lambda form: form.kind
)
@PROFILE
@given(meeting=meetings(), encoding=st.sampled_from(ENCODINGS), delimiter=st.sampled_from(DELIMITERS))
def test_the_counts_are_those_of_the_meeting(form, meeting, encoding, delimiter):
    comings = as_form_tells(form, meeting)
    data = form.data([one for _number, one in comings], delimiter=delimiter, encoding=encoding)
    file = read(data, file="a")
    assert file.kind.code == form.kind
    assert file.problems == []
    expected = truth(comings, has_roles=form.has_roles, has_times=form.kind != "sign-in")
    assert told(counts(file)) == expected
    if form.kind == "sign-in":
        assert counts(file)["signed"] == len(comings)
    elif not form.has_roles:
        assert counts(file)["connections"] == len(comings)


@PROFILE
@given(meeting=meetings(), encoding=st.sampled_from(ENCODINGS), delimiter=st.sampled_from(DELIMITERS))
def test_actions_of_teams_are_paired(meeting, encoding, delimiter):
    """Of actions alone nobody can tell which going belongs to which coming, so nobody is there twice at once here."""
    [form] = [form for form in FORMS if form.kind == "teams-old"]
    apart = one_after_another(meeting)
    data = form.data([one for _number, one in apart], delimiter=delimiter, encoding=encoding)
    file = read(data, file="a")
    assert file.kind.code == "teams-old"
    assert file.problems == []
    assert told(counts(file)) == truth(apart, has_roles=False, has_times=True)
    assert counts(file)["connections"] == len(apart)


def one_after_another(meeting):
    """Return each person's comings in the order of time, without overlap and without addresses."""
    by_person: dict[int, list[Coming]] = {}
    for number, one in meeting:
        by_person.setdefault(number, []).append(one)
    apart = []
    for number, rows in by_person.items():
        step = LATEST // len(rows)
        for at, one in enumerate(rows):
            length = None if one.end is None else min(one.end - one.start, step)
            start = at * step
            apart.append((number, Coming(one.name, "", start, None if length is None else start + length)))
    return apart
