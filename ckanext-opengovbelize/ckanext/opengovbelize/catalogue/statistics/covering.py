"""What figures are about: one webinar, or the sessions of a series."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk

from ...schemas.types import SERIES, WEBINAR
from .. import names

# What the address of a statistics dataset adds to that of its webinar or series.
SUFFIX = "-participants"


@dataclass(frozen=True)
class Covers:
    """What the figures of one dataset are about.

    Attributes:
        webinars: ids of the webinars.
        series: id of the series, or empty where the webinar is in none.
        whole: whether the dataset is the series' own; otherwise it is that of its one webinar.
    """

    webinars: tuple[str, ...]
    series: str = ""
    whole: bool = False


@dataclass(frozen=True)
class Subject:
    """The same, with what the catalogue has of it.

    Attributes:
        covers: what it is about.
        webinars: the webinars.
        series: the series, or None.
    """

    covers: Covers
    webinars: tuple[model.Package, ...]
    series: model.Package | None

    @property
    def main(self) -> model.Package:
        """Return the webinar or the series whose figures these are."""
        return self.series if self.covers.whole and self.series is not None else self.webinars[0]

    @property
    def dataset_name(self) -> str:
        """Return the address of its statistics dataset."""
        return self.main.name[: names.LONGEST - len(SUFFIX)] + SUFFIX

    @property
    def sessions(self) -> frozenset[str]:
        """Return the addresses of its sessions, as the rows of figures name them."""
        return frozenset(webinar.name for webinar in self.webinars)

    def stored(self) -> dict[str, Any]:
        """Return it as a release keeps it: ids stay, addresses are those of the time."""
        return {
            "ids": [webinar.id for webinar in self.webinars],
            "webinars": [{"id": webinar.id, "name": webinar.name} for webinar in self.webinars],
            "series": {"id": self.series.id, "name": self.series.name} if self.series else {},
            "whole": self.covers.whole,
        }


def subject(covers: Covers) -> Subject:
    """Return what figures are about.

    Raises:
        ValidationError: a webinar or the series is not there, or they do not belong together.
    """
    if not covers.webinars or (not covers.whole and len(covers.webinars) != 1):
        raise _fault("webinars", tk._("Figures are about one webinar, or about the sessions of one series."))
    webinars = tuple(_package(id_, WEBINAR, "webinars") for id_ in dict.fromkeys(covers.webinars))
    series = _package(covers.series, SERIES, "in_series") if covers.series else None
    if covers.whole and series is None:
        raise _fault(
            "in_series", tk._("There is no such series. Give the id or the name of a webinar series.")
        )
    owners = {package.owner_org for package in (*webinars, *([series] if series else []))}
    if len(owners) > 1:
        raise _fault("webinars", tk._("The sessions belong to several programs. Publish them one by one."))
    if series and any(series_of(webinar) != series.id for webinar in webinars):
        raise _fault("webinars", tk._("One of the sessions does not belong to this series."))
    return Subject(covers, webinars, series)


def series_of(webinar: model.Package) -> str:
    """Return the id of a webinar's series, or an empty text."""
    stored = json.loads((webinar.extras or {}).get("in_series") or "[]")
    return stored[0] if stored else ""


def present_names(ids: Iterable[str]) -> Mapping[str, str]:
    """Return the present addresses of packages, by id; those that were purged are missing."""
    wanted = list(dict.fromkeys(ids))
    rows = model.Session.query(model.Package.id, model.Package.name).filter(model.Package.id.in_(wanted))
    return {row.id: row.name for row in rows} if wanted else {}


def _package(reference: str, type_: str, field: str) -> model.Package:
    package = model.Package.get(reference)
    if package is None or package.type != type_ or package.state != "active":
        message = {
            WEBINAR: tk._("There is no such webinar. Give the id or the name of a webinar."),
            SERIES: tk._("There is no such series. Give the id or the name of a webinar series."),
        }
        raise _fault(field, message[type_])
    return package


def _fault(field: str, message: str) -> tk.ValidationError:
    return tk.ValidationError({field: [message]})
