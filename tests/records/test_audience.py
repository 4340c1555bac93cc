"""For whom a session is: kinds of people, and nobody by name."""

from __future__ import annotations

import pytest

from .layouts import codes, session


@pytest.mark.parametrize(
    "lines",
    [
        "Participants: Petra Kingfisher, Otto Quarrie, Ina Brook",
        "## Participants\n\n- Petra Kingfisher\n- Otto Quarrie",
        "**Present:** Orla Sandpiper, Petra Kingfisher, 21 others",
        "Asistentes: Petra Kingfisher y Otto Quarrie",
    ],
)
def test_those_who_took_part_are_no_audience(lines: str) -> None:
    record = session(lines)
    assert (record.audience, record.introduction, record.people) == ("", "", [])
    assert set(codes(record)) == {"unplaced-line"}


def test_kinds_of_people_are_an_audience() -> None:
    assert session("Participants: Officials, teachers and journalists").audience


@pytest.mark.parametrize(
    "text", ["Everybody who keeps a boat", "All residents of Belize City", "Todas las personas con lancha"]
)
def test_where_everybody_is_invited_it_is_said_for_whom_a_session_is(text: str) -> None:
    record = session(f"Invited: {text}", "a.txt")
    assert (record.audience, record.problems) == (text, [])


@pytest.mark.parametrize(
    "text", ["All fishers and Ana Coral", "Ana Coral and all fishers", "All of them came"]
)
def test_a_list_with_somebodys_name_tells_not_for_whom_a_session_is(text: str) -> None:
    record = session(f"Invited: {text}", "a.txt")
    assert (record.audience, codes(record)) == ("", ["unplaced-line"])
