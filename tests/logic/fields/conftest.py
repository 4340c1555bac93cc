"""A program with an editor, and the schemas' own examples in it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
import pytest
from ckan.lib.plugins import lookup_package_plugin
from ckan.tests import factories
from ckanext.opengovbelize.schemas import reading

Check = Callable[..., dict[str, Any]]


def example(dataset_type: str, **changes: Any) -> dict[str, Any]:
    """The schema's example, changed; what is None is left out."""
    values = {**copy.deepcopy(reading.program_schemas()[dataset_type]["example"]), **changes}
    return {name: value for name, value in values.items() if value is not None}


@pytest.fixture
def editor() -> dict[str, Any]:
    """An editor of the program of the examples."""
    user = factories.UserWithToken()
    factories.Organization(name="sample-program", users=[{"name": user["name"], "capacity": "editor"}])
    return user


@pytest.fixture
def create(editor: dict[str, Any]) -> Check:
    def create(dataset_type: str, **changes: Any) -> dict[str, Any]:
        return tk.get_action("package_create")({"user": editor["name"]}, example(dataset_type, **changes))

    return create


@pytest.fixture
def series(create: Check) -> dict[str, Any]:
    return create("webinar_series")


@pytest.fixture
def plan(create: Check) -> dict[str, Any]:
    return create("action_plan")


@pytest.fixture
def errors_of(editor: dict[str, Any], series: dict[str, Any], plan: dict[str, Any]) -> Check:
    """What the API would complain about in a changed example; nothing is saved."""

    def check(dataset_type: str, **changes: Any) -> dict[str, Any]:
        changes.setdefault("name", "another-name")
        plugin = lookup_package_plugin(dataset_type)
        context = {"user": editor["name"], "model": model, "session": model.Session}
        _values, errors = plugin.validate(
            context, example(dataset_type, **changes), plugin.create_package_schema(), "package_create"
        )
        return errors

    return check
