"""What stock actions tell or do without asking who asks, or what our own types are."""

from __future__ import annotations

import math
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import search
from ckan.logic import index_update_package
from ckan.logic.schema import default_pagination_schema
from ckanext.harvest.logic import HarvestJobExists, HarvestSourceInactiveError
from ckanext.harvest.model import HarvestSource
from flask import has_request_context

from ... import config
from ...catalogue import ledger, visibility
from ...runs import clearing, ending, pages, settings
from ...sources import SourceConfig, SourceError
from ...sources.types import PACKAGE_TYPE, RECORDS
from .labels import editable_organizations

__all__ = [
    "dataset_purge",
    "harvest_job_abort",
    "harvest_job_create",
    "harvest_log_list",
    "harvest_source_clear",
    "harvest_source_list",
    "harvest_source_reindex",
    "harvest_sources_reindex",
    "package_delete",
    "package_list",
    "package_patch",
]


@tk.side_effect_free
@tk.chained_action
def package_list(original: Any, context: Any, data_dict: dict[str, Any]) -> list[str]:
    """List the names of the site's datasets. A harvest source is none.

    Pages are cut here, after the sources are taken out: otherwise a page would come out short, and a program
    that reads until a short page would stop there.
    """
    tk.check_access("package_list", context, data_dict)
    page, errors = tk.navl_validate(data_dict, default_pagination_schema(), context)
    if errors:
        raise tk.ValidationError(errors)
    sources = model.Session.query(model.Package.id, model.Package.name).filter_by(type=PACKAGE_TYPE)
    hidden = {key for row in sources for key in row}
    names = [name for name in original(context, {}) if name not in hidden]
    start, limit = page.get("offset") or 0, page.get("limit")
    return names[start : start + limit] if limit else names[start:]


@tk.chained_action
def dataset_purge(original: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Purge a harvest source as one that was deleted before, also where it was not."""
    tk.check_access("dataset_purge", context, data_dict)
    _end_jobs_of(data_dict)
    ledger.retire(data_dict.get("id", ""))
    return original(context, data_dict)


@tk.chained_action
def package_delete(original: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """End the runs of a harvest source before it is deleted: nothing is published of it afterwards."""
    tk.check_access("package_delete", context, data_dict)
    _end_jobs_of(data_dict)
    return original(context, data_dict)


def _end_jobs_of(data_dict: dict[str, Any]) -> None:
    package = model.Package.get(data_dict.get("id"))
    if package is not None and package.type == PACKAGE_TYPE and _is_ours(package.id):
        ending.end_jobs(package.id)


def _is_ours(source_id: str) -> bool:
    row: Any = HarvestSource.get(source_id)
    return row is not None and row.type == RECORDS


@tk.chained_action
def package_patch(original: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Let CKAN's own switch change the state of publication; the bulk pages of an organization flip it so."""
    return original(context, visibility.translated(data_dict))


@tk.side_effect_free
@tk.chained_action
def harvest_source_list(original: Any, context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """List the harvest sources that the user may edit, newest first.

    Stock harvest lists all of them to a visitor and none to an editor.
    """
    tk.check_access("harvest_source_list", context, data_dict)
    # A visitor is an object too, without rights; CKAN's own user object stands under the name.
    user = model.User.get(context.get("user"))
    as_administrator = {"model": model, "session": model.Session, "user": "", "ignore_auth": True}
    if context.get("ignore_auth") or (user and user.sysadmin):
        return original(as_administrator, data_dict)
    organizations = editable_organizations(user.id) if user else []
    asked = data_dict.get("organization_id")
    sources = [
        source
        for id_ in organizations
        if asked in (None, "", id_)
        for source in original(dict(as_administrator), {**data_dict, "organization_id": id_})
    ]
    return sorted(sources, key=lambda source: source["created"], reverse=True)


@tk.side_effect_free
@tk.chained_action
def harvest_log_list(original: Any, context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """List what harvesting logged, for system administrators: ckanext-harvest has no rule for it."""
    tk.check_access("sysadmin", context, data_dict)
    return original({**context, "ignore_auth": True}, data_dict)


@tk.chained_action
def harvest_source_reindex(_original: Any, context: Any, data_dict: dict[str, Any]) -> bool:
    """Index a source as CKAN indexes every dataset. Stock harvest does so after each run.

    Its own way (1.6.3 with CKAN 2.12) indexes configuration, frequency and type among the extras: from the first run
    on, the form of the source shows none of them, loses them when it is saved, and a patch is refused. Also it asks
    nobody who they are.
    """
    source_id = tk.get_or_bust(data_dict, "id")
    tk.check_access("harvest_source_reindex", context, data_dict)
    _index(source_id, context.get("defer_commit", False))
    return True


def _index(source_id: str, defer_commit: bool) -> None:
    index_update_package({"ignore_auth": True, "user": ""}, source_id, defer_commit)


@tk.chained_action
def harvest_sources_reindex(_original: Any, context: Any, data_dict: dict[str, Any]) -> bool:
    """Index all sources, for system administrators: stock harvest calls the action above without saying for whom."""
    # Stock harvest's own rule fails for a visitor.
    tk.check_access("sysadmin", context, data_dict)
    tk.check_access("harvest_sources_reindex", context, data_dict)
    for (source_id,) in model.Session.query(model.Package.id).filter_by(type=PACKAGE_TYPE, state="active"):
        _index(source_id, defer_commit=True)
    search.commit()
    return True


class _Reading(tk.ValidationError, HarvestJobExists):
    """A source is being read. Who asks as a program is told so in words; stock harvest's own code catches its own."""


class _Inactive(tk.ValidationError, HarvestSourceInactiveError):
    """A source was deleted; as above."""


@tk.chained_action
def harvest_job_create(original: Any, context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Start a run, or say why none can start: stock harvest's answer is an error of the server.

    With ``anew``, all of the source is fetched, read and compared with the catalogue, changed or not.
    """
    source_id = tk.get_or_bust(data_dict, "source_id")
    if tk.asbool(data_dict.get("anew")):
        tk.check_access("harvest_job_create", context, data_dict)
        # Stock harvest commits it with the job, and not where none can start.
        pages.forget(source_id)
    try:
        return original(context, data_dict)
    except HarvestJobExists:
        model.Session.rollback()
        message = tk._(
            "This source is being read, or waits for its turn. Try again when that run has ended, which the source's "
            "page tells, or stop it there first."
        )
        raise _Reading({"source_id": [message]}) from None
    except HarvestSourceInactiveError:
        model.Session.rollback()
        message = tk._("This source was deleted. Restore it first, and run it then.")
        raise _Inactive({"source_id": [message]}) from None


@tk.chained_action
def harvest_job_abort(original: Any, context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Abort a job at once: stock harvest lets go on whoever is at it."""
    job = original(context, data_dict)
    if _is_ours(job["source_id"]):
        ending.end_jobs(job["source_id"], job["id"])
    return job


class _Unfinished(tk.ValidationError):
    """Some of a source is left. Stock harvest's page shows it as it is as a text."""

    def __init__(self, message: str) -> None:
        super().__init__({"id": [message]})
        self._words = message

    def __str__(self) -> str:
        return self._words


@tk.chained_action
def harvest_source_clear(original: Any, context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Withdraw what a source of session records has published, and clear the history of its jobs.

    Stock harvest deletes every dataset that the source's objects point to. Here nothing is deleted: a webinar
    is hidden when no other source has it, and the next run brings it back. A request ends before its server loses
    patience; a repeated one goes on from there.
    """
    source_id = tk.get_or_bust(data_dict, "id")
    tk.check_access("harvest_source_clear", context, data_dict)
    row: Any = HarvestSource.get(source_id)
    if row is None or row.type != RECORDS:
        return original(context, data_dict)
    try:
        source = settings.harvest_source(row, SourceConfig.from_json(row.config))
    except SourceError as error:
        raise tk.ValidationError({"id": [error.problem.message]}) from None
    ending.end_jobs(source.id)
    if left := clearing.clear(source, _patience()):
        message = tk._(
            "Not all is withdrawn yet: {left} records of this source are left. Clear it again, and it goes on from "
            "there."
        )
        raise _Unfinished(message.format(left=left))
    return tk.get_action("harvest_source_job_history_clear")(context, {"id": source.id})


def _patience() -> float:
    # Stock harvest's commands make a request to work in, which comes from nowhere; CKAN's development server is a
    # command itself.
    is_web = has_request_context() and tk.request.remote_addr is not None
    return config.clear_seconds() if is_web else math.inf
