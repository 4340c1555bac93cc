"""What erasing found, where, and what became of it. Never holds the text itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

REPLACED = "replaced"
REMOVED = "removed"
LEFT = "left"


@dataclass(frozen=True)
class Finding:
    """One place that holds the text.

    Attributes:
        place: ``database``, ``datastore``, ``index``, ``storage``, ``redis`` or ``log``.
        where: the table and column, file or key.
        record: the row's key, or empty.
        count: how often the text stands there.
        done: ``replaced``, ``removed``, or ``left`` where a person has to act. In a dry run: what would be.
        note: what to do about it, where it is left.
    """

    place: str
    where: str
    count: int
    done: str
    record: str = ""
    note: str = ""


@dataclass
class Report:
    """All findings of one run.

    Attributes:
        dry_run: whether nothing was changed.
        findings: the places that hold the text.
        unchecked: files that cannot be searched, such as pictures.
    """

    dry_run: bool
    findings: list[Finding] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)

    @property
    def left(self) -> list[Finding]:
        """Return what a person has to see to."""
        return [finding for finding in self.findings if finding.done == LEFT]

    def as_dict(self) -> dict[str, Any]:
        """Return it in the form of ``--json`` and of the action."""
        return {
            "dry_run": self.dry_run,
            "total": sum(finding.count for finding in self.findings),
            "findings": [asdict(finding) for finding in self.findings],
            "unchecked": self.unchecked,
        }
