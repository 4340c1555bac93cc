"""CKAN as a WSGI application, for a production server."""

from __future__ import annotations

import logging
import os
from typing import Any

from werkzeug.middleware.proxy_fix import ProxyFix

from .ckan_app import flask_app, load

# A form with the largest upload (ckan.max_resource_size, 100 MB) and what surrounds it.
LARGEST_REQUEST = 110 * 1024 * 1024


def create() -> Any:
    """Load CKAN; behind a proxy, believe what the proxy says of the visitor's address and scheme."""
    app = load(os.environ["CKAN_INI"])
    # Loading CKAN's logging switches off the loggers that were there before.
    for name in ("gunicorn.access", "gunicorn.error"):
        logging.getLogger(name).disabled = False
    flask_app(app).config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    if os.environ.get("PORTAL_URL"):
        return ProxyFix(app, x_for=1, x_proto=1)
    return app


application = create()
