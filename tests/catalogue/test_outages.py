"""Errors of the database that say nothing of the record in hand."""

from __future__ import annotations

from typing import Any

import pytest
from ckanext.opengovbelize.catalogue import pipeline, reports
from ckanext.opengovbelize.catalogue.ledger import Source
from ckanext.opengovbelize.catalogue.outages import is_outage
from ckanext.opengovbelize.catalogue.plans import REPORT
from ckanext.opengovbelize.records.drafts import Draft
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError

from tests import plans

from .conftest import draft, incoming


class Refusal(Exception):
    """What psycopg2 raises, as far as it is looked at."""

    def __init__(self, code: str | None) -> None:
        self.pgcode = code


def error(kind: type[DBAPIError], code: str | None, **about: Any) -> DBAPIError:
    return kind("", {}, Refusal(code), **about)


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (error(OperationalError, None), True),
        (error(InterfaceError, None), True),
        (error(DBAPIError, None, connection_invalidated=True), True),
        # Somebody stops the server; two wait for each other.
        (error(OperationalError, "57P01"), True),
        (error(OperationalError, "40P01"), True),
        # What the record says is larger than the database takes, or none of its values.
        (error(OperationalError, "54000"), False),
        (error(DataError, "22021"), False),
        (ValueError(), False),
    ],
)
def test_what_is_an_outage(raised: Exception, expected: bool) -> None:
    assert is_outage(raised) is expected


def away(*_: Any, **__: Any) -> None:
    raise error(OperationalError, None)


@pytest.mark.server
@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
class TestPublish:
    def test_an_outage_rejects_no_record(self, source: Any, editor: Any) -> None:
        with pytest.raises(OperationalError):
            pipeline.publish([incoming(draft(), "record-1")], source(), editor["name"], away)

    def test_an_outage_rejects_no_report(self, monkeypatch: Any) -> None:
        plan = plans.sample()
        fields = {"stage": "final", "number": "1", "indicator": "1.1", "period": "2021-H1", "status": "SP"}
        report = Draft("table.csv", REPORT, plan=plan["name"], fields=fields)
        monkeypatch.setattr(reports, "save", away)
        with pytest.raises(OperationalError):
            pipeline.publish(
                [incoming(report, "row-1")], Source("table", plan["owner_org"], "Table"), "admin"
            )
