"""Takes a text out of every place that the portal keeps, and notes a keyed hash by which it is kept out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model
from sqlalchemy.dialects.postgresql import insert

from ... import config
from ...catalogue.ledger import now
from ...model import Erased
from ...privacy.hashing import phrase_hash
from . import databases, files, index, redis
from .phrase import Phrase
from .report import LEFT, Finding, Report

# Somebody may save a page while we work, so the databases are searched again until nothing is found.
_MOST_PASSES = 3


def erase(text: str, dry_run: bool = False, log_folders: Iterable[Path] = ()) -> Report:
    """Erase a text everywhere.

    The order matters. The hash comes first, so that no form, call or harvest can bring the text back
    meanwhile; the index comes after the databases, from which its documents are made. Interrupted, it is
    simply run again.

    Args:
        text: what to erase, in any spelling. Neither logged nor stored.
        dry_run: tell where it is, and change nothing.
        log_folders: folders of log files to look into.

    Returns:
        Where it was and what became of it.

    Raises:
        TooVague: if the text is too short or too common to be erased safely.
        ErasingFailed: if a database did not take a change.
    """
    phrase = Phrase(text)
    report = Report(dry_run)
    if not dry_run:
        _keep_out(text)
    report.findings += _erase_databases(phrase, dry_run)
    report.findings += index.erase(phrase, dry_run)
    storage = tk.config.get("ckan.storage_path")
    if storage:
        findings, report.unchecked = files.erase_uploads(Path(storage), phrase, dry_run)
        report.findings += findings
    report.findings += redis.erase(phrase, dry_run)
    for folder in log_folders:
        report.findings += files.erase_logs(folder, phrase, dry_run)
    return report


def _keep_out(text: str) -> None:
    words, hash_ = phrase_hash(config.hash_key(), text)
    row = {"words": words, "hash": hash_, "created_at": now()}
    model.Session.execute(insert(Erased).values(**row).on_conflict_do_nothing())
    model.Session.commit()


def _erase_databases(phrase: Phrase, dry_run: bool) -> list[Finding]:
    findings: list[Finding] = []
    for _ in range(1 if dry_run else _MOST_PASSES):
        found = databases.erase(model.ensure_engine(), "database", phrase, dry_run)
        if p.plugin_loaded("datastore"):
            found += databases.erase(_datastore_engine(), "datastore", phrase, dry_run)
        findings += [finding for finding in found if finding not in findings]
        if all(finding.done == LEFT for finding in found):
            break
    # What this session read before is old now.
    model.Session.expire_all()
    return findings


def _datastore_engine() -> databases.Engine:
    from ckanext.datastore.backend.postgres import get_write_engine

    return get_write_engine()
