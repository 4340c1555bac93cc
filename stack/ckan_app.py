"""Loading CKAN, for the processes that run in it."""

from __future__ import annotations

import logging
from typing import Any

from ckan.cli import load_config
from ckan.config.middleware import make_app


def load(ini: str) -> Any:
    """Return CKAN as a WSGI application."""
    config = load_config(ini)
    # Loading CKAN's logging switches off the loggers of whatever was imported before.
    for name, logger in logging.root.manager.loggerDict.items():
        if name.startswith("ckanext.opengovbelize") and isinstance(logger, logging.Logger):
            logger.disabled = False
    return make_app(config)


def flask_app(app: Any) -> Any:
    """Return the Flask application inside, which gives actions a request context."""
    return app._wsgi_app
