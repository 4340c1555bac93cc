"""Teams' two forms where they are not tidy: two devices at once, somebody missing in a section."""

from __future__ import annotations

from ckanext.opengovbelize.records.attendance.counts import counts
from ckanext.opengovbelize.records.attendance.reading import read

SUMMARY = ["1. Summary", "Meeting title\tCounting boats", "Start time\t5/17/20, 10:00:00 AM", ""]
PARTICIPANTS = [
    "2. Participants",
    "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole",
    "Orla Sandpiper\t5/17/20, 10:00:00 AM\t5/17/20, 11:00:00 AM\t40m\torla@example.org\torla@example.org\tAttendee",
    "Bruno Keel\t5/17/20, 10:00:00 AM\t5/17/20, 11:30:00 AM\t1h 20m\tbruno@example.org\tbruno@example.org\tAttendee",
    "Petronel Vask\t5/17/20, 9:50:00 AM\t5/17/20, 11:30:00 AM\t1h 40m\tvask@example.org\tvask@example.org\tCo-organizer",
    "",
]
ACTIVITIES = [
    "3. In-Meeting Activities",
    "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole",
    "Orla Sandpiper\t5/17/20, 10:00:00 AM\t5/17/20, 10:20:00 AM\t20m\t\tAttendee",
    "Orla Sandpiper\t5/17/20, 10:40:00 AM\t5/17/20, 11:00:00 AM\t20m\t\tAttendee",
]


def minutes_of(lines):
    found = counts(read("\n".join(lines).encode("utf-16"), file="report.csv"))
    return found["unique_attendees"], [round(value) for value in found["minutes"].values()]


def old_list(*actions):
    lines = ["Full Name\tUser Action\tTimestamp"]
    lines += [f"Orla Sandpiper\t{action}\t4/30/2020, {time} AM" for action, time in actions]
    return lines


def test_somebody_without_a_listed_activity_is_read_from_the_participants():
    assert minutes_of(SUMMARY + PARTICIPANTS + ACTIVITIES) == (2, [0, 1, 0, 1, 0, 60, 80])


def test_the_participants_alone_are_enough():
    assert minutes_of(SUMMARY + PARTICIPANTS) == (2, [0, 1, 0, 1, 0, 60, 80])


LIVE_EVENT = """Session Id,Participant Id,Full Name,UserAgent,UtcEventTimestamp,Action,Role
a,bruno@example.org,Bruno Keel,Browser,5/17/2020 4:00:00 PM,Joined,Attendee
a,bruno@example.org,Bruno Keel,Browser,5/17/2020 5:00:00 PM,Left,Attendee
a,vask@example.org,Petronel Vask,Browser,5/17/2020 4:00:00 PM,Joined,Producer
"""


def test_the_list_of_a_live_event_gives_its_times_in_utc_and_roles():
    found = read(LIVE_EVENT.encode(), file="list.csv")
    assert (found.kind.code, minutes_of(LIVE_EVENT.splitlines())[0]) == ("teams-old", 1)
    assert found.rows[0].start.isoformat() == "2020-05-17T16:00:00+00:00"
    assert counts(found)["hosts_and_panelists_excluded"] == 1


def test_two_devices_at_once_are_paired_from_the_inside():
    lines = old_list(
        ("Joined", "10:00:00"), ("Joined", "10:10:00"), ("Left", "10:20:00"), ("Left", "11:00:00")
    )
    assert minutes_of(lines) == (1, [0, 0, 1, 0, 0, 60, 60])


def test_a_coming_without_a_going_leaves_the_time_unknown():
    lines = old_list(("Joined before", "10:00:00"), ("Joined", "10:30:00"), ("Left", "11:00:00"))
    buckets = read("\n".join(lines).encode("utf-16"), file="list.csv")
    assert counts(buckets)["minutes"]["unknown"] == 1
    assert [row.end is None for row in buckets.rows] == [True, False]
