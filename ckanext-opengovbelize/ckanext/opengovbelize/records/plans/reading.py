"""The one way in: bytes of a table to records of plans, commitments and progress."""

from __future__ import annotations

import re

from ..problems import Problem
from ..tables import reading as tables
from . import headers, ogp, wide
from .faults import problem
from .joining import Joining
from .record import PLAN, PlanRecord

# Raised when a reader's result changes: unchanged bytes are read again.
PLAN_READER_VERSION = 11

# What the bytes of a damaged file hold if it was meant for a plan.
_SPEAKS_OF_PLAN = re.compile(
    rb"commitments?\b|milestones?\b|indicators?\b|compromisos?\b|xl/w|action_plan", re.IGNORECASE
)


def read(data: bytes, *, file: str, content_type: str = "") -> list[PlanRecord] | None:
    """Read the records of a plan in a file. It never raises for bad input.

    Args:
        data: the file as it came.
        file: how reports call it.
        content_type: what the web server said it is, a hint only.

    Returns:
        The records, those that cannot be published among them with a problem that rejects; an empty list where a
        table of progress holds no report yet; None where the file holds none of a plan's tables.
    """
    found = tables.sheets(data, file=file, content_type=content_type)
    if found is None:
        return None
    sheets, problems = found
    if not sheets and problems and not _SPEAKS_OF_PLAN.search(data):
        return None
    if not sheets and problems:
        return _placed([PlanRecord(PLAN, problems=problems)], file)
    hidden = [sheet for sheet in sheets if sheet.is_hidden]
    sheets = [one for sheet in sheets if not sheet.is_hidden for one in wide.unfolded(sheet)]
    headers.name_owners(sheets)
    of_ogp = [sheet for sheet in sheets if ogp.is_ogp(sheet)]
    tables_of = {id(sheet): headers.recognise(sheet) for sheet in sheets if sheet not in of_ogp}
    recognised = [table for table in tables_of.values() if table]
    if not recognised and not of_ogp:
        return None
    unknown = [sheet for sheet in sheets if id(sheet) in tables_of and not tables_of[id(sheet)]]
    joining = Joining(
        problems=[
            *problems,
            *(problem("sheet-unknown", sheet.label) for sheet in unknown if headers.is_missed(sheet)),
            *(problem("sheet-hidden", sheet.label) for sheet in hidden if headers.is_missed(sheet)),
        ]
    )
    for sheet in of_ogp:
        ogp.take(sheet, joining)
    joining.take(recognised)
    records = joining.records()
    if not records and not of_ogp and all(table.kind == headers.PROGRESS for table in recognised):
        # Nobody has reported yet: so it is with a template, and with the download of a plan that has just begun.
        return []
    if not records:
        records = [PlanRecord(PLAN, "plan", problems=[problem("table-empty", "", rejects=True)])]
    return _placed(records, file)


def _placed(records: list[PlanRecord], file: str) -> list[PlanRecord]:
    for record in records:
        record.file = file
        record.problems = [_named(found, file) for found in record.problems]
    return records


def _named(found: Problem, file: str) -> Problem:
    return found.in_file(file)
