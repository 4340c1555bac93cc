"""What went wrong with a record, in words for the person who can mend it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong or was left out, and where.

    A problem never holds the offending text: code, place and field are enough to find it in the source.

    Attributes:
        code: stable, for programs, such as ``date-unreadable``.
        message: what is wrong and how to mend it, one or two plain sentences.
        file: name of the file, page or archive member as the reader of the report knows it.
        place: where in it: ``line 12``, ``paragraph 8``, ``row 3, column Start``. Empty for the whole file.
        field: the schema's field name that it concerns, or empty.
        rejects: whether the record cannot be published because of it.
    """

    code: str
    message: str
    file: str = ""
    place: str = ""
    field: str = ""
    rejects: bool = False

    def in_file(self, file: str) -> Problem:
        """Return the same problem, placed in ``file``."""
        return replace(self, file=file)

    def as_dict(self) -> dict[str, Any]:
        """Return it in the form of reports and of ``--json``: code, file, place, field, message."""
        values = asdict(self)
        del values["rejects"]
        return values
