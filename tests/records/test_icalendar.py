"""Calendars: against the contract, and with what calendar programs really write."""

from __future__ import annotations

from pathlib import Path

import pytest
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord

from .contract import Contract, Given, published

SAMPLES = Path(__file__).parents[2] / "samples" / "formats"


def calendar(*events: str, head: str = "") -> bytes:
    """Return a calendar of events, each of them lines."""
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Sample//EN\n{head}{body}END:VCALENDAR\n".replace(
        "\n", "\r\n"
    ).encode()


def records(*events: str, head: str = "") -> list[SessionRecord]:
    return read(calendar(*events, head=head), file="calendar.ics")


def starts(found: list[SessionRecord]) -> list[str]:
    return [record.start.isoformat() if record.start else "" for record in found]


def escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


class TestCalendar(Contract):
    file = "calendar.ics"
    form = "icalendar"

    def sessions(self, given: list[Given]) -> bytes:
        return calendar(
            *(
                f"UID:boats-{session.number}@example.org\n"
                f"DTSTART;TZID=America/Belize:202005{session.day:02}T103000\nDTEND;TZID=America/Belize:202005{session.day:02}T120000\n"
                f"SUMMARY:Session {session.number}: {escaped(session.title)}\nDESCRIPTION:{escaped(session.text)}\nLOCATION:{escaped(session.place)}"
                for session in given
            )
        )


def test_the_sample() -> None:
    first, second, *clinics = read((SAMPLES / "calendar.ics").read_bytes(), file="calendar.ics")
    assert (first.series, first.number, first.title) == (
        "Lagoon Data Series",
        1,
        "Counting boats and what they carry",
    )
    assert first.introduction.endswith("Bring a boat, a rope and a list.")
    assert (first.venue_name, first.district, first.address) == (
        "Lagoon Learning Centre",
        "BZ-CY",
        "https://data.example.org/lagoon/1",
    )
    assert (second.status, starts([second])) == ("cancelled", ["2020-05-15T10:30:00-06:00"])
    assert starts(clinics) == [
        "2020-05-05T14:00:00-06:00",
        "2020-05-13T16:00:00-06:00",
        "2020-05-26T14:00:00-06:00",
    ]


def test_nobody_who_is_invited_or_organises_is_read() -> None:
    found = read((SAMPLES / "calendar.ics").read_bytes(), file="calendar.ics")
    assert not any(word in published(*found) for word in ("Quillfeather", "desk@", "Wilmot"))
    assert all(record.people == [] for record in found)


def test_no_description_tells_who_is_invited_to_any_event_of_the_calendar() -> None:
    found = records(
        'UID:a\nATTENDEE;CN="Glycerine Ballard":mailto:gb@example.org\nDTSTART:20200507T163000Z\nSUMMARY:Boats',
        "UID:b\nDTSTART:20200508T163000Z\nSUMMARY:Ships\nDESCRIPTION:Glycerine Ballard opens the doors.",
    )
    assert "opens the doors" in published(*found)
    assert "Glycerine" not in published(*found)


def test_a_description_says_who_speaks_and_what_it_links_to() -> None:
    (record,) = records(
        "UID:a\nDTSTART:20200507T163000Z\nSUMMARY:Boats\nDESCRIPTION:<p>Speakers:</p><ul><li>Mercy Anchorite\\, Archivist"
        '\\, Sample Archives</li></ul><p>Rosalind Tern</p><p>See <a href="https://data.example.org/guide">the guide</a></p>'
    )
    assert [(one.role, one.name, one.affiliation) for one in record.people] == [
        ("speaker", "Mercy Anchorite", "Sample Archives")
    ]
    assert [(link.title, link.url) for link in record.links] == [
        ("the guide", "https://data.example.org/guide")
    ]


def test_times_that_recur_under_one_number_are_not_one_session() -> None:
    found = records("UID:a\nDTSTART:20200505T200000Z\nRRULE:FREQ=MONTHLY;COUNT=3\nSUMMARY:Workshop 7: Maps")
    assert [(record.number, record.title) for record in found] == [(None, "Maps")] * 3
    assert all("number-repeated" in [problem.code for problem in record.problems] for record in found)


def test_a_place_on_several_lines() -> None:
    (record,) = records(
        "UID:a\nDTSTART:20200507T163000Z\nSUMMARY:Boats\nLOCATION:Reef Hall\\n1 Reef St\\nBelmopan"
    )
    assert (record.venue_name, record.locality) == ("Reef Hall, 1 Reef St", "Belmopan")


def test_an_event_that_moves_keeps_its_key_and_so_do_the_times_of_a_series() -> None:
    (before,) = records("UID:a\nDTSTART:20200507T163000Z\nSUMMARY:Boats")
    (after,) = records("UID:a\nSEQUENCE:1\nDTSTART:20200604T163000Z\nSUMMARY:Ships")
    assert before.key == after.key
    series = "UID:b\nDTSTART:20200505T200000Z\nRRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY:Clinic"
    moved = "UID:b\nRECURRENCE-ID:20200512T200000Z\nDTSTART:20200514T200000Z\nSUMMARY:Clinic"
    assert {record.key for record in records(series)} == {record.key for record in records(series, moved)}


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("DTSTART:20200507T163000Z", "2020-05-07T10:30:00-06:00"),
        ("DTSTART;TZID=Central America Standard Time:20200507T103000", "2020-05-07T10:30:00-06:00"),
        ("DTSTART;TZID=America/New_York:20200507T123000", "2020-05-07T12:30:00-04:00"),
        ("DTSTART:20200507T103000", "2020-05-07T10:30:00-06:00"),
    ],
)
def test_times_keep_their_zone(start: str, expected: str) -> None:
    assert starts(records(f"UID:a\n{start}\nSUMMARY:Boats")) == [expected]


def test_a_zone_of_the_calendars_own() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Island\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0500\n"
        "TZNAME:IST\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    assert starts(records("UID:a\nDTSTART;TZID=Island:20200507T103000\nSUMMARY:Boats", head=zone)) == [
        "2020-05-07T10:30:00-05:00"
    ]


def test_a_zone_that_nobody_knows_is_not_guessed() -> None:
    (record,) = records("UID:a\nDTSTART;TZID=Atlantis/Deep:20200507T103000\nSUMMARY:Boats")
    assert (record.start, record.date_as_stated) == (None, "2020-05-07 10:30")
    assert [problem.code for problem in record.problems] == ["zone-unknown"]


def test_a_series_keeps_its_hour_when_summer_time_ends() -> None:
    rule = "RRULE:FREQ=WEEKLY;UNTIL=20201111T235959Z"
    found = records(
        f"UID:a\nDTSTART;TZID=America/New_York:20201028T123000\nDURATION:PT1H\n{rule}\nSUMMARY:Clinic"
    )
    assert starts(found) == [
        "2020-10-28T12:30:00-04:00",
        "2020-11-04T12:30:00-05:00",
        "2020-11-11T12:30:00-05:00",
    ]


def test_from_one_time_on_all_are_moved() -> None:
    found = records(
        "UID:a\nDTSTART:20200505T200000Z\nRRULE:FREQ=WEEKLY;COUNT=4\nSUMMARY:Clinic",
        "UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20200519T200000Z\nDTSTART:20200519T220000Z\nSUMMARY:Later",
    )
    assert [(record.title, record.start.hour if record.start else 0) for record in found] == [
        ("Clinic", 14),
        ("Clinic", 14),
        ("Later", 16),
        ("Later", 16),
    ]


def test_one_time_of_a_series_can_be_cancelled() -> None:
    found = records(
        "UID:a\nDTSTART:20200505T200000Z\nRRULE:FREQ=WEEKLY;COUNT=2\nSUMMARY:Clinic",
        "UID:a\nRECURRENCE-ID:20200512T200000Z\nDTSTART:20200512T200000Z\nSTATUS:CANCELLED\nSUMMARY:Clinic",
    )
    assert [record.status for record in found] == ["", "cancelled"]


def test_the_times_of_a_series_do_not_share_the_address_of_its_page() -> None:
    found = records(
        "UID:a\nDTSTART:20200505T200000Z\nRRULE:FREQ=WEEKLY;COUNT=2\nURL:https://data.example.org/clinic\nSUMMARY:Clinic"
    )
    assert {record.address for record in found} == {""}
    assert [link.url for record in found for link in record.links] == ["https://data.example.org/clinic"] * 2


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=NEVER",
    ],
)
def test_a_rule_without_end_is_bounded_and_told(rule: str) -> None:
    found = records(f"UID:a\nDTSTART:20100105T163000Z\nRRULE:{rule}\nSUMMARY:For ever")
    assert 1 <= len(found) <= 200
    assert len(found) == 1 or found[0].problems[0].code == "recurrence-cut"


def test_a_broken_event_costs_no_other() -> None:
    found = records(
        "UID:a\nDTSTART:20201305T200000Z\nSUMMARY:Boats", "UID:b\nDTSTART:20200505T200000Z\nSUMMARY:Nets"
    )
    assert [problem.code for problem in found[0].problems] == ["date-unreadable"]
    assert (found[1].title, found[1].problems) == ("Nets", [])


def test_what_meeting_software_adds_is_left_out() -> None:
    (record,) = records(
        "UID:a\nDTSTART:20200505T200000Z\nSUMMARY:Taller 2: Mapas\nLOCATION:Reunión de Microsoft Teams\n"
        "DESCRIPTION:Traiga un mapa.\\n\\n____________________\\nMicrosoft Teams meeting\\nMeeting ID: 123 456\\nPasscode: abc\n"
        "URL:https://teams.microsoft.com/l/meetup-join/1"
    )
    assert (record.introduction, record.mode, record.venue_name, record.address) == (
        "Traiga un mapa.",
        "online",
        "",
        "",
    )


def test_what_the_calendar_keeps_private_stays_so() -> None:
    found = records(
        "UID:a\nCLASS:PRIVATE\nDTSTART:20200505T200000Z\nSUMMARY:Secret",
        "UID:b\nDTSTART:20200506T200000Z\nSUMMARY:Open",
    )
    assert [record.title for record in found] == ["Open"]
    assert [problem.code for problem in found[0].problems] == ["event-private"]


def test_a_day_without_a_time_stays_prose() -> None:
    (record,) = records("UID:a\nDTSTART;VALUE=DATE:20200514\nDTEND;VALUE=DATE:20200516\nSUMMARY:Fair")
    assert (record.start, record.date_as_stated) == (None, "2020-05-14 – 2020-05-15")


def test_a_fold_may_part_a_character() -> None:
    text = "SUMMARY:Años de sequía".encode()
    split = text.index("ñ".encode()) + 1
    event = b"DTSTART:20200507T163000Z\r\n" + text[:split] + b"\r\n " + text[split:]
    data = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + event + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    (record,) = read(data, file="calendar.ics")
    assert record.title == "Años de sequía"


@pytest.mark.parametrize(
    "lines",
    [
        "SUMMARY:Boats\nDESCRIPTION:Ana Sample is inviting you to a scheduled Zoom meeting.",
        "SUMMARY:Ana Sample's Zoom Meeting",
        "SUMMARY:Boats\nDESCRIPTION:Hi Ana Sample\\,\\nThank you for registering.",
        "SUMMARY:Boats\nDESCRIPTION:From: Ana Sample\\nSubject: Boats\\n\\nCome all.",
        "SUMMARY:Boats\nDESCRIPTION:All boats.\\n\\nRegards\\,\\nAna Sample",
        "SUMMARY:Boats\nDESCRIPTION:Invited: Ana Sample\\, Orla Reef\\nAll boats.",
        "SUMMARY:Boats\nDESCRIPTION:All boats.\\nParticipants\\n1. Ana Sample\\n2. Orla Reef",
        "SUMMARY:Boats\nDESCRIPTION:Tech support: Ana Sample",
        "SUMMARY:Boats\nDESCRIPTION:Registered so far: Ana Sample\\, Orla Reef",
        "SUMMARY:Boats\nDESCRIPTION:Invited:\\n- Ana Sample\\n- Orla Reef\\nAll boats.",
        "SUMMARY:Boats\nDESCRIPTION:Invited: Ana Sample of Reef Office\\nAll boats.",
    ],
)
def test_whoever_invites_writes_or_is_listed_is_told_by_no_text(lines: str) -> None:
    (record,) = records(f"DTSTART:20200507T163000Z\n{lines}")
    assert record.others[:1] == ["Ana Sample"]
    assert not record.people
    assert "Ana Sample" not in published(record)


@pytest.mark.parametrize(
    ("description", "kept"),
    [
        (
            "How data serves all of Belize\\n\\nSee you there.\\n\\nInvited:\\n- Belize\\n- Guatemala",
            "How data serves all of Belize\n\nSee you there.",
        ),
        (
            "Boats of Ana Sample\\n\\nInvited:\\n- Ana Sample\\n- Orla Reef\\n\\nAll come.",
            "Boats of Ana Sample\n\nAll come.",
        ),
        *(
            (f"{line}\\n\\nAll come.", f"{line}\n\nAll come.".replace("\\", ""))
            for line in (
                "Invited: Ministry of Finance\\, Reef Office",
                "Invited: everybody who works in a town hall\\, and students.",
            )
        ),
    ],
)
def test_a_description_loses_the_list_of_those_who_come_and_nothing_else(description: str, kept: str) -> None:
    (record,) = records(f"DTSTART:20200507T163000Z\nSUMMARY:Boats\nDESCRIPTION:{description}")
    assert record.introduction == kept


def test_who_coordinates_is_public_and_who_may_be_contacted_is_not() -> None:
    (record,) = records(
        "DTSTART:20200507T163000Z\nSUMMARY:Boats\nDESCRIPTION:Coordinator: Ben Sample\\nContact: Ana Sample"
    )
    assert [(person.role, person.name) for person in record.people] == [("coordinator", "Ben Sample")]
    assert record.others == ["Ana Sample"]


def test_a_room_that_is_invited_is_a_place() -> None:
    (record,) = records(
        "DTSTART:20200507T163000Z\nSUMMARY:Boats\nLOCATION:Blue Lagoon Room\n"
        "ATTENDEE;CUTYPE=ROOM;CN=Blue Lagoon Room:mailto:room@example.org"
    )
    assert (record.venue_name, record.others) == ("Blue Lagoon Room", [])


def test_a_place_beside_a_speaker_is_no_speaker() -> None:
    (record,) = records(
        "DTSTART:20200507T163000Z\nSUMMARY:Boats\nLOCATION:Pueblo Nuevo\\, Toledo\n"
        "DESCRIPTION:Speaker: Ana Sample\\, Pueblo Nuevo"
    )
    assert [person.name for person in record.people] == ["Ana Sample"]


def test_names_on_lines_of_their_own_are_several_speakers() -> None:
    (record,) = records(
        "DTSTART:20200507T163000Z\nSUMMARY:Boats\nDESCRIPTION:Speakers:\\nAna Sample\\nOrla Reef\\n\\nAll come."
    )
    assert [person.name for person in record.people] == ["Ana Sample", "Orla Reef"]


def test_a_period_adds_a_time() -> None:
    found = records(
        "UID:boats@example.org\nDTSTART:20200507T163000Z\nDTEND:20200507T173000Z\nSUMMARY:Boats\n"
        "RDATE;VALUE=PERIOD:20200514T163000Z/PT1H"
    )
    assert starts(found) == ["2020-05-07T10:30:00-06:00", "2020-05-14T10:30:00-06:00"]


@pytest.mark.parametrize("before", ["FW: ", "Re: Fwd: ", "Reminder: ", "Invitación: "])
def test_what_a_notice_puts_before_a_title_is_none_of_it(before: str) -> None:
    (record,) = records(f"DTSTART:20200507T163000Z\nSUMMARY:{before}Webinar 4: Boats")
    assert (record.number, record.title) == (4, "Boats")


@pytest.mark.parametrize(
    "title", ["RE: renewable energy in towns", "Re: thinking budgets", "ENC: nautical charts"]
)
def test_a_title_may_begin_like_an_answer(title: str) -> None:
    (record,) = records(f"DTSTART:20200507T163000Z\nSUMMARY:{title}")
    assert record.title == title


def test_windows_name_of_our_zone_needs_no_rule_of_its_own() -> None:
    (record,) = records('DTSTART;TZID="(UTC-06:00) Central America":20200507T103000\nSUMMARY:Boats')
    assert starts([record]) == ["2020-05-07T10:30:00-06:00"]


def test_a_description_that_is_only_a_piece_of_a_page_is_read() -> None:
    (record,) = records(
        "DTSTART:20200507T163000Z\nSUMMARY:Boats\nLOCATION:TBC\nX-ALT-DESC;FMTTYPE=text/html:<p>Speaker: Ana Sample\\, "
        "Analyst</p><p>Venue: Reef Hall\\, Dangriga</p>"
    )
    assert [(person.name, person.position) for person in record.people] == [("Ana Sample", "Analyst")]
    assert (record.venue_name, record.locality) == ("Reef Hall", "Dangriga")


def test_a_time_that_a_period_adds_ends_as_the_period_does() -> None:
    found = records(
        "UID:boats@example.org\nDTSTART:20200507T163000Z\nDTEND:20200507T173000Z\nSUMMARY:Boats\n"
        "RDATE;VALUE=PERIOD:20200514T163000Z/20200514T190000Z,20200521T163000Z/PT2H"
    )
    ends = [record.end.isoformat() if record.end else "" for record in found]
    assert ends == ["2020-05-07T11:30:00-06:00", "2020-05-14T13:00:00-06:00", "2020-05-21T12:30:00-06:00"]


def test_what_an_office_writes_behind_a_name_hides_nobody_who_is_invited() -> None:
    found = records(
        'UID:a\nATTENDEE;CN="Quillfeather, Petronel (MOE)":mailto:p@example.org\nDTSTART:20200507T163000Z\n'
        "SUMMARY:Boats\nDESCRIPTION:All are welcome. Quillfeather will open the session."
    )
    assert "Quillfeather" not in published(*found)


@pytest.mark.parametrize(
    "connection",
    [
        "X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij",
        "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/meetup-join/19",
        "DESCRIPTION:Únase desde PC\\, Mac: https://us02web.zoom.us/w/812345",
    ],
)
def test_a_connection_says_that_one_may_take_part_from_afar_and_is_not_published(connection: str) -> None:
    found = records(f"DTSTART:20200507T163000Z\nSUMMARY:Boats\nLOCATION:Reef Hall\\, Dangriga\n{connection}")
    assert [record.mode for record in found] == ["hybrid"]
    assert not any(word in published(*found) for word in ("meet.google", "teams.microsoft", "zoom.us"))


def test_marks_of_a_web_sites_own_program_are_no_part_of_a_description() -> None:
    (record,) = records(
        'DTSTART:20200507T163000Z\nSUMMARY:Boats\nDESCRIPTION:[et_pb_text width="1"]Bring [two] boats.[/et_pb_text]'
        "[vc_row]Facilitator: Orla Reef[/vc_row]"
    )
    assert record.introduction.split() == ["Bring", "[two]", "boats.", "Facilitator:", "Orla", "Reef"]
    assert [(person.role, person.name) for person in record.people] == [("facilitator", "Orla Reef")]


def test_a_description_of_nothing_but_blanks_gives_way_to_the_page_beside_it() -> None:
    # As Outlook writes what was formatted.
    page = (
        r"<html><head><style>p.MsoNormal{margin:0in\;}</style></head><body><div class=WordSection1><p class=MsoNormal>"
        r"How purchases are published.</p><p class=MsoNormal><b>Speaker:</b> Ana Coral\, Reef Office</p></div></body></html>"
    )
    (record,) = records(
        "UID:a@example.org\nDTSTART;TZID=America/Belize:20200507T103000\nSUMMARY:Session 1: Boats\nDESCRIPTION:\\n\n"
        f"X-ALT-DESC;FMTTYPE=text/html:{page}"
    )
    assert record.introduction.startswith("How purchases are published.")
    assert [(person.role, person.name) for person in record.people] == [("speaker", "Ana Coral")]


WEEKLY = "UID:1\nSUMMARY:Boats\nDTSTART;TZID=America/Belize:20200507T103000\nDURATION:PT1H30M\nRRULE:FREQ=WEEKLY;COUNT=3"


def test_a_day_alone_takes_the_time_of_that_day_out_of_a_series() -> None:
    found = records(f"{WEEKLY}\nEXDATE;VALUE=DATE:20200514")
    assert starts(found) == ["2020-05-07T10:30:00-06:00", "2020-05-21T10:30:00-06:00"]


def test_a_day_alone_says_which_time_of_a_series_is_moved() -> None:
    moved = (
        "UID:1\nSUMMARY:Boats\nRECURRENCE-ID;VALUE=DATE:20200514\nDTSTART;TZID=America/Belize:20200515T103000"
    )
    found = records(WEEKLY, moved)
    assert starts(found) == [f"2020-05-{day}T10:30:00-06:00" for day in ("07", "15", "21")]


def test_a_description_that_stands_as_a_piece_of_a_page_only() -> None:
    event = "UID:1\nSUMMARY:Boats\nDTSTART:20200507T163000Z\nSTYLED-DESCRIPTION;FMTTYPE=text/html:<p>How boats are counted.</p>"
    (found,) = records(event)
    assert found.introduction == "How boats are counted."
