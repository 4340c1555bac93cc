"""Writing datasets: the only caller of CKAN's package_create and package_update.

CKAN 2.12 indexes inside these actions, before the database commit. Here each record is written with
``defer_commit`` and committed by itself; the index follows after the commit, one Solr commit for all, so that
it never shows what the database does not have. A mark in our table, written in the record's own transaction,
outlives a crash in between.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import ckan.lib.plugins as lib_plugins
import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan import logic
from ckan.lib import search
from sqlalchemy import Text, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError

from ..model import Published
from ..records.problems import Problem
from ..schemas import reading
from . import merge, showing, visibility
from .showing import Both

log = logging.getLogger(__name__)

# Belongs to the dataset as a whole, or has a writer of its own, and is no matter of what sources say.
UNMANAGED = ("owner_org", "reports")

# In the context of a validation that no write follows: nobody else has to wait for it.
COMPARES_ONLY = "opengovbelize_compares_only"


@dataclass
class Prepared:
    """A dataset that is ready to be written, and what of it is new.

    Attributes:
        data: what the package action gets.
        before: the managed values that CKAN shows now, empty for a new dataset.
        resolution: what becomes of each unit.
        base: what import published before, or None.
        partial: whether only the resolution's fields are touched.
    """

    data: dict[str, Any]
    before: merge.Values
    resolution: merge.Resolution
    base: Published | None
    partial: bool

    @property
    def changed(self) -> bool:
        """Tell whether anything would be written to the dataset."""
        return self.would_change(self.before)

    def would_change(self, values: merge.Values) -> bool:
        """Tell whether it would change a dataset that shows these values."""
        return any(
            not merge.same(values.get(field), value) for field, value in self.resolution.values.items()
        )


_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
_SHARE = text("""
    SELECT pg_advisory_xact_lock_shared(hashtextextended(:key, 0)), (
        SELECT count(pg_advisory_xact_lock(hash)) FROM (
            SELECT DISTINCT hashtextextended(:key || name, 0) AS hash FROM unnest(:names) name ORDER BY hash
        ) sorted
    )
""").bindparams(bindparam("names", type_=ARRAY(Text)))


def lock_organization(organization_id: str) -> None:
    """Let one transaction publish for an organization, and no other: matching and writing are one step."""
    model.Session.execute(_LOCK, {"key": f"opengovbelize {organization_id}"})
    # What was read before the lock was ours may be outdated.
    model.Session.expire_all()


def lock_records(organization_id: str, names: Collection[str]) -> None:
    """Let one transaction at a time publish what goes by any of these names; others go on with other records.

    Always taken in the same order, so that no two wait for each other.
    """
    model.Session.execute(_SHARE, {"key": f"opengovbelize {organization_id}", "names": list(names)})
    model.Session.expire_all()


@contextmanager
def alone(source_id: str) -> Generator[None]:
    """Let nobody else who asks so check and publish what a source says meanwhile: the second one waits.

    It outlasts the transactions in which records are published, each in one of its own.
    """
    engine: Any = model.meta.engine
    with engine.connect() as connection:
        connection.execute(_LOCK, {"key": f"opengovbelize {source_id}"})
        model.Session.expire_all()
        yield


def hold(package: model.Package) -> None:
    """Let nobody else change a dataset before the commit, and see it as it is now."""
    model.Session.execute(text("SELECT 1 FROM package WHERE id = :id FOR UPDATE"), {"id": package.id})
    model.Session.expire_all()


def context_for(user: str) -> Any:
    """Return the context of a package action that neither commits nor indexes."""
    return {
        "model": model,
        "session": model.Session,
        "user": user,
        # Or it is looked up by name for every question that is asked about the user.
        "auth_user_obj": model.User.by_name(user) if user else None,
        "ignore_auth": True,
        "defer_commit": True,
        "return_id_only": True,
    }


def prepare(
    package: model.Package | None, fixed: dict[str, Any], target: merge.Values, partial: bool = False
) -> Prepared:
    """Decide what to write.

    Args:
        package: the dataset, or None for a new one.
        fixed: type and organization of a new dataset.
        target: what sources say now.
        partial: leave alone the fields that ``target`` does not name.
    """
    base = model.Session.get(Published, package.id) if package else None
    shown = show(package.id) if package else {}
    before = snapshot(shown) if package else {}
    target = in_schema_order(target, fixed["type"])
    sent = base.values if base else {}
    if partial:
        sent = {field: sent[field] for field in target if field in sent}
    resolution = merge.resolve(target, sent, base.shown if base else {}, before)
    data = _merged(shown or fixed, resolution.values)
    if visibility.has_state(fixed["type"]):
        data["private"] = visibility.private_for(data.get("publication_state", ""))
    return Prepared(data, before, resolution, base, partial)


def show(package_id: str) -> dict[str, Any]:
    """Return a dataset as the database has it, whoever asks."""
    context: Any = {"ignore_auth": True, "use_cache": False, "user": ""}
    return tk.get_action("package_show")(context, {"id": package_id})


def snapshot(shown: dict[str, Any]) -> merge.Values:
    """Return the values of a dataset that its schema names, in the form in which drafts state them."""
    schema = tk.h.scheming_get_dataset_schema(shown["type"])
    fields = [field["field_name"] for field in schema["dataset_fields"]]
    values = {name: shown[name] for name in fields if name in shown and name not in UNMANAGED}
    values["tag_string"] = ", ".join(sorted(tag["name"] for tag in shown.get("tags", [])))
    if not visibility.has_state(shown["type"]):
        values["private"] = shown.get("private", False)
    values["resources"] = [_resource_values(row, schema) for row in shown.get("resources", [])]
    return {name: value for name, value in values.items() if merge.canonical(value) is not None}


def _resource_values(resource: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    # Ordinary datasets have no codes in their schema, and rows cannot be told apart without.
    names = dict.fromkeys([*(field["field_name"] for field in schema["resource_fields"]), "code"])
    return {name: resource[name] for name in names if merge.canonical(resource.get(name)) is not None}


def defaults(package_type: str) -> merge.Values:
    """Return the values that the schema gives to a new dataset where nobody else does."""
    fields = tk.h.scheming_get_dataset_schema(package_type)["dataset_fields"]
    return {field["field_name"]: reading.default(field) for field in fields if "default" in field}


def in_schema_order(values: merge.Values, package_type: str) -> merge.Values:
    """Return values in the order of the schema, which is that of reports; the database keeps none."""
    fields = tk.h.scheming_get_dataset_schema(package_type)["dataset_fields"]
    order = {field["field_name"]: place for place, field in enumerate(fields)}
    return {name: values[name] for name in sorted(values, key=lambda name: order.get(name, len(order)))}


def _merged(shown: dict[str, Any], values: merge.Values) -> dict[str, Any]:
    data = dict(shown)
    # CKAN sets the time itself where none is given.
    data.pop("metadata_modified", None)
    # Somebody may report progress before this is written: what stands there then stays.
    data.pop("reports", None)
    for field, value in values.items():
        if field == "resources":
            data["resources"] = _merged_resources(shown, value or [])
        elif merge.canonical(value) is not None:
            data[field] = value
        else:
            data.pop(field, None)
    if "tag_string" in values:
        data.pop("tags", None)
    return data


def _merged_resources(shown: dict[str, Any], rows: Iterable[merge.Values]) -> list[dict[str, Any]]:
    """Return resources with the ids that they have, so that their DataStore tables and views stay theirs."""
    if "id" not in shown:
        return [dict(row) for row in rows]
    schema = tk.h.scheming_get_dataset_schema(shown["type"])
    named = {*(field["field_name"] for field in schema["resource_fields"]), "code"}
    present = {str(row.get("code") or row["id"]): row for row in shown.get("resources", [])}
    unnamed = (row for row in shown.get("resources", []) if not row.get("code"))
    merged = []
    for row in rows:
        old = present.get(row["code"]) if row.get("code") else next(unnamed, None)
        if old is None:
            merged.append(dict(row))
        elif merge.same(_resource_values(old, schema), row):
            merged.append(old)
        else:
            merged.append({**{name: old[name] for name in old if name not in named}, **row})
    return merged


def errors_of(prepared: Prepared, user: str) -> dict[str, Any]:
    """Return what the schema says against a dataset. Writes nothing."""
    plugin = lib_plugins.lookup_package_plugin(prepared.data["type"])
    context = context_for(user)
    context[COMPARES_ONLY] = True
    data = dict(prepared.data)
    if "id" in data:
        context["package"] = model.Session.get(model.Package, data["id"])
        schema, action = plugin.update_package_schema(), "package_update"
    else:
        schema, action = plugin.create_package_schema(), "package_create"
    _, errors = lib_plugins.plugin_validate(plugin, context, data, schema, action)
    return errors


def save(prepared: Prepared, user: str, shown: dict[str, Both] | None = None) -> str:
    """Write a dataset and what import published of it, in the transaction that is open; return its id.

    Args:
        prepared: what to write.
        user: in whose name.
        shown: takes the dataset as CKAN shows it now, by id, so that ``index`` need not ask again.

    Raises:
        ValidationError: the schema refused it; the transaction is rolled back.
    """
    context = context_for(user)
    data = dict(prepared.data)
    package_id = data.get("id")
    with showing.kept() as kept:
        if package_id is None:
            package_id = tk.get_action("package_create")(context, data)
        elif prepared.changed:
            # Without a commit of its own package_update leaves this out, and the activity stream goes by it.
            context["changed_entities"] = {"packages": {package_id}}
            tk.get_action("package_update")(context, data)
    _remember(prepared, package_id, kept, {} if shown is None else shown)
    model.Session.flush()
    return package_id


def _remember(prepared: Prepared, package_id: str, kept: Mapping[str, Both], shown: dict[str, Both]) -> None:
    resolution = prepared.resolution
    written = prepared.changed or prepared.base is None
    after = prepared.before
    if written:
        shown[package_id] = kept.get(package_id) or _both_forms(package_id)
        after = snapshot(shown[package_id][1])
    row = prepared.base or Published(package_id=package_id, index_pending=False)
    rebased = merge.rebase(resolution, after)
    row.shown = {**(row.shown if prepared.partial else _defaults_shown(prepared, after)), **rebased}
    row.values = {**(row.values if prepared.partial else {}), **resolution.sent}
    row.index_pending = row.index_pending or written
    model.Session.add(row)


def _defaults_shown(prepared: Prepared, after: merge.Values) -> merge.Values:
    """Return what CKAN showed, when import wrote last, of fields that only the schema's default fills.

    They are nobody's, unlike the same values in a dataset that an editor made.
    """
    base = prepared.base
    if base is None:
        given = {} if prepared.before else defaults(prepared.data["type"])
        return {name: after[name] for name in given if merge.same(after.get(name), given[name])}
    given = defaults(prepared.data["type"]).keys() & base.shown.keys()
    # Where no source says any more what one has said, the default took its place just now.
    return {name: after.get(name) if name in base.values else base.shown[name] for name in given}


def _both_forms(package_id: str) -> Both:
    """Return a dataset in both forms as it is in the open transaction."""
    model.Session.flush()
    return showing.both_forms(package_id)


def index(package_ids: Collection[str], shown: Mapping[str, Both] | None = None) -> bool:
    """Bring committed datasets into Solr with one commit; return whether all of them are there.

    Args:
        package_ids: the datasets.
        shown: datasets as they were when they were written; of one that was changed since, it does not count.
    """
    wanted = list(dict.fromkeys(package_ids))
    current = _current(shown or {})
    done: dict[str, Both] = {}
    for package_id in wanted:
        try:
            both = current.get(package_id) or showing.both_forms(package_id)
            logic.index_update_package_dicts(both, defer_commit=True)
            done[package_id] = both
        except tk.ObjectNotFound:
            # Purged meanwhile; its mark went with it.
            continue
        except Exception as error:
            if isinstance(error, DBAPIError):
                raise
            # Solr, its transport and every plugin's before_dataset_index raise what they like.
            log.error(
                "Dataset %s could not be indexed (%s); it is tried again with the next run.",
                package_id,
                type(error).__name__,
            )
    try:
        if done and tk.config.get("ckan.search.solr_commit"):
            search.make_connection().commit()
    except Exception as error:
        log.error("Solr did not commit (%s); it is tried again with the next run.", type(error).__name__)
        return False
    still = _current(done).keys()
    _mark(still, pending=False)
    # Somebody else has written these in between, and what came into Solr last may be the older.
    _mark(done.keys() - still, pending=True)
    model.Session.commit()
    return len(still) == len(wanted)


def _mark(package_ids: Collection[str], *, pending: bool) -> None:
    """Note whether datasets have yet to be brought into Solr."""
    rows = model.Session.query(Published).filter(Published.package_id.in_(package_ids))
    rows.update({"index_pending": pending}, synchronize_session=False)


def _current(shown: Mapping[str, Both]) -> dict[str, Both]:
    """Return those of the datasets that are still as they were."""
    if not shown:
        return {}
    rows = model.Session.query(model.Package.id, model.Package.metadata_modified, model.Package.state).filter(
        model.Package.id.in_(shown)
    )
    return {
        package_id: shown[package_id]
        for package_id, modified, state in rows
        if (modified.isoformat(), state)
        == (shown[package_id][0]["metadata_modified"], shown[package_id][0]["state"])
    }


def index_pending() -> int:
    """Index what was committed and did not reach Solr, after a crash or an outage; return how many."""
    waiting = [row.package_id for row in model.Session.query(Published).filter_by(index_pending=True)]
    model.Session.commit()
    if waiting:
        index(waiting)
    return len(waiting)


def problems_of(errors: dict[str, Any], data: dict[str, Any], file: str, record: str = "") -> list[Problem]:
    """Return what the schema says as problems that name the field and never the value.

    ``record`` is where the record stands in its file, where the file has several.
    """
    found = []
    for field, messages in errors.items():
        for place, message, value in _flat(messages, data.get(field)):
            plain = message.replace(value, "…") if len(value) > 1 else message
            found.append(
                Problem(
                    "field-invalid",
                    f"{plain.rstrip('.') + '.'} Correct it in the record and run the source again.",
                    file=file,
                    place=", ".join(filter(None, [record, place])),
                    field=str(field).strip("_"),
                    rejects=True,
                )
            )
    return found


def _flat(messages: Any, value: Any) -> Iterable[tuple[str, str, str]]:
    """Return (place, message, offending value) of every message, however deep it lies."""
    if isinstance(messages, dict):
        for name, below in messages.items():
            inner = value.get(name) if isinstance(value, dict) else None
            for place, message, text_ in _flat(below, inner):
                yield ", ".join(filter(None, [str(name), place])), message, text_
    elif isinstance(messages, (list, tuple)):
        for number, below in enumerate(messages):
            if isinstance(below, str):
                yield "", below, value if isinstance(value, str) else ""
                continue
            inner = value[number] if isinstance(value, list) and number < len(value) else None
            for place, message, text_ in _flat(below, inner):
                yield ", ".join(filter(None, [f"row {number + 1}", place])), message, text_
    elif messages:
        yield "", str(messages), value if isinstance(value, str) else ""
