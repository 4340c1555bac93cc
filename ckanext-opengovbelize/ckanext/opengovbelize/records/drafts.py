"""A draft: one record after the privacy screen, in the schema's field names, ready to compare and publish."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from .problems import Problem


@dataclass
class Proposal:
    """A question that waits for an editor before it may be published.

    Attributes:
        key: keyed hash of the screened text; the editor's decision is kept under it and survives later harvests.
        row: the question as it would be published, in the subfields of the webinar's ``questions``.
        reasons: stable codes of why it waits: ``altered``, ``speaks-of-asker``, ``answer-doubtful``.
    """

    key: str
    row: dict[str, str]
    reasons: list[str]


@dataclass
class Draft:
    """What one record would publish. Holds screened values only, so that it may be stored.

    Attributes:
        file: the label of the record in reports (screened too).
        type: the dataset type, such as ``webinar`` or ``commitment``, or ``progress_report``.
        fields: values by the schema's field names; only those that the record states. Repeating fields are lists
            of flat dicts, each with a stable ``code``.
        resources: resource dicts, each with a stable ``code``, ``kind``, ``name``, ``url``.
        series: the phrase by which the record names its series, screened, or empty.
        series_fields: what the record says of its series as a whole, by the schema's field names; used where the
            series is made from the record.
        program: the program's own name as the record states it, screened, or empty.
        address: the record's own public web address, or empty.
        proposals: questions that wait for an editor.
        problems: what the reader and the screen have to report.
        key: of a record of a plan, what it is in its plan, such as ``commitment final 3``; else empty.
        plan: of a record of a plan, the plan's title or address as the table states it, screened; else empty.
        place: where in the file the record stands, or empty for the whole file.
        belongs: whether it only adds to a session that another record tells of: a chat, captions.
    """

    file: str
    type: str = "webinar"
    fields: dict[str, Any] = field(default_factory=dict)
    resources: list[dict[str, str]] = field(default_factory=list)
    series: str = ""
    series_fields: dict[str, Any] = field(default_factory=dict)
    program: str = ""
    address: str = ""
    proposals: list[Proposal] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    key: str = ""
    plan: str = ""
    place: str = ""
    belongs: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return plain values that ``json`` can write and ``from_dict`` reads back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Draft:
        """Build a draft from what ``as_dict`` returned."""
        return cls(
            **{
                **values,
                "proposals": [Proposal(**row) for row in values.get("proposals", [])],
                "problems": [Problem(**row) for row in values.get("problems", [])],
            }
        )
