"""Which records a source no longer has, and when so many are missing that rather the source is at fault."""

from __future__ import annotations

from ..catalogue.outcomes import RecordOutcome
from ..records.problems import Problem
from ..schemas.types import WEBINAR
from ..sources import Opened
from . import keys, settings
from .walk import Walk

# No report of progress stands in a table yet.
NO_REPORTS = "reports-none"


def is_emptied_listing(walk: Walk, opened: Opened) -> bool:
    """Return whether a page that listed records before now is neither a list nor a record."""
    outcomes = walk.gathered.outcomes
    return (
        opened.alone
        and bool(_live(walk))
        and all(outcome.outcome == "rejected" and outcome.key not in walk.known for outcome in outcomes)
    )


def withdraw(walk: Walk, opened: Opened) -> None:
    """Withdraw what is gone. What the source itself calls deleted is no mishap, however much it is.

    Args:
        walk: a walk that went through the whole source.
        opened: the source, which says what it calls deleted, and whether some of it could not be had.
    """
    walk.settle()
    deleted = {keys.record_key(walk.policy.hash_key, key) for key in opened.deleted}
    live = _live(walk)
    gone = [key for key in live if key not in walk.seen]
    moved = _moved(walk, gone)
    gone = [key for key in gone if moved.get(key, True)]
    vanished = [key for key in gone if key not in deleted and key not in moved]
    found = walk.found + len(gone) - len(vanished)
    reason = _keep(len(live), len(vanished), found, settings.shrink_share(walk.config))
    if vanished and opened.partial:
        reason = reason or _partial(len(vanished))
    if reason:
        if not any(problem.code == NO_REPORTS for problem in walk.gathered.problems):
            walk.gathered.problems.append(reason)
        gone = [key for key in gone if key in deleted or key in moved]
    walk.gathered.gone = gone
    for key in gone:
        type_, name = walk.names.get(key, (WEBINAR, ""))
        label = walk.labels.get(key) or name
        walk.gathered.outcomes.append(RecordOutcome(type_, name, "withdrawn", key, label))


def _live(walk: Walk) -> list[str]:
    return [key for key, entry in walk.known.items() if entry.withdrawn_at is None]


def _moved(walk: Walk, gone: list[str]) -> dict[str, bool]:
    """Return the records that the source has, word for word, under another address: no mishap took them away.

    Each with whether the catalogue knows it there already. Until then what was said under the old address stays, or
    its webinar would be hidden for a moment.
    """
    known = {walk.known[key].content_hash for key in walk.seen if key in walk.known}
    return {
        key: content in known
        for key in gone
        if (content := walk.known[key].content_hash) and content in known | walk.contents
    }


def _partial(gone: int) -> Problem:
    return Problem(
        "listing-partial",
        f"Part of what lists the records could not be had, and {gone} of them were not found elsewhere. None was "
        "withdrawn. The other problems of this run say which part; mend it, and run the source again.",
    )


def _keep(known: int, gone: int, found: int, share: float) -> Problem | None:
    """Return why nothing is withdrawn, if so. One record may always go, unless the source is empty."""
    if not found:
        return Problem(
            "listing-empty",
            "No record was found at this address, and nothing was withdrawn. Check that the address is right "
            "and that its links or files are still there.",
        )
    if gone > max(1, share * known):
        return Problem(
            "listing-shrunk",
            f"{gone} of {known} records are gone at once, and none was withdrawn. If they were taken away "
            'on purpose, write "shrink_percent": 100 into the configuration of the source, run it, and take '
            "that out again.",
        )
    return None
