"""What a coordinator is shown before figures are published: once, in one answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import ckan.plugins.toolkit as tk

from ... import config
from ...catalogue import certificates
from ...catalogue.statistics import releases as released
from ...records.attendance import counts, doubts, institutions, people
from ...records.attendance.collector import paused
from ...records.attendance.kinds import sign_in
from ...records.attendance.model import AttendanceFile
from ...schemas.types import SERIES
from ...statistics import proposal
from ...statistics.cells import ASKED, DIMENSIONS, IN_PERSON, MODES, ONLINE
from ...statistics.model import Figure, Proposal, Request, Session
from ...statistics.releases import Release
from . import signing, uploads

# What the mode of a webinar means for how it could be attended.
_MODES = {"in-person": (IN_PERSON,), "online": (ONLINE,)}


class Attendance:
    """The files of one request, read and merged, and what they are about.

    Args:
        dataset: the webinar or series.
        webinars: its sessions, or itself.
        options: what the coordinator sent, as ``opengovbelize_attendance_preview`` takes it.
        sent: the files.
    """

    def __init__(
        self,
        dataset: Mapping[str, Any],
        webinars: Sequence[Mapping[str, Any]],
        options: Mapping[str, Any],
        sent: Iterable[uploads.Upload],
    ) -> None:
        self.dataset = dataset
        self.webinars = webinars
        self.options = options
        with paused():
            self.read = uploads.read(sent, webinars, options["columns"])
            self.covered = [webinar for webinar in webinars if webinar["name"] in self.read.files]
            self.people = people.merge(
                self.read.files,
                corrections=options["corrections"],
                sectors=options["sectors"],
                speakers=uploads.speakers(webinars),
            )

    @property
    def is_whole(self) -> bool:
        """Tell whether the figures of a series as a whole can be made: the files of all its sessions are here."""
        return self.dataset["type"] == SERIES and len(self.covered) == len(self.webinars) > 0

    @property
    def files(self) -> list[AttendanceFile]:
        """Return every file, in the order of the sessions."""
        return [file for webinar in self.covered for file in self.read.files[webinar["name"]]]

    @property
    def ids(self) -> list[str]:
        """Return the ids of the sessions of which there are files."""
        return [webinar["id"] for webinar in self.covered]

    @property
    def collected_by(self) -> set[str]:
        """Return how the figures were collected, codes of the vocabulary ``collection_methods``."""
        found = {"sign-in" if file.kind == sign_in.KIND else "software" for file in self.files}
        found |= {"registration"} if any(file.lists_registrations for file in self.files) else set()
        return found | ({"chat"} if self.read.chats else set())

    def request(self, series: Mapping[str, Any] | None, known: Sequence[Release]) -> Request:
        """Return what is to be published of it."""
        organization = self.dataset["owner_org"]
        series_id = series["id"] if series and self.is_whole else ""
        threshold = released.threshold(self.ids, series_id, organization)
        return Request(
            people=self.people,
            sessions=tuple(self._session(webinar, threshold) for webinar in self.covered),
            series=series["name"] if series else "",
            whole=self.is_whole,
            dimensions=tuple(self.options["dimensions"]),
            crossings=tuple(self.options["crossings"]),
            coarse=frozenset(self.options["coarse"]),
            certificates=self._certificates(series_id) if series_id else None,
            released=tuple(known),
            seconds=config.check_seconds(),
        )

    def _certificates(self, series_id: str) -> int | None:
        """Return how many certificates the series has; None where that cannot be of the people of these files."""
        count = certificates.issued(series_id)
        attended = sum(
            any(presence.joined for presence in person.presence.values()) for person in self.people.people
        )
        return count if count is not None and count <= attended else None

    def _session(self, webinar: Mapping[str, Any], threshold: int) -> Session:
        files = self.read.files[webinar["name"]]
        return Session(
            name=webinar["name"],
            modes=_MODES.get(webinar.get("mode") or "", MODES),
            threshold=threshold,
            registrations=any(file.lists_registrations for file in files),
            times=any(file.has_times for file in files),
            chat=self.read.chats.get(webinar["name"]),
        )


def preview(attendance: Attendance, series: Mapping[str, Any] | None, user_id: str) -> dict[str, Any]:
    """Return what the files hold and what would be published.

    Returns:
        ``files`` (file, session, kind, counts, problems), ``doubts``, ``institutions``, ``unplaced``, ``tables``
        (figures with what was counted, for this one answer), ``refusals``, ``remains``, ``offers``, ``threshold``,
        ``options``, and ``token``, which publishes it; empty where nothing can be published.
    """
    known = released.of(attendance.ids, series["id"] if series else "")
    request = attendance.request(series, known)
    found = proposal.propose(request) if request.sessions else Proposal()
    return {
        "files": [_file(attendance, file) for file in attendance.files],
        "doubts": [
            asdict(doubt) for doubt in doubts.of_people(attendance.people, attendance.options["corrections"])
        ],
        "institutions": [asdict(one) for one in institutions.listed(attendance.read.files)],
        "unplaced": attendance.read.unplaced,
        "tables": [_figure(figure) for figure in found.figures],
        "refusals": [asdict(refusal) for refusal in found.refusals],
        "remains": [asdict(one) for one in found.remains],
        "offers": list(found.offers),
        "threshold": max((session.threshold for session in request.sessions), default=0),
        "whole": request.whole,
        "token": _token(attendance, request, found, known, user_id),
        "minutes": config.preview_minutes(),
    }


def options(data_dict: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the coordinator wants, checked.

    Raises:
        ValidationError: a dimension or a correction that is none, by field.
    """
    errors: dict[str, Any] = {}
    dimensions = [name for name in _listed(data_dict.get("dimensions"), DIMENSIONS) if name]
    crossings = [_pair(pair) for pair in data_dict.get("crossings") or []]
    coarse = _listed(data_dict.get("coarse"), ())
    named = {*dimensions, *coarse, *(name for pair in crossings for name in pair)}
    if not named <= set(DIMENSIONS) or any(len(pair) != 2 for pair in crossings):
        message = tk._("There is no such breakdown. Known are: {names}.")
        errors["dimensions"] = [message.format(names=", ".join(DIMENSIONS))]
    corrections = []
    for name in ("same", "people"):
        for text in _listed(data_dict.get(name), ()):
            try:
                corrections.append(people.Correction.parse(name, text))
            except ValueError:
                errors[name] = [tk._("This correction cannot be read. It names a file and its rows.")]
    if errors:
        raise tk.ValidationError(errors)
    return {
        "dimensions": dimensions,
        "crossings": crossings,
        "coarse": [name for name in coarse if name in ASKED],
        "corrections": corrections,
        "sectors": dict(data_dict.get("sectors") or {}),
        "columns": dict(data_dict.get("columns") or {}),
    }


def _pair(value: Any) -> tuple[str, ...]:
    return tuple(value.split("-")) if isinstance(value, str) else tuple(map(str, value))


def _listed(value: Any, default: Sequence[str]) -> list[str]:
    if value is None:
        return list(default)
    return [value] if isinstance(value, str) else [str(one) for one in value]


def _file(attendance: Attendance, file: AttendanceFile) -> dict[str, Any]:
    session = next(name for name, files in attendance.read.files.items() if file in files)
    return {
        "file": file.file,
        "session": session,
        "kind": file.kind.label,
        "counts": counts.counts(file, attendance.options["corrections"]),
        "problems": [problem.as_dict() for problem in file.problems],
        "columns": list(file.columns),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {**asdict(figure.row), "count": figure.count, "why": figure.why}


def _token(
    attendance: Attendance, request: Request, found: Proposal, known: Sequence[Release], user_id: str
) -> str:
    if not any(row.status == "A" for row in found.rows):
        return ""
    return signing.sign(
        signing.Preview(
            dataset=attendance.dataset["id"],
            sessions=tuple(attendance.ids),
            expected=released.fingerprint(known),
            threshold=max(session.threshold for session in request.sessions),
            collected=tuple(sorted(attendance.collected_by)),
            rows=tuple(found.rows),
        ),
        user_id,
    )
