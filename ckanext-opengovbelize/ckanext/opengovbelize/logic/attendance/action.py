"""Preview of participant figures, and their publication. What is read is forgotten with the answer."""

from __future__ import annotations

from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk

from ...catalogue import sessions, visibility
from ...catalogue.statistics import publish as publishing
from ...catalogue.statistics import releases
from ...catalogue.statistics.covering import Covers
from ...schemas.types import SERIES, WEBINAR
from ..signing import Refused, user_id
from . import previewing, signing, uploads

__all__ = ["opengovbelize_attendance_preview", "opengovbelize_attendance_publish"]

TYPES = (WEBINAR, SERIES)


def opengovbelize_attendance_preview(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Read attendance files and tell what would be published. Nothing is kept.

    Args:
        context: CKAN's.
        data_dict: ``id``, id or name of a webinar or a series; the files as uploads in fields ``file-<session>``
            (address or number of the session; ``file`` for a single webinar; ``.2`` and so on for a second one);
            optional: ``dimensions`` (of ``mode``, ``sector``, ``district``, ``gender``, ``country``, ``minutes``),
            ``crossings`` (such as ``sector-gender``), ``coarse`` (dimensions with coarser categories), ``same``
            (``FILE:4+19``: rows of one person), ``people`` (``FILE:7=2``: a row that is two people), ``sectors``
            (sector by institution), ``columns`` (header by our column, for tables that no reader knows).

    Returns:
        What the files hold and what would be published, with a ``token`` that publishes it.

    Raises:
        ValidationError: something is missing or wrong, by field.
        NotAuthorized: the user does not edit for the program.
    """
    dataset = _dataset(context, data_dict)
    tk.check_access("opengovbelize_attendance_preview", context, {"organization_id": dataset["owner_org"]})
    wanted = previewing.options(data_dict)
    sent = uploads.from_action(data_dict)
    if not sent:
        raise tk.ValidationError({"file": [tk._("Choose the attendance files of at least one session.")]})
    webinars = [dataset] if dataset["type"] == WEBINAR else sessions.of_series(dataset["id"])
    attendance = previewing.Attendance(dataset, webinars, wanted, sent)
    return previewing.preview(attendance, _series(context, dataset), user_id(context))


def opengovbelize_attendance_publish(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Publish what a preview showed.

    Args:
        context: CKAN's.
        data_dict: ``id``, id or name of the webinar or series; ``token`` of its preview; optional
            ``publication_state``, ``released`` (the default) or ``draft``.

    Returns:
        ``name`` of the dataset with the figures, and the number of its ``release``.

    Raises:
        ValidationError: the preview is too old, not the user's own, or figures were released meanwhile.
        NotAuthorized: the user does not edit for the program.
    """
    dataset = _dataset(context, data_dict)
    tk.check_access("opengovbelize_attendance_publish", context, {"organization_id": dataset["owner_org"]})
    try:
        preview = signing.open_(str(data_dict.get("token") or ""), user_id(context))
        if preview.dataset != dataset["id"]:
            raise Refused("altered")
    except Refused as refused:
        raise tk.ValidationError({"token": [refused.message]}) from refused
    series = _series(context, dataset)
    whole = dataset["type"] == SERIES
    state = data_dict.get("publication_state") or visibility.RELEASED
    name = publishing.publish(
        Covers(preview.sessions, series["id"] if series else "", whole),
        preview.rows,
        user=context["user"],
        expected=preview.expected,
        details=publishing.Details(preview.threshold, preview.collected, state),
    )
    package_id = model.Session.query(model.Package.id).filter_by(name=name).scalar()
    return {"name": name, "release": max(one.number for one in releases.of_dataset(package_id))}


def _dataset(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    found = tk.get_action("package_show")(
        {"user": context.get("user")}, {"id": tk.get_or_bust(data_dict, "id")}
    )
    if found["type"] not in TYPES:
        raise tk.ValidationError(
            {"id": [tk._("Figures are published of a webinar or of a series of webinars.")]}
        )
    return found


def _series(context: Any, dataset: dict[str, Any]) -> dict[str, Any] | None:
    if dataset["type"] == SERIES:
        return dataset
    for id_ in dataset.get("in_series") or []:
        return tk.get_action("package_show")({"user": context.get("user")}, {"id": id_})
    return None
