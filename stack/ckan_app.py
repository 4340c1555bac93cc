"""Loading CKAN, for the processes that run in it."""

from __future__ import annotations

from typing import Any

from ckan.cli import load_config
from ckan.config.middleware import make_app


def load(ini: str) -> Any:
    """Return CKAN as a WSGI application."""
    return make_app(load_config(ini))


def flask_app(app: Any) -> Any:
    """Return the Flask application inside, which gives actions a request context."""
    return app._wsgi_app
