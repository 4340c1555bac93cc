"""Erasing in PostgreSQL: every text and JSON column of every table, whoever made it.

Tables are read from the database itself, so that none is forgotten when CKAN or an extension adds one. Rows
are changed by SQL and not by CKAN's actions: an action would write the old text once more, into the activity
stream and, where somebody turned debugging on, into a log.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from .phrase import PLAIN_MARK, Phrase
from .report import LEFT, REMOVED, REPLACED, Finding

# Our own list of erased texts holds hashes only.
_SKIPPED = re.compile(r"opengovbelize_erased|.*alembic_version")
_CHUNK = 500
# The hash of a record whose values changed here no longer tells what we hold: the next run reads it again.
_STALE = {"opengovbelize_ledger": "content_hash"}
_BY_HAND = {
    "user": "It belongs to an account: its owner or a system administrator can change or delete it.",
}
_KEY_NOTE = "It is a key that other rows point to: change it by hand."


class ErasingFailed(Exception):
    """A database did not take a change. Says where, without the text."""


@dataclass(frozen=True)
class _Table:
    """A table and what of it can hold text."""

    table: sa.Table
    texts: tuple[str, ...]
    keys: frozenset[str]
    unique: frozenset[str]

    @property
    def label(self) -> str:
        return self.table.name


def erase(engine: Engine, place: str, phrase: Phrase, dry_run: bool) -> list[Finding]:
    """Take the phrase out of every table of one database, in one transaction.

    Args:
        engine: the database, with the right to change it.
        place: ``database`` or ``datastore``, for the report.
        phrase: what to erase.
        dry_run: only tell where it is.

    Returns:
        One finding for each field of each row, and for names of columns and their descriptions.

    Raises:
        ErasingFailed: if the database does not take a change; the transaction is rolled back.
    """
    findings: list[Finding] = []
    touched: set[str] = set()
    label = ""
    try:
        with engine.connect() as connection:
            for table in _tables(connection):
                label = table.label
                found = [*_erase_rows(connection, table, place, phrase, dry_run)]
                found += _erase_descriptions(connection, table, place, phrase, dry_run)
                if any(finding.done != LEFT for finding in found):
                    touched.add(table.label)
                findings += found
            if not dry_run:
                connection.commit()
        if not dry_run:
            _forget_old_rows(engine, touched)
    except SQLAlchemyError as error:
        # Its own message would quote the row.
        raise ErasingFailed(
            f"The {place} refused a change near table {phrase.replace(label)[0]} ({type(error).__name__}). "
            "Nothing in it was changed. Run it again, and look into the table if it fails again."
        ) from None
    return findings


def _tables(connection: Connection) -> Iterator[_Table]:
    inspector = sa.inspect(connection)
    for name in sorted(inspector.get_table_names()):
        if _SKIPPED.fullmatch(name):
            continue
        table = sa.Table(name, sa.MetaData(), autoload_with=connection, resolve_fks=False)
        pointing = {column.name for column in table.columns if column.foreign_keys}
        unique = {
            column
            for constraint in (*inspector.get_unique_constraints(name), *inspector.get_indexes(name))
            if constraint.get("unique", True)
            for column in constraint["column_names"]
            if column
        }
        yield _Table(
            table,
            tuple(column.name for column in table.columns if _holds_text(column)),
            frozenset(pointing | {column.name for column in table.primary_key}),
            frozenset(unique),
        )


def _holds_text(column: sa.Column[Any]) -> bool:
    kind = column.type.item_type if isinstance(column.type, pg.ARRAY) else column.type
    return isinstance(kind, sa.String | sa.JSON) and not isinstance(kind, sa.Enum)


def _erase_rows(
    connection: Connection, table: _Table, place: str, phrase: Phrase, dry_run: bool
) -> Iterator[Finding]:
    if not table.texts:
        return
    # Every row has a place of its own (`ctid`), also in tables that have no key.
    ctid = sa.literal_column("ctid::text").label("row_place")
    columns = [
        ctid,
        *(table.table.c[name] for name in _key_columns(table)),
        *map(table.table.c.get, table.texts),
    ]
    found = []
    with connection.execute(sa.select(*columns), execution_options={"yield_per": _CHUNK}) as rows:
        for row in rows.mappings():
            hits = {name: phrase.replace(row[name]) for name in table.texts}
            hits = {name: (value, count) for name, (value, count) in hits.items() if count}
            if hits:
                found.append((row["row_place"], _record(row, table, phrase), hits))
    for row_place, record, hits in found:
        if table.label == "tag":
            yield from _remove_tag(connection, row_place, record, place, hits, dry_run)
            continue
        changes: dict[str, Any] = {}
        for name, (value, count) in hits.items():
            where = f"{table.label}.{name}"
            note = _BY_HAND.get(table.label) or (_KEY_NOTE if name in table.keys else "")
            if note:
                yield Finding(place, where, count, LEFT, record, note)
                continue
            changes[name] = _unlike_others(value, row_place) if name in table.unique else value
            yield Finding(place, where, count, REPLACED, record)
        if changes and not dry_run:
            _update(connection, table, row_place, changes)


def _update(connection: Connection, table: _Table, row_place: str, changes: dict[str, Any]) -> None:
    if table.label in _STALE:
        changes[_STALE[table.label]] = ""
    # The DataStore's own trigger fills it again where it is empty.
    if "_full_text" in table.table.c:
        changes["_full_text"] = None
    connection.execute(table.table.update().where(_at(row_place)).values(**changes))


def _at(row_place: str) -> sa.ColumnElement[bool]:
    return sa.text("ctid = CAST(:row_place AS tid)").bindparams(row_place=row_place)  # type: ignore[return-value]


def _key_columns(table: _Table) -> list[str]:
    return [column.name for column in table.table.primary_key if column.name not in table.texts]


def _record(row: Any, table: _Table, phrase: Phrase) -> str:
    names = [column.name for column in table.table.primary_key]
    return phrase.replace(", ".join(str(row[name]) for name in names))[0] if names else ""


def _unlike_others(value: Any, row_place: str) -> Any:
    """Return a value that stays unique: two names may differ only in what was erased."""
    if not isinstance(value, str):
        return value
    return value.replace(PLAIN_MARK, f"{PLAIN_MARK}-{re.sub(r'[^0-9]+', '-', row_place).strip('-')}", 1)


def _remove_tag(
    connection: Connection, row_place: str, record: str, place: str, hits: dict[str, Any], dry_run: bool
) -> Iterator[Finding]:
    """A tag is nothing but its text: take it away, from every dataset too."""
    if not dry_run:
        connection.execute(sa.text("DELETE FROM package_tag WHERE tag_id = :id").bindparams(id=record))
        connection.execute(sa.text("DELETE FROM tag WHERE id = :id").bindparams(id=record))
    for name, (_, count) in hits.items():
        yield Finding(place, f"tag.{name}", count, REMOVED, record)


def _erase_descriptions(
    connection: Connection, table: _Table, place: str, phrase: Phrase, dry_run: bool
) -> Iterator[Finding]:
    """Names of columns, and the data dictionary, which the DataStore keeps in their comments."""
    quote = connection.dialect.identifier_preparer.quote
    for number, column in enumerate(table.table.columns, start=1):
        comment, in_comment = phrase.replace(column.comment or "")
        if in_comment:
            if not dry_run:
                escaped = comment.replace("'", "''")
                target = f"{quote(table.label)}.{quote(column.name)}"
                connection.exec_driver_sql(f"COMMENT ON COLUMN {target} IS '{escaped}'".replace("%", "%%"))
            yield Finding(place, f"{table.label}, description of column {number}", in_comment, REPLACED)
        _, in_name = phrase.replace(column.name)
        if in_name:
            new = f"{PLAIN_MARK}-{number}"
            if not dry_run:
                sql = f"ALTER TABLE {quote(table.label)} RENAME COLUMN {quote(column.name)} TO {quote(new)}"
                connection.exec_driver_sql(sql.replace("%", "%%"))
            yield Finding(place, f"{table.label}, name of column {number}", in_name, REPLACED)


def _forget_old_rows(engine: Engine, tables: set[str]) -> None:
    """Clear old versions of rows from the tables' files, and samples from the planner's statistics."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        quote = connection.dialect.identifier_preparer.quote
        for table in sorted(tables):
            connection.exec_driver_sql(f"VACUUM (ANALYZE) {quote(table)}")
