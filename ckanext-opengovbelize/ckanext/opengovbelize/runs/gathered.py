"""What a run of a source would do."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..catalogue.comparison import Comparison
from ..catalogue.outcomes import RecordOutcome
from ..catalogue.pipeline import Incoming
from ..records.drafts import Draft
from ..records.problems import Problem
from .pages import Seen


@dataclass
class Gathered:
    """What a run of a source would do.

    Attributes:
        outcomes: one for each record found, and one for each that is gone.
        incoming: the screened records that ``publish`` has something to write of.
        gone: the keys of the records that the source no longer has.
        problems: what concerns the source as a whole.
        pages: by what pages are known next time whose records are in order, or rejected for what they say.
        whole: whether the source was read to its end.
    """

    outcomes: list[RecordOutcome] = field(default_factory=list)
    incoming: list[Incoming] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    pages: list[Seen] = field(default_factory=list)
    whole: bool = True


def outcome_of(
    draft: Draft, key: str, label: str, comparison: Comparison, names: dict[str, tuple[str, str]]
) -> RecordOutcome:
    """Return what becomes of a record that was compared.

    Args:
        draft: the record, screened.
        key: the ledger's.
        label: how reports name its file.
        comparison: with what the catalogue has.
        names: type and name of the datasets of the source's records.
    """
    return RecordOutcome(
        type=draft.type,
        name=comparison.name or names.get(key, ("", ""))[1],
        outcome=comparison.outcome,
        key=key,
        label=", ".join(filter(None, [draft.file or label, draft.place])),
        fields=comparison.fields,
        proposed=[proposal.row for proposal in draft.proposals],
        changes=comparison.changes,
        reasons=_reasons(comparison.outcome, comparison.problems),
        problems=comparison.problems,
    )


def _reasons(outcome: str, problems: list[Problem]) -> list[str]:
    """Return the codes of the problems for which a record is rejected."""
    return sorted({problem.code for problem in problems if problem.rejects}) if outcome == "rejected" else []
