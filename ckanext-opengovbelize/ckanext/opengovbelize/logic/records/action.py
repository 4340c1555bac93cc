"""Show what would become of records that a person sends, and publish what was shown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.lib.navl.dictization_functions import validate

from ... import config
from ...catalogue.outcomes import counts
from ...model import Run
from ...runs import reports
from ...runs import uploads as uploading
from ...sources import SourceConfig, SourceConfigError, SourceError
from ...sources.uploads import Upload
from .. import signing
from ..access import organizations
from . import schema

__all__ = ["opengovbelize_record_import", "opengovbelize_record_preview"]

_KIND = "uploaded-records"
_OPTIONS = ("series", "session", "plan")


def opengovbelize_record_preview(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Read files as a run of a source would, and tell what would change. Nothing is kept.

    Args:
        context: CKAN's.
        data_dict: ``owner_org``, id or name of the organization; the files as uploads in fields ``file``, ``file.2``
            and so on, a zip among them too; optional: ``series`` (its title or address), ``session`` (number of the
            session that a chat or captions belong to), ``plan`` (title or address of the plan of all tables).

    Returns:
        ``counts`` by outcome; ``records``, each with ``type``, ``name``, ``label``, ``outcome``, ``fields`` (as they
        would be published), ``changes`` (``field``, ``old``, ``new``, ``state``), ``reasons`` and ``problems``;
        ``problems`` of the upload as a whole; ``token``, which publishes what is told here (empty where there is
        nothing to publish), and the ``minutes`` for which it does.

    Raises:
        ValidationError: something is missing or wrong, by field.
        NotAuthorized: the user does not edit for the organization.
        ObjectNotFound: a system administrator names an organization that is not there.
    """
    values = _checked(context, data_dict, schema.record_preview())
    organization = _organization(context, values, "opengovbelize_record_preview")
    sent = _sent(data_dict)
    if not sent:
        raise tk.ValidationError({"file": [tk._("Choose the files of your records first.")]})
    options = {name: values[name] for name in _OPTIONS if values.get(name)}
    try:
        SourceConfig.from_json(json.dumps(options))
        gathered, shown = uploading.preview(sent, organization, options)
    except SourceConfigError as error:
        raise tk.ValidationError({"options": list(error.args)}) from None
    except SourceError as error:
        raise tk.ValidationError({"file": [error.problem.message]}) from None
    return {
        "counts": counts(outcome.outcome for outcome in gathered.outcomes),
        "records": [
            {name: value for name, value in outcome.as_dict().items() if name != "key"}
            for outcome in gathered.outcomes
        ],
        "problems": [problem.as_dict() for problem in gathered.problems],
        "token": signing.sign(_KIND, signing.user_id(context), shown.as_dict()) if shown.batches else "",
        "minutes": config.preview_minutes(),
    }


def opengovbelize_record_import(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Publish what a preview told.

    Args:
        context: CKAN's.
        data_dict: ``owner_org``, id or name of the organization; ``token`` of the preview.

    Returns:
        The report of the run, as ``opengovbelize_run_show`` returns it.

    Raises:
        ValidationError: the preview is too old, not the user's own, of another organization, or somebody has sent
            something of the same records meanwhile.
        NotAuthorized: the user does not edit for the organization.
    """
    values = _checked(context, data_dict, schema.record_import())
    organization = _organization(context, values, "opengovbelize_record_import")
    try:
        shown = uploading.Shown.from_dict(signing.open_(_KIND, values["token"], signing.user_id(context)))
        if shown.organization != organization.id:
            raise signing.Refused("altered")
        run_id = uploading.publish(shown, organization, context["user"])
    except signing.Refused as refused:
        raise tk.ValidationError({"token": [refused.message]}) from None
    except uploading.ChangedMeanwhileError:
        message = tk._(
            "Somebody has sent the same records meanwhile. Send your files again to see what would change."
        )
        raise tk.ValidationError({"token": [message]}) from None
    return reports.show(model.Session.query(Run).filter_by(id=run_id).one())


def _checked(context: Any, data_dict: dict[str, Any], wanted: Any) -> dict[str, Any]:
    """Return the fields that are no files, each as the schema wants it."""
    plain = {name: value for name, value in data_dict.items() if isinstance(value, str | int)}
    # PostgreSQL takes no NUL, which no name has.
    fields = {
        name: value.replace("\0", "") if isinstance(value, str) else value for name, value in plain.items()
    }
    values, errors = validate(fields, wanted, context)
    if errors:
        raise tk.ValidationError(errors)
    return values


def _organization(context: Any, values: dict[str, Any], action: str) -> model.Group:
    found = model.Group.get(values["owner_org"])
    is_one = found is not None and found.is_organization and found.state == "active"
    tk.check_access(action, context, {"organization_id": found.id if found is not None and is_one else None})
    # A system administrator may do everything, also for an organization that is not there.
    return organizations.existing(values["owner_org"])


def _sent(data_dict: Mapping[str, Any]) -> list[Upload]:
    """Return the files: a page's own, or those of an API call's fields ``file``, ``file.2`` and so on."""
    given = data_dict.get("uploads")
    if isinstance(given, Sequence) and all(isinstance(one, Upload) for one in given):
        return list(given)
    return [
        Upload(value.filename or "", value.read())
        for name, value in sorted(data_dict.items())
        if name.partition(".")[0] == "file" and hasattr(value, "filename") and hasattr(value, "read")
    ]
