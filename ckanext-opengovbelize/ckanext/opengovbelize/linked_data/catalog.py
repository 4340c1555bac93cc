"""The catalogue's feed of ckanext-dcat, for searches of any text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.lib.search.common import SearchError
from werkzeug.datastructures import ImmutableMultiDict


def chained_actions() -> dict[str, Callable[..., Any]]:
    """Return what stands before the actions of ckanext-dcat, where it is loaded."""
    return {"dcat_catalog_show": dcat_catalog_show} if p.plugin_loaded("dcat") else {}


@tk.chained_action
@tk.side_effect_free
def dcat_catalog_show(original: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Serialize a page of the catalogue. A search that Solr cannot read is the asker's error, with a reason."""
    try:
        with _quoted_arguments():
            return original(context, data_dict)
    except SearchError as error:
        raise tk.ValidationError(
            {"q": [tk._("The search cannot be read. Put words with special signs in double quotes.")]}
        ) from error


@contextmanager
def _quoted_arguments() -> Iterator[None]:
    # ckanext-dcat (2.4.4) writes the request's arguments into the addresses of the next and previous pages
    # as they are, and rdflib refuses an address with a space or a quotation mark in it.
    request: Any = tk.request
    stated = request.args
    request.args = ImmutableMultiDict((key, quote(value)) for key, value in stated.items(multi=True))
    try:
        yield
    finally:
        request.args = stated
