"""From attendance files to the people who get a certificate. What is read is forgotten with the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk

from ...catalogue import sessions
from ...certificates import fonts, naming, rules
from ...certificates.rules import Earner, Rule, Session
from ...records.attendance import doubts, people
from ..attendance import uploads

CANCELLED = "cancelled"


class Prepared:
    """The files of one request and who has earned a certificate by them.

    Args:
        series: the dataset.
        data_dict: what the coordinator sent, as ``opengovbelize_certificate_preview`` takes it.

    Raises:
        ValidationError: something is missing or wrong, by field.
    """

    def __init__(self, series: Mapping[str, Any], data_dict: Mapping[str, Any]) -> None:
        sent = uploads.from_action(data_dict)
        if not sent:
            raise tk.ValidationError({"file": [tk._("Choose the attendance files of all sessions.")]})
        self.webinars = sessions.of_series(series["id"])
        self.read = uploads.read(sent, self.webinars, dict(data_dict.get("columns") or {}))
        self.covered = [webinar for webinar in self.webinars if self.read.files.get(webinar["name"])]
        self.people = people.merge(
            self.read.files, corrections=_corrections(data_dict), speakers=uploads.speakers(self.webinars)
        )
        self.qualified = rules.qualify(
            self.people,
            rule_of(series, self.webinars),
            [Session(webinar["name"], self._seconds(webinar)) for webinar in self.covered],
        )
        self._names = {str(key): str(name) for key, name in dict(data_dict.get("names") or {}).items()}
        self._left_out = set(_listed(data_dict.get("leave")))
        self._included = set(_listed(data_dict.get("include")))

    def name(self, earner: Earner) -> str:
        """Return the name that the certificate would bear: the coordinator's word, or the fullest of the files."""
        return naming.as_printed(self._names.get(earner.key, earner.name))

    def gets_one(self, earner: Earner) -> bool:
        """Tell whether somebody gets a certificate as things stand."""
        wanted = earner.key not in self._left_out and (earner.earned or earner.key in self._included)
        return wanted and bool(self.name(earner))

    def attended(self, earner: Earner) -> int:
        """Return how many sessions the certificate states; who spoke in one was there."""
        spoken = () if earner.earned else _sessions(earner, rules.PUBLIC_ROLE)
        return min(len(earner.attended) + len(spoken), self.qualified.sessions)

    @property
    def chosen(self) -> list[Earner]:
        """Return everybody who gets a certificate."""
        return [earner for earner in self.qualified.earners if self.gets_one(earner)]

    def as_dict(self) -> dict[str, Any]:
        """Return the answer of the preview."""
        return {
            "files": [
                {
                    "file": file.file,
                    "session": session,
                    "kind": file.kind.label,
                    "problems": [problem.as_dict() for problem in file.problems],
                    "columns": list(file.columns),
                }
                for session, files in self.read.files.items()
                for file in files
            ],
            "unplaced": self.read.unplaced,
            "doubts": [asdict(doubt) for doubt in doubts.of_people(self.people)],
            "sessions": self.qualified.sessions,
            "needed": self.qualified.needed,
            "attended": self.qualified.attended,
            "refusals": [asdict(refusal) for refusal in self.qualified.refusals],
            "participants": [self._participant(earner) for earner in self.qualified.earners],
            "certificates": len(self.chosen),
        }

    def _participant(self, earner: Earner) -> dict[str, Any]:
        name = self.name(earner)
        return {
            "key": earner.key,
            "name": name,
            "names": list(earner.names),
            "attended": self.attended(earner),
            "earned": earner.earned,
            "left_out": earner.key in self._left_out,
            "included": earner.key in self._included,
            "gets_one": self.gets_one(earner),
            "doubts": [asdict(doubt) for doubt in earner.doubts if not self._is_settled(doubt, earner, name)],
            "missing_letters": fonts.missing(name),
        }

    def _is_settled(self, doubt: rules.Doubt, earner: Earner, name: str) -> bool:
        """Tell whether a name that the coordinator wrote answers a doubt about the name."""
        about_name = doubt.code in (rules.NO_NAME, rules.ODD_NAME, rules.SEVERAL_NAMES)
        return about_name and bool(name) and name != earner.name

    def _seconds(self, webinar: Mapping[str, Any]) -> float | None:
        """Return how long a session was: by its own record, else by what the meeting software says."""
        stated = _between(webinar.get("start"), webinar.get("end"))
        if stated:
            return stated
        files = self.read.files[webinar["name"]]
        spans = [(file.end - file.start).total_seconds() for file in files if file.start and file.end]
        return max(spans, default=0) or None


def rule_of(series: Mapping[str, Any], webinars: Sequence[Mapping[str, Any]]) -> Rule:
    """Return the rule of a series; where it states no number of sessions, those that the portal knows are meant."""
    known = sum(webinar.get("status") != CANCELLED for webinar in webinars)
    return Rule(
        planned=_number(series.get("planned_sessions")) or known or None,
        needed=_number(series.get("certificate_sessions")),
        share=_number(series.get("certificate_share")),
    )


def _sessions(earner: Earner, code: str) -> tuple[str, ...]:
    return next((doubt.sessions for doubt in earner.doubts if doubt.code == code), ())


def _between(start: Any, end: Any) -> float | None:
    try:
        return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() or None
    except (TypeError, ValueError):
        return None


def _number(value: Any) -> int | None:
    return int(value) if str(value or "").isdecimal() else None


def _corrections(data_dict: Mapping[str, Any]) -> list[people.Correction]:
    found = []
    for kind in ("same", "people"):
        for text in _listed(data_dict.get(kind)):
            try:
                found.append(people.Correction.parse(kind, text))
            except ValueError:
                message = tk._("This correction cannot be read. It names a file and its rows.")
                raise tk.ValidationError({kind: [message]}) from None
    return found


def _listed(value: Any) -> list[str]:
    if not value:
        return []
    return [value] if isinstance(value, str) else [str(one) for one in value]
