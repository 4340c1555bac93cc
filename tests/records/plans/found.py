"""What is read of one file, for tests of plans."""

from __future__ import annotations

from ckanext.opengovbelize.records.plans import PlanRecord, read


def records(data: bytes, file: str = "plan.xlsx") -> list[PlanRecord]:
    found = read(data, file=file)
    assert found is not None
    return found


def by_key(data: bytes, file: str = "plan.xlsx") -> dict[str, PlanRecord]:
    return {record.key: record for record in records(data, file)}


def codes(record: PlanRecord) -> list[str]:
    return [problem.code for problem in record.problems]


def only(data: bytes, file: str = "table.csv") -> PlanRecord:
    (record,) = records(data, file)
    return record
