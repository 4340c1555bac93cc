"""What the pages share to which attendance files are sent: the fields of the form, and answers that nobody keeps."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from ckan.types import Response

from .. import config
from ..catalogue import sessions
from ..logic.attendance.uploads import FILE_FIELD, Upload
from ..schemas.types import WEBINAR

# What a coordinator may ask for in several fields of one name.
LISTS = ("dimensions", "crossings", "coarse", "same", "people")
# Fields with a name of their own behind the dot: the sector of an institution, the header of a column.
MAPS = ("sector", "column")


def coordinated(dataset_id: str, type_: str, action: str) -> dict[str, Any]:
    """Return the webinar or series that a page is about; answer 404 or 403 to who may not coordinate it."""
    try:
        found = tk.get_action("package_show")({}, {"id": dataset_id})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        found = {}
    if found.get("type") != type_:
        return tk.abort(404, _("There is no such page, or it is not public."))
    if not tk.h.check_access(action, {"organization_id": found["owner_org"]}):
        return tk.abort(403, _("Log in as an editor of the program to publish participant figures."))
    return found


def webinars(dataset: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the webinars that files are asked for: of a series all its sessions."""
    return [dataset] if dataset["type"] == WEBINAR else sessions.of_series(dataset["id"])


def values(dataset: dict[str, Any]) -> dict[str, Any]:
    """Return what was sent, as the actions want it."""
    form = tk.request.form
    sent: dict[str, Any] = {"id": dataset["id"], "uploads": uploads()}
    sent |= {name: form.getlist(name) for name in LISTS if name in form}
    for name in MAPS:
        marked = {
            key.partition(".")[2]: value
            for key, value in form.items()
            if key.startswith(f"{name}.") and value
        }
        sent[f"{name}s"] = marked
    return sent


def uploads() -> list[Upload]:
    """Return the files that were sent, each with the session whose field it came in."""
    return [
        Upload(field.removeprefix(FILE_FIELD), sent.filename or "", sent.read())
        for field, sent in tk.request.files.items(multi=True)
        if field.startswith(FILE_FIELD) and sent.filename
    ]


def messages(error: tk.ValidationError) -> list[str]:
    """Return the sentences of an error, each once."""
    errors: dict[str, Any] = dict(error.error_dict)
    found = [message for said in errors.values() for message in (said if isinstance(said, list) else [said])]
    return list(dict.fromkeys(map(str, found)))


def too_large_message() -> str:
    """Return what to tell whoever sent files that are larger than can be held in memory."""
    message = _(
        "The files are larger than {number} MB together. Send fewer sessions at once. Nothing was read."
    )
    return message.format(number=config.max_upload_bytes() // 1_000_000)


def too_large() -> tuple[str, int]:
    """Return the page for files that are larger than can be held in memory."""
    values = {"code": 413, "name": _("Too large"), "content": too_large_message()}
    return tk.render("error_document_template.html", values), 413


def private(response: Response) -> Response:
    """Return an answer that no browser and no proxy keeps."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
