"""Keeps erased texts out of what people type and programs send, whichever action takes it.

One rule before every action that stores text, and not a validator in each schema: CKAN has more ways in than
schemas of ours, and the rows of a table in the DataStore have no schema at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model
from werkzeug.datastructures import FileStorage

from ... import config
from ...catalogue.erased import texts as erased_texts
from ...privacy.hashing import contains_erased
from ...schemas import forms
from .phrase import as_json, read_escapes

Erased = frozenset[tuple[int, str]]

# Other actions that store text, such as those of resources, harvest sources and patches, call one of these.
_OF_CKAN = (
    "api_token_create",
    "config_option_update",
    "file_create",
    "file_rename",
    "group_create",
    "group_update",
    "organization_create",
    "organization_update",
    "package_create",
    "package_relationship_create",
    "package_relationship_update",
    "package_update",
    "resource_view_create",
    "resource_view_update",
    "tag_create",
    "term_translation_update",
    "user_create",
    "user_update",
    "vocabulary_create",
    "vocabulary_update",
)
_OF_DATASTORE = ("datastore_create", "datastore_upsert")

# What nobody but its owner sees of an account; a password is compared with nothing.
_OF_ACCOUNTS = {"email", "password", "password1", "password2", "old_password", "reset_key"}
# Accounts are named where a group lists its members: a list of who, and no text.
_OF_GROUPS = {"users"}
# Stands for a field whose own name holds the text.
_UNNAMED = "message"


def chained_actions() -> dict[str, Callable[..., Any]]:
    """Return what stands before each action that stores text."""
    names = _OF_CKAN + (_OF_DATASTORE if p.plugin_loaded("datastore") else ())
    return {name: _before(name) for name in names}


def _before(action: str) -> Callable[..., Any]:
    @tk.chained_action
    def keep_out(original: Any, context: Any, data_dict: dict[str, Any]) -> Any:
        if action in ("package_create", "package_update"):
            # Complaints stand at the rows of a form, so the rows are put together here already.
            data_dict = forms.with_rows(data_dict)
        errors = _errors(_text_of(action, data_dict), erased_texts(), rows=action not in _OF_DATASTORE)
        if errors:
            # Who may not write is told so, and not which texts were erased.
            tk.check_access(action, context, data_dict)
            raise tk.ValidationError(errors)
        return original(context, data_dict)

    return keep_out


def holds_erased(value: Any, erased: Erased) -> bool:
    """Return whether an erased text stands in any text of a value, also with its letters written out."""
    if not erased:
        return False
    key = config.hash_key()
    return any(
        contains_erased(spelling, erased, key)
        for text in _texts(value)
        for spelling in {text, read_escapes(text)[0]}
    )


def refusal() -> str:
    """Return what to tell somebody who brings an erased text back."""
    return tk._("This holds a text that was erased at somebody's request. Leave it out.")


def _text_of(action: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return what of an action's data is new text for others to read."""
    kind, _, _ = action.partition("_")
    if kind in ("group", "organization"):
        return {name: value for name, value in data.items() if name not in _OF_GROUPS}
    if kind != "user":
        return data
    # The owner of an account under that name still has to be able to change it, or its password.
    account = model.User.get(data.get("id") or data.get("name")) if action == "user_update" else None
    return {
        name: value
        for name, value in data.items()
        if name not in _OF_ACCOUNTS and (name == "id" or value != getattr(account, name, None))
    }


def _errors(data: dict[str, Any], erased: Erased, *, rows: bool) -> dict[str, Any]:
    """Return a complaint for each field that holds an erased text, in the shape in which forms show it."""
    if not erased:
        return {}
    errors: dict[str, Any] = {}
    for name, value in data.items():
        if holds_erased(name, erased):
            errors[_UNNAMED] = [refusal()]
        elif rows and _is_rows(value):
            complaints = [_errors(row, erased, rows=False) for row in value]
            if any(complaints):
                errors[name] = complaints
        elif holds_erased(value, erased):
            errors[name] = [refusal()]
    return errors


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _texts(value: Any) -> Iterator[str]:
    """Return every text in a value; a list in a field is stored as JSON, in which letters may be escaped."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            inner = as_json(part)
            if inner is None:
                yield part
            else:
                waiting.append(inner)
        elif isinstance(part, dict):
            waiting += [*part, *part.values()]
        elif isinstance(part, list | tuple | set):
            waiting += part
        elif isinstance(part, FileStorage):
            waiting.append(part.filename)
