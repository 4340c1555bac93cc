"""The second part of the road from a source to the catalogue: what was gathered is published, batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from .. import config
from ..catalogue import pipeline as catalogue
from ..catalogue.ledger import Source
from ..catalogue.outages import give_way
from ..catalogue.outcomes import RecordOutcome
from ..catalogue.pipeline import Incoming
from ..catalogue.plans import TYPES as PLAN_TYPES
from ..catalogue.watch import Watch
from ..records.drafts import Draft
from ..records.problems import Problem
from ..schemas.types import WEBINAR
from .pipeline import Gathered

T = TypeVar("T")


@dataclass
class Batch:
    """Part of what was gathered, small enough for one index commit.

    Attributes:
        items: records to publish.
        gone: keys of records to withdraw.
        expected: by key, what ``gather`` foretold.
    """

    items: list[Incoming]
    gone: list[str]
    expected: dict[str, RecordOutcome]

    @property
    def keys(self) -> list[str]:
        """Return the keys of all its records."""
        return [*(item.record_key for item in self.items), *self.gone]

    def only(self, keys: set[str]) -> Batch:
        """Return what of it has these keys."""
        items = [item for item in self.items if item.record_key in keys]
        return Batch(items, [key for key in self.gone if key in keys], self.expected)

    def as_dict(self) -> dict[str, Any]:
        """Return plain values that ``json`` can write: screened drafts, keys and codes."""
        return {
            "items": [
                {"draft": item.draft.as_dict(), "key": item.record_key, "hash": item.content_hash}
                for item in self.items
            ],
            "gone": self.gone,
            "expected": [{**self.expected[key].as_dict(), "fields": {}} for key in self.keys],
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Batch:
        """Build a batch from what ``as_dict`` returned."""
        expected = [RecordOutcome.from_dict(row) for row in values["expected"]]
        return cls(
            items=[
                Incoming(Draft.from_dict(row["draft"]), row["key"], row["hash"]) for row in values["items"]
            ],
            gone=values["gone"],
            expected={outcome.key: outcome for outcome in expected},
        )


def split(gathered: Gathered) -> Iterator[Batch]:
    """Return what has to be published or withdrawn, in parts."""
    expected = {outcome.key: outcome for outcome in gathered.outcomes}
    size = config.batch_size()
    of_plans = [item for item in gathered.incoming if item.draft.type in PLAN_TYPES]
    others = [item for item in gathered.incoming if item.draft.type not in PLAN_TYPES]
    for start in range(0, len(others), size):
        yield Batch(others[start : start + size], [], expected)
    if of_plans:
        # They depend on each other, and batches may overtake each other.
        yield Batch(of_plans, [], expected)
    for start in range(0, len(gathered.gone), size):
        yield Batch([], gathered.gone[start : start + size], expected)


def publish(
    batch: Batch,
    source: Source,
    user: str,
    *,
    note: Callable[[RecordOutcome], object] = lambda outcome: None,
    progress: Callable[[], object] = lambda: None,
    watch: Watch | None = None,
) -> list[RecordOutcome]:
    """Publish and withdraw a batch, and say of each of its records what became of it.

    Args:
        batch: what to publish and withdraw.
        source: where it comes from.
        user: in whose name.
        note: called with what becomes of a record, in the transaction that makes it so.
        progress: called before each record.
        watch: counts the time of each stage.
    """
    work = _Publishing(batch, source, user, note, progress, watch or Watch())
    try:
        outcomes = work.publish(batch)
    except Exception as error:
        give_way(error, "publish a batch")
        # The records are tried one by one, so that those which are in order are not held up by the others.
        outcomes = [outcome for single in _singles(batch) for outcome in work.publish_single(single)]
    by_key = {outcome.key: outcome for outcome in outcomes}
    return [_answer(by_key.get(key), work.noted.get(key), batch.expected.get(key), key) for key in batch.keys]


@dataclass
class _Publishing:
    """One attempt to publish a batch, with what was done of it for good."""

    batch: Batch
    source: Source
    user: str
    note: Callable[[RecordOutcome], object]
    progress: Callable[[], object]
    watch: Watch
    noted: dict[str, RecordOutcome] = field(default_factory=dict)

    def publish(self, batch: Batch) -> list[RecordOutcome]:
        with self.watch.stage("publish"):
            outcomes = []
            if batch.items:
                items = _each(batch.items, self.progress)
                outcomes += catalogue.publish(items, self.source, self.user, self._note, self.watch)
            if batch.gone:
                gone = _each(batch.gone, self.progress)
                outcomes += catalogue.withdraw(gone, self.source, self.user, self._note, self.watch)
            return outcomes

    def publish_single(self, batch: Batch) -> list[RecordOutcome]:
        try:
            return self.publish(batch)
        except Exception as error:
            give_way(error, "publish a record")
            return []

    def _note(self, outcome: RecordOutcome) -> None:
        self.note(outcome)
        self.noted[outcome.key] = outcome


def _singles(batch: Batch) -> Iterator[Batch]:
    for item in batch.items:
        yield Batch([item], [], batch.expected)
    for key in batch.gone:
        yield Batch([], [key], batch.expected)


def _each(values: list[T], progress: Callable[[], object]) -> Iterator[T]:
    for value in values:
        progress()
        yield value


def _answer(
    outcome: RecordOutcome | None, noted: RecordOutcome | None, expected: RecordOutcome | None, key: str
) -> RecordOutcome:
    """Return the outcome of one record, whatever ``publish`` said or failed to say of it."""
    foretold = expected or RecordOutcome(WEBINAR, "", "rejected", key)
    if outcome is None:
        problem = Problem(
            "publish-failed",
            "The record is in order, but could not be published. Run the source again; if it fails again, "
            "tell the operator of the portal.",
            file=foretold.label,
            rejects=True,
        )
        return replace(
            foretold,
            outcome="rejected",
            key=key,
            reasons=["publish-failed"],
            problems=[*foretold.problems, problem],
        )
    if noted and outcome.outcome == "unchanged":
        # A second attempt finds what the first has done.
        outcome = noted
    return replace(outcome, label=foretold.label or outcome.label)
