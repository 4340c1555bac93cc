"""Invented meetings, and how each software writes them down. Tests draw one and know the truth about it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

BEGIN = datetime(2025, 4, 23, 10, 0, 0)


@dataclass(frozen=True)
class Coming:
    """Somebody's coming and going, in seconds from the beginning; None where the file does not say."""

    name: str
    email: str = ""
    start: int | None = 0
    end: int | None = 3_600
    role: str = "attendee"
    country: str = "Belize"


@dataclass(frozen=True)
class Form:
    """A form of report: how it is called, and how comings become a file.

    Attributes:
        kind: its code.
        write: the lines of cells of a report, or the text of one that is no table.
        has_roles: whether it tells hosts and panelists from others.
        has_emails: whether it has a column for addresses.
        is_table: whether it can be written with any delimiter.
    """

    kind: str
    write: Callable[[Sequence[Coming]], list[list[str]] | str]
    has_roles: bool = True
    has_emails: bool = True
    is_table: bool = True

    def text(self, comings: Sequence[Coming], delimiter: str = ",") -> str:
        """Return the report as text."""
        written = self.write(comings)
        if isinstance(written, str):
            return written
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter).writerows(written)
        return out.getvalue()

    def data(self, comings: Sequence[Coming], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
        """Return the report as a file."""
        text = self.text(comings, delimiter)
        if not self.is_table:
            # XML says its encoding itself.
            return text.replace("utf-8", encoding.replace("utf-8-sig", "utf-8"), 1).encode(encoding)
        return text.encode(encoding)


def _at(seconds: int | None, form: str) -> str:
    return "" if seconds is None else (BEGIN + timedelta(seconds=seconds)).strftime(form)


def _minutes(coming: Coming) -> str:
    if coming.start is None or coming.end is None:
        return ""
    return str((coming.end - coming.start) // 60 + 1)


_SLASHES, _NAMED, _ISO = "%m/%d/%Y %I:%M:%S %p", "%b %d, %Y %H:%M:%S", "%Y-%m-%d %H:%M:%S"


def zoom_webinar_2020(comings: Sequence[Coming]) -> list[list[str]]:
    """Sections, month names, a clock of 24 hours; who has no address stands under "Other Attended"."""
    times = ["Join Time", "Leave Time", "Time in Session (minutes)", "Country/Region Name"]
    lines = [
        ["Attendee Report", ""],
        ["Topic", "Webinar ID", "Actual Start Time", "Actual Duration (minutes)", "# Registered"],
        ["Counting boats", "1", _at(0, _NAMED), "120", str(len(comings))],
    ]
    for title, role in (("Host Details", "host"), ("Panelist Details", "panelist")):
        lines += [[title, ""], ["Attended", "User Name", "Email", *times]]
        lines += [
            ["Yes", one.name, one.email, *_span(one, _NAMED), one.country]
            for one in comings
            if one.role == role
        ]
    lines += [
        ["Attendee Details", ""],
        [
            "Attended",
            "User Name",
            "First Name",
            "Last Name",
            "Email",
            "Registration Time",
            "Approval Status",
            *times,
        ],
    ]
    lines += [
        [
            "Yes",
            one.name,
            "",
            "",
            one.email,
            _at(-90_000, _NAMED),
            "approved",
            *_span(one, _NAMED),
            one.country,
        ]
        for one in comings
        if one.role == "attendee" and one.email
    ]
    lines += [["Other Attended", ""], ["User Name", *times]]
    lines += [
        [one.name, *_span(one, _NAMED), one.country]
        for one in comings
        if one.role == "attendee" and not one.email
    ]
    return lines


def zoom_webinar(comings: Sequence[Coming]) -> list[list[str]]:
    """The current form: sections in another order, padded lines, a question of the registration among the columns."""
    times = ["Join Time", "Leave Time", "Time in Session (minutes)", "Is Guest"]
    attendees = [
        ["Attendee Details"],
        [
            "Attended",
            "User Name (Original Name)",
            "Email",
            "Why do you come?",
            "Registration Time",
            "Approval Status",
        ]
        + [*times, "Country/Region Name"],
    ]
    attendees += [
        ["Yes", one.name, one.email, "to learn, slowly", _at(-90_000, _SLASHES), "approved"]
        + [*_span(one, _SLASHES), "Yes", one.country]
        for one in comings
        if one.role == "attendee"
    ]
    others = []
    for title, role in (("Panelist Details", "panelist"), ("Host Details", "host")):
        others += [[title], ["Attended", "User Name (Original Name)", "Email", *times, "Country/Region Name"]]
        others += [
            ["Yes", one.name, one.email, *_span(one, _SLASHES), "No", one.country]
            for one in comings
            if one.role == role
        ]
    lines = [
        ["Attendee Report"],
        ["Topic", "Webinar ID", "Actual Start Time", "Actual Duration (minutes)", "# Registrants"],
        ["Counting boats", "1", _at(0, _SLASHES), "120", str(len(comings))],
        *attendees,
        *others,
    ]
    width = max(map(len, lines))
    return [[*line, *[""] * (width - len(line))] for line in lines]


def zoom_meeting(comings: Sequence[Coming]) -> list[list[str]]:
    """A block about the meeting with the host's address, an empty line, the participants."""
    host = next((one.email for one in comings if one.role == "host"), "")
    return [
        ["Meeting ID", "Topic", "Start Time", "End Time", "User Email", "Duration (Minutes)", "Participants"],
        ["1", "Counting boats", _at(0, _SLASHES), _at(7_200, _SLASHES), host, "120", "9"],
        [],
        ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"],
        *([one.name, one.email, *_span(one, _SLASHES), "Yes"] for one in comings),
    ]


def teams_old(comings: Sequence[Coming]) -> list[list[str]]:
    """A line for each action."""
    lines = [["Full Name", "User Action", "Timestamp"]]
    for one in comings:
        if one.start is not None:
            lines.append([one.name, "Joined", _at(one.start, "%m/%d/%Y, %I:%M:%S %p")])
        if one.end is not None:
            lines.append([one.name, "Left", _at(one.end, "%m/%d/%Y, %I:%M:%S %p")])
    return lines


def teams_current(comings: Sequence[Coming]) -> list[list[str]]:
    """A summary, the participants with first coming and last going, and each activity."""
    roles = {"host": "Organizer", "panelist": "Presenter", "attendee": "Attendee"}
    form = "%m/%d/%y, %I:%M:%S %p"
    lines = [
        ["1. Summary"],
        ["Meeting title", "Counting\nboats"],
        ["Start time", _at(0, form)],
        ["End time", _at(7_200, form)],
        [],
        ["2. Participants"],
        ["Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Participant ID (UPN)", "Role"],
    ]
    first: dict[str, Coming] = {}
    for one in comings:
        first.setdefault(one.email or one.name, one)
    lines += [
        [one.name, _at(one.start, form), _at(7_200, form), "1h 5s", one.email, one.email, roles[one.role]]
        for one in first.values()
    ]
    lines += [
        [],
        ["3. In-Meeting Activities"],
        ["Name", "Join Time", "Leave Time", "Duration", "Email", "Role"],
    ]
    lines += [
        [one.name, _at(one.start, form), _at(one.end, form), "1m", one.email, roles[one.role]]
        for one in comings
    ]
    return lines


def webex(comings: Sequence[Coming]) -> list[list[str]]:
    """Every line repeats the meeting."""
    meeting = ["Counting boats", _at(0, _ISO), _at(7_200, _ISO)]
    return [
        ["Meeting Name", "Meeting Start Time", "Meeting End Time", "Name", "Attendee Email"]
        + ["Join Time", "Leave Time", "Attendance Duration", "Connection Type"],
        *(
            [
                *meeting,
                one.name,
                one.email,
                _at(one.start, _ISO),
                _at(one.end, _ISO),
                _minutes(one) + " mins",
                "App",
            ]
            for one in comings
        ),
    ]


def adobe_connect(comings: Sequence[Coming]) -> str:
    """XML in the time of the server, all in one line."""
    rows = "".join(
        f"<row><login>{escape(one.email)}</login><session-name>{escape(one.name)}</session-name>"
        f"<sco-name>Counting &amp; boats</sco-name>{_element('date-created', one.start)}"
        f"{_element('date-end', one.end)}<participant-name>{escape(one.name)}</participant-name></row>"
        for one in comings
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><results><status code="ok"/>'
        f"<report-meeting-attendance>{rows}</report-meeting-attendance></results>"
    )


def sign_in(comings: Sequence[Coming]) -> list[list[str]]:
    """A sheet with a title, in Spanish."""
    return [
        ["Lista de asistencia: contar barcos"],
        ["N.º", "Nombre y apellidos", "Institución", "Distrito", "Correo electrónico", "Firma"],
        *(
            [str(number), one.name, "Ceiba Data Club", "Cayo", one.email, "x"]
            for number, one in enumerate(comings, 1)
        ),
    ]


def _span(one: Coming, form: str) -> list[str]:
    return [_at(one.start, form), _at(one.end, form), _minutes(one)]


def _element(name: str, seconds: int | None) -> str:
    # The server is two hours ahead of Belize.
    text = "" if seconds is None else _at(seconds + 7_200, "%Y-%m-%dT%H:%M:%S.000-04:00")
    return f"<{name}>{text}</{name}>" if text else ""


FORMS = (
    Form("zoom-webinar-2020", zoom_webinar_2020),
    Form("zoom-webinar", zoom_webinar),
    Form("zoom-meeting", zoom_meeting),
    Form("teams-old", teams_old, has_roles=False, has_emails=False),
    Form("teams-current", teams_current),
    Form("webex", webex, has_roles=False),
    Form("adobe-connect", adobe_connect, has_roles=False, is_table=False),
    Form("sign-in", sign_in, has_roles=False),
)
