"""ckanext-harvest as it comes: its own harvester of other portals, on its own queue, with its own consumers' code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from ckan import model
from ckanext.harvest import queue
from ckanext.harvest.harvesters import CKANHarvester
from ckanext.opengovbelize.catalogue import index
from typing_extensions import override

from .other_portal import OtherPortal, without_extension

PAGE = 100


class Stock(CKANHarvester):
    """Reads sources of our type, so that the same source is read by both."""

    @override
    def info(self) -> dict[str, str]:
        return {**super().info(), "name": "opengovbelize_records"}

    def package_of(self, harvest_object: Any) -> dict[str, Any]:
        """Return what the object carries, for a test's own import stage."""
        package = json.loads(harvest_object.content)
        return {**package, "owner_org": model.Package.get(harvest_object.source.id).owner_org}


class Answering(OtherPortal):
    """Another portal that answers the questions of ``CKANHarvester`` too, which asks for whole datasets by page."""

    def __init__(self, packages: dict[str, dict[str, Any]]) -> None:
        super().__init__(without_extension(packages))

    @override
    def _search(self, params: Any) -> dict[str, Any]:
        if "fl" in params or "start" not in params:
            return super()._search(params)
        start = int(params["start"])
        packages = list(self.state.packages.values())
        return {"count": len(packages), "results": packages[start : start + PAGE]}


def dataset(number: int, **extras: str) -> dict[str, Any]:
    """Return an ordinary dataset of another portal."""
    return {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "type": "dataset",
        "name": f"levels-{number}",
        "title": f"Water levels {number}",
        "notes": "Levels of an invented lagoon.",
        "metadata_modified": "2025-02-13T10:30:00",
        "extras": [{"key": key, "value": value} for key, value in extras.items()],
        "resources": [],
    }


def by_id(packages: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return datasets by their ids."""
    return {package["id"]: package for package in packages}


@contextmanager
def harvesting() -> Iterator[Stock]:
    """Let ckanext-harvest do what our extension does otherwise, and index what it is given as it is."""
    stock = Stock()
    with (
        mock.patch.object(queue, "get_harvester", lambda _type: stock),
        mock.patch.object(queue, "PluginImplementations", lambda _interface: [stock]),
        mock.patch.object(index, "before_dataset_index", dict),
    ):
        yield stock
