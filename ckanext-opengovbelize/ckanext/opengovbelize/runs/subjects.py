"""Session records that are known by what they are about, so that they are compared once all of them are read.

So it is with files that people send: two of them call two records ``webinar.docx``, and one calls the corrected record
otherwise. A record takes the place of what was sent of the same session before. A chat, captions or a video keep a
place of their own beside it, also where they came together with the record: sending one of them anew takes nothing of
the other away.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import count

from .. import config
from ..catalogue import coding, identity, ledger, series
from ..catalogue import pipeline as catalogue
from ..catalogue.foreseen import Foreseen
from ..catalogue.ledger import Source
from ..catalogue.pipeline import Incoming
from ..catalogue.webinar_road import WebinarMatch, WebinarRoad
from ..privacy.screen import screen
from ..records.drafts import Draft
from ..records.problems import Problem
from ..records.session import SessionRecord, take_along
from ..sources import Found, SourceError
from ..sources.uploads import too_many
from . import keys
from .walk import Walk

SESSION, CHAT, CAPTIONS = "session", "chat", "captions"

_ROAD = WebinarRoad()
_TELLING = ("session_number", "title", "start", "date_as_stated")


@dataclass
class Told:
    """One record, read and screened, before it is known what it is about.

    Attributes:
        draft: the record.
        kind: ``session``, or what it adds to one.
        content_hash: what tells whether the ledger has it already.
        label: how reports name its file.
        place: a key by where it lies, for what cannot be published.
    """

    draft: Draft
    kind: str
    content_hash: str
    label: str
    place: str


class Subjects:
    """The session records of one walk that are known by what they are about."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self._told: list[Told] = []
        self._taken: set[str] = set()
        # How reports name the records of sessions, by the dataset's id or the key of one that is yet to be made.
        self._sessions: dict[str, str] = {}

    def take(
        self, found: Found, records: list[SessionRecord], parts: list[SessionRecord], label: str
    ) -> None:
        """Take the records of a file, and the chats and captions beside it."""
        if len(records) == 1 and parts and not records[0].belongs:
            told = self._together(records[0], parts, label)
        else:
            told = [self._alone(record, label) for record in [*records, *parts]]
        for number, each in enumerate(told, start=1):
            each.place = self.walk.key(found, number)
        self._told += told

    def _alone(self, record: SessionRecord, label: str) -> Told:
        return Told(self._screened(record), record.belongs or SESSION, self._hash(record), label, "")

    def _together(self, record: SessionRecord, parts: list[SessionRecord], label: str) -> list[Told]:
        """Screen a record with its chats and captions, whose people are looked for in all of it; part them again."""
        whole = deepcopy(record)
        for part in parts:
            take_along(whole, part)
        content_hash = self._hash(whole)
        draft, own = self._screened(whole), self._screened(record)
        told = [Told(draft, SESSION, content_hash, label, "")]
        for kind in dict.fromkeys(part.belongs or CHAT for part in parts):
            file = next(part.file for part in parts if (part.belongs or CHAT) == kind)
            added = replace(
                draft, fields={}, resources=[], proposals=[], problems=[], file=file, belongs=True
            )
            added.fields = {name: draft.fields[name] for name in _TELLING if name in draft.fields}
            told.append(Told(added, kind, content_hash, file, ""))
        _part(draft, own, {each.kind: each.draft for each in told[1:]})
        return told

    def _screened(self, record: SessionRecord) -> Draft:
        with self.walk.watch.stage("screen"):
            return coding.coded(screen(record, self.walk.policy))

    def _hash(self, record: SessionRecord) -> str:
        return keys.session_hash(self.walk.policy.hash_key, record, self.walk.salt)

    def compare(self) -> None:
        """Compare the records, those first that are known already, and what adds to others last.

        Raises:
            SourceError: they are too many.
        """
        if len(self._told) > config.max_upload_records():
            raise SourceError(too_many(config.max_upload_records()))
        alone = {told.place: self._match(told, self.walk.source, Foreseen())[1] for told in self._told}
        ids = {match.package_id for match in alone.values() if match.package_id}
        known = {key for id_ in ids for key in ledger.hashes(self.walk.source.id, id_)}
        source = replace(self.walk.source, together=frozenset(known))
        for told in sorted(
            self._told, key=lambda told: (told.kind != SESSION, alone[told.place].package is None)
        ):
            self._compare(told, source)

    def _compare(self, told: Told, source: Source) -> None:
        base, match = self._match(told, source, self.walk.foreseen)
        key = told.place
        if not any(problem.rejects for problem in told.draft.problems):
            if told.kind == SESSION and (rival := self._rival(base, match)):
                told.draft.problems.append(_twice(rival, told.draft))
            else:
                key = self._key(told, base, match.package_id)
        if key != told.place and told.kind == SESSION:
            self._sessions[match.package_id or key] = told.draft.file or told.label
        self._taken.add(key)
        with self.walk.watch.stage("compare"):
            comparison = catalogue.compare(told.draft, source, key, told.content_hash, self.walk.foreseen)
        self.walk.note([self.walk.outcome(told.draft, key, told.label, comparison)])
        if comparison.to_publish:
            self.walk.publish_later(Incoming(told.draft, key, told.content_hash))

    def _match(self, told: Told, source: Source, foreseen: Foreseen) -> tuple[str, WebinarMatch]:
        """Return what a record is about, and the key that it gets where nothing was sent of that before.

        What is about something else meanwhile keeps its key: a session may have got another number.
        """
        for key in self._bases(told, source, foreseen):
            known = ledger.entry(source.id, key)
            match = _ROAD.match(told.draft, source, key, known, foreseen)
            if known is None or match.package_id == known.package_id:
                return key, match
        raise AssertionError("unreachable")

    def _bases(self, told: Told, source: Source, foreseen: Foreseen) -> Iterator[str]:
        found = series.match(told.draft, source, foreseen.series)
        facts = identity.facts_of_draft(told.draft, found.name if found else "")
        subject = facts.number_key or f"{facts.title}\n{facts.start}"
        for number in count(1):
            key = keys.subject_key(self.walk.policy.hash_key, told.kind, subject, number)
            # Of chats there may be several of one session.
            if told.kind == SESSION or key not in self._taken:
                yield key

    def _rival(self, base: str, match: WebinarMatch) -> str:
        """Return the record of this upload that tells of the same session, empty where there is none."""
        said = match.webinar.said if match.webinar else []
        about = [match.package_id or base, *(row.record_key for row in said)]
        return next((self._sessions[key] for key in about if key in self._sessions), "")

    def _key(self, told: Told, base: str, package_id: str | None) -> str:
        """Return the key of what was sent before of the same kind about the same session, else a new one."""
        former = ledger.hashes(self.walk.source.id, package_id) if package_id else {}
        free = [key for key in former if keys.is_of_kind(key, told.kind) and key not in self._taken]
        same = [key for key in free if former[key] == told.content_hash]
        return next(iter([*same, *free]), base)


def _part(draft: Draft, own: Draft, added: dict[str, Draft]) -> None:
    """Move what the record does not say by itself from its draft to those of what lies beside it."""
    said = added.get(CHAT) or next(iter(added.values()))
    for name in ("questions", "messages"):
        codes = {row["code"] for row in own.fields.get(name, [])}
        rows = draft.fields.pop(name, [])
        for target, mine in ((draft, True), (said, False)):
            if chosen := [row for row in rows if (row["code"] in codes) == mine]:
                target.fields[name] = chosen
    mine = {proposal.key for proposal in own.proposals}
    said.proposals = [proposal for proposal in draft.proposals if proposal.key not in mine]
    draft.proposals = [proposal for proposal in draft.proposals if proposal.key in mine]
    if "transcript" in draft.fields and "transcript" not in own.fields:
        spoken = added.get(CAPTIONS, said)
        spoken.fields["transcript"] = draft.fields.pop("transcript")


def _twice(rival: str, draft: Draft) -> Problem:
    return Problem(
        "session-twice",
        f"Another record of the same upload, {rival}, tells of the same session: it has the same series and number, or "
        "the same title and start. Send one of them. If they are two sessions, give both their numbers.",
        file=draft.file,
        place=draft.place,
        rejects=True,
    )
