"""Fixtures that every test may use.

pytest-ckan loads all plugins, runs their migrations and makes the application anew for every test, which takes longer
than most tests do. Here each is done once; a test that needs other plugins or schemas loads them itself and unloads them after it.
"""

from __future__ import annotations

import functools
import logging.config
from collections.abc import Callable
from typing import Any

import ckan.cli
import ckan.model as model
import ckan.plugins as plugins
import pytest
from ckan.tests.helpers import CKANTestApp

# Each command that a test runs would load logging anew, as migrations do: that switches off every logger that is there
# already, and a command takes away whoever listens. A check that nothing private is logged could not fail any more.
logging.config.fileConfig = functools.partial(logging.config.fileConfig, disable_existing_loggers=False)
ckan.cli.loggingFileConfig = functools.cache(logging.config.fileConfig)

PLUGINS_WITH_TABLES = ("activity", "harvest", "opengovbelize")
_migrated: set[str] = set()
_apps: dict[str, Any] = {}


@pytest.fixture
def with_plugins() -> None:
    """The plugins that the configuration names, loaded."""
    wanted = plugins.toolkit.aslist(plugins.toolkit.config["ckan.plugins"])
    if not all(map(plugins.plugin_loaded, wanted)):
        plugins.load_all()
        _apps.clear()


@pytest.fixture
def app(with_plugins: None, make_app: Callable[[], CKANTestApp]) -> CKANTestApp:
    """A client of the portal. The application behind it is made once for all tests with the same schemas."""
    schemas = plugins.toolkit.config["scheming.dataset_schemas"]
    if schemas not in _apps:
        _apps[schemas] = make_app().app
    return CKANTestApp(_apps[schemas])


@pytest.fixture
def clean_db(reset_db: Callable[[], None], migrate_db_for: Callable[[str], None]) -> None:
    """An empty database with CKAN's tables and those of every plugin we load."""
    engine = model.meta.engine
    reset_db()
    for plugin in PLUGINS_WITH_TABLES:
        if plugin not in _migrated:
            migrate_db_for(plugin)
            _migrated.add(plugin)
    # CKAN's migrations leave an engine behind that opens a new connection for every transaction,
    # which takes longer than most transactions do.
    model.init_model(engine)
