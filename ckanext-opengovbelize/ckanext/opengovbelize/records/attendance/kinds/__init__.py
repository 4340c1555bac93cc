"""One file a form of attendance report. ``READERS`` are asked in order; the first that knows a file reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..grid import Line
from ..model import AttendanceFile, Kind
from . import (
    adobe_connect,
    check_in,
    form,
    google_meet,
    meeting,
    sign_in,
    teams_current,
    teams_old,
    webex,
    zoom_meeting,
    zoom_webinar,
)
from .context import Context


class Reader(NamedTuple):
    """How one form is known and read."""

    knows: Callable[[Sequence[Line]], Kind | None]
    read: Callable[[Sequence[Line], Context, AttendanceFile], None]


SOFTWARE = (
    Reader(zoom_webinar.knows, zoom_webinar.read),
    Reader(teams_current.knows, teams_current.read),
    Reader(teams_old.knows, teams_old.read),
    Reader(zoom_meeting.knows, zoom_meeting.read),
    Reader(webex.knows, webex.read),
    Reader(adobe_connect.knows_table, adobe_connect.read_table),
    Reader(google_meet.knows, google_meet.read),
    Reader(meeting.knows, meeting.read),
    Reader(check_in.knows, check_in.read),
)
READERS = (*SOFTWARE, Reader(form.knows, form.read), Reader(sign_in.knows, sign_in.read))
