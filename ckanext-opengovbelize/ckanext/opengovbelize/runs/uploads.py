"""Records that a person sends: shown first, published when she says so, with a report like every run.

Between the two nothing is kept here. What travels is ``Shown``: what the screen has let through, keys and codes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import ckan.model as model

from .. import config
from ..catalogue import ledger
from ..catalogue import publish as publishing
from ..catalogue.outcomes import RecordOutcome
from ..catalogue.pipeline import Incoming
from ..catalogue.watch import Watch
from ..records.problems import Problem
from ..sources import SourceConfig, SourceError
from ..sources.uploads import Upload, open_uploads, too_many
from . import batches, pipeline, reports, settings
from .batches import Batch
from .gathered import Gathered

# Somebody waits for the answer, and web servers give up after a minute or two.
_READ_SECONDS = 60


class ChangedMeanwhileError(Exception):
    """Somebody else sent something of the same records after they were shown."""


@dataclass
class Shown:
    """What an upload would do, as it was shown.

    Attributes:
        organization: id of the organization whose records they are.
        options: what was said of all records: ``series``, ``session``, ``plan``.
        batches: what to publish.
        settled: what became of the other records.
        problems: what concerns the upload as a whole.
        before: by key, the hash of what the ledger had.
    """

    organization: str
    options: dict[str, Any]
    batches: list[Batch]
    settled: list[RecordOutcome]
    problems: list[Problem]
    before: dict[str, str]

    def as_dict(self) -> dict[str, Any]:
        """Return plain values that ``json`` can write and ``from_dict`` reads back."""
        return {
            **vars(self),
            "batches": [batch.as_dict() for batch in self.batches],
            "settled": [_without_values(outcome).as_dict() for outcome in self.settled],
            "problems": [asdict(problem) for problem in self.problems],
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Shown:
        """Build it from what ``as_dict`` returned."""
        return cls(
            **{
                **values,
                "batches": [Batch.from_dict(batch) for batch in values["batches"]],
                "settled": [RecordOutcome.from_dict(row) for row in values["settled"]],
                "problems": [Problem(**row) for row in values["problems"]],
            }
        )


def preview(
    uploads: Sequence[Upload], organization: model.Group, options: dict[str, Any]
) -> tuple[Gathered, Shown]:
    """Tell what publishing these files would do. Writes nothing.

    Args:
        uploads: the files, as they are.
        organization: whose records they are.
        options: of ``SourceConfig``: ``series``, ``session``, ``plan``.

    Raises:
        SourceError: they are too many.
    """
    most = config.max_upload_records()
    source_config = SourceConfig(**options)
    source = settings.uploads_source(organization, source_config)
    # What comes in between was not compared with.
    before = ledger.hashes(source.id)
    limits = replace(settings.limits(), max_records=most, until=time.monotonic() + _READ_SECONDS)
    opened = open_uploads(uploads, source_config, limits)
    gathered = pipeline.gather(source, opened, source_config, read_all=True)
    if len(gathered.outcomes) > most:
        raise SourceError(too_many(most))
    to_publish = {item.record_key for item in gathered.incoming}
    shown = Shown(
        organization=organization.id,
        options=options,
        batches=list(batches.split(gathered)),
        settled=[outcome for outcome in gathered.outcomes if outcome.key not in to_publish],
        problems=gathered.problems,
        before={key: known for key, known in before.items() if key in to_publish},
    )
    return gathered, shown


def publish(shown: Shown, organization: model.Group, user: str) -> str:
    """Publish what was shown, and return the id of the run whose report tells what became of each record.

    Args:
        shown: what ``preview`` returned.
        organization: whose records they are.
        user: name of the user in whose name.

    Raises:
        ChangedMeanwhileError: other records of the same sessions were sent since.
    """
    source = settings.uploads_source(organization, SourceConfig(**shown.options))
    items = [item for batch in shown.batches for item in batch.items]
    with publishing.alone(source.id):
        now = ledger.hashes(source.id)
        if any(
            now.get(item.record_key, "") not in (shown.before.get(item.record_key, ""), item.content_hash)
            for item in items
        ):
            raise ChangedMeanwhileError
        return _publish(shown, items, source, organization, user)


def _publish(
    shown: Shown, items: list[Incoming], source: ledger.Source, organization: model.Group, user: str
) -> str:
    foretold = [batch.expected[key] for batch in shown.batches for key in batch.keys]
    outcomes = [*foretold, *shown.settled]
    source = replace(source, together=frozenset(outcome.key for outcome in outcomes))
    run_id = reports.start(source.id, organization.id).id
    reports.gathered(run_id, Gathered(outcomes, items, problems=shown.problems), {})
    model.Session.commit()
    for batch in shown.batches:
        watch = Watch()
        done = batches.publish(
            batch, source, user, note=lambda outcome: reports.note(run_id, outcome), watch=watch
        )
        reports.imported(run_id, done, watch.take())
    return run_id


def _without_values(outcome: RecordOutcome) -> RecordOutcome:
    return replace(outcome, fields={}, proposed=[], changes=[])
