"""Saving sources of records: two may differ by the query of their address only, and one that goes ends its runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckanext.harvest.model import HarvestSource

from ..runs import ending
from ..sources import SourceConfig, SourceConfigError, SourceError, checked_address, secret_addresses
from ..sources.types import PACKAGE_TYPE, RECORDS

USUAL_PORTS = {"http": 80, "https": 443}


def chained_actions() -> dict[str, Callable[..., Any]]:
    """Return what stands before the actions that save a source.

    ckanext-harvest leaves the query out when it looks for a source of the same address and the same text as its
    configuration, and refuses the second of two feeds that differ by it. So ours is asked, and the texts of such
    sources are kept apart by spaces at their end, which mean nothing.
    """
    return {name: _before(name) for name in ("package_create", "package_update")}


def _before(action: str) -> Callable[..., Any]:
    @tk.chained_action
    def check(original: Any, context: Any, data_dict: dict[str, Any]) -> Any:
        if data_dict.get("type") != PACKAGE_TYPE or data_dict.get("source_type") != RECORDS:
            return original(context, data_dict)
        if action == "package_update" and (source_id := _leaving(data_dict)):
            tk.check_access(action, context, data_dict)
            ending.end_jobs(source_id)
        if data_dict.get("state") != model.State.DELETED:
            _check_address(data_dict)
        if is_there(data_dict):
            tk.check_access(action, context, data_dict)
            message = tk._(
                "There is a source of this address and configuration already. Open it in the list of sources, or give "
                "this one a configuration of its own."
            )
            raise tk.ValidationError({"url": [message]})
        return original(context, {**data_dict, "config": _apart(data_dict)})

    return check


def _check_address(data_dict: dict[str, Any]) -> None:
    """Refuse an address that no source can have; one with a password would be kept and shown."""
    url = str(data_dict.get("url") or "").strip()
    if not url:
        return
    try:
        checked_address(url)
        secret_addresses.check(url, _config(data_dict.get("config")))
    except SourceError as error:
        raise tk.ValidationError({"url": [tk.h.opengovbelize_message(error.problem.message)]}) from None


def _leaving(data_dict: dict[str, Any]) -> str:
    """Return the id of the source where it is deleted or leaves its organization, so that its runs have to end.

    CKAN's pages for many datasets delete so, and so an organization that is deleted lets go of its own.
    """
    package = model.Package.get(data_dict.get("id") or data_dict.get("name"))
    if package is None:
        return ""
    organization = model.Group.get(data_dict.get("owner_org"))
    stays = organization is not None and organization.id == package.owner_org
    return "" if stays and data_dict.get("state") != "deleted" else package.id


def is_there(data_dict: dict[str, Any]) -> bool:
    """Tell whether another source that is not deleted has the same address and configuration."""
    address, config = plain(str(data_dict.get("url") or "")), _normal(data_dict.get("config"))
    others = _others(data_dict, model.Package.state == model.State.ACTIVE)
    return any(plain(url) == address and _normal(other) == config for url, other in others)


def _others(data_dict: dict[str, Any], *conditions: Any) -> list[tuple[str, str]]:
    """Return address and configuration of every other source, deleted ones too."""
    package = model.Package.get(data_dict.get("id") or data_dict.get("name"))
    rows = (
        model.Session.query(HarvestSource.id, HarvestSource.url, HarvestSource.config)
        .join(model.Package, model.Package.id == HarvestSource.id)
        .filter(*conditions)
    )
    return [(url, config or "") for id_, url, config in rows if package is None or id_ != package.id]


def _apart(data_dict: dict[str, Any]) -> str:
    place = plain(str(data_dict.get("url") or ""))[:3]
    taken = {config for url, config in _others(data_dict) if plain(url)[:3] == place}
    text = _normal(data_dict.get("config"))
    while text in taken:
        text += " "
    return text


def plain(url: str) -> tuple[str, str, str, str]:
    """Return what tells an address from others: no case of the host, no usual port, no last slash."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ("", "", url, "")
    host = parts.hostname or ""
    if port and port != USUAL_PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    return (parts.scheme, host, parts.path.rstrip("/"), parts.query)


def _config(text: str | None) -> SourceConfig:
    try:
        return SourceConfig.from_json(text)
    except SourceConfigError:
        # It is told of by ckanext-harvest's own validator.
        return SourceConfig()


def _normal(config: str | None) -> str:
    try:
        return SourceConfig.from_json(config).to_json()
    except SourceConfigError:
        return config or ""
