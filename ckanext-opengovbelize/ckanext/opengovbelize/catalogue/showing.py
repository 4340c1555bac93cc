"""What CKAN shows of a dataset that is being saved, worked out once for all who ask.

A save is followed by three looks at the same dataset: the activity stream keeps CKAN's own form of it, the index
wants that and the default form, and the locks of fields compare with it. Each look reads the dataset anew, and the
first asks Solr before, which cannot know it yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import logic

from . import moved

# CKAN's default and custom form of a dataset, of which both go into the index.
Both = tuple[dict[str, Any], dict[str, Any]]

_kept: ContextVar[dict[str, Both] | None] = ContextVar("opengovbelize_shown", default=None)

# What of a context lets package_show answer otherwise, and how it answers by default.
_DEFAULTS = {"schema": None, "for_view": False, "for_update": False, "use_cache": True, "validate": True}


@contextmanager
def kept() -> Iterator[dict[str, Both]]:
    """Keep what is shown, by id, while a dataset is saved; yields what was shown last."""
    shown: dict[str, Both] = {}
    token = _kept.set(shown)
    try:
        yield shown
    finally:
        _kept.reset(token)


def both_forms(package_id: str) -> Both:
    """Return a dataset in both forms, as the database has it, whoever asks."""
    return logic.package_show_default_and_custom_schemas({"user": ""}, package_id)


def chained_actions() -> dict[str, Callable[..., Any]]:
    """Return what stands before package_show."""
    return {"package_show": package_show}


@tk.chained_action
@tk.side_effect_free
def package_show(original: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Show a dataset; while one is saved, keep it in both forms. Whatever else is asked for goes on."""
    shown = _kept.get()
    if shown is None or not _asks_plainly(context, data_dict):
        return moved.show(original, context, data_dict)
    tk.check_access("package_show", context, data_dict)
    both = both_forms(data_dict["id"])
    shown[both[1]["id"]] = both
    return deepcopy(both[1])


def _asks_plainly(context: Any, data_dict: dict[str, Any]) -> bool:
    """Tell whether somebody asks who may read everything, for what CKAN shows by default."""
    if not context.get("ignore_auth") or any(
        context.get(name, usual) != usual for name, usual in _DEFAULTS.items()
    ):
        return False
    return "id" in data_dict and set(data_dict) <= {"id", "include_tracking"}
