"""Addresses of datasets: made of plain words, free for us to take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

import ckan.model as model
from ckan.lib.munge import munge_title_to_name
from sqlalchemy import bindparam, select

LONGEST = 100
_SHORTEST = 2
_OF_NAME = select(model.Package.id).where(model.Package.name == bindparam("name"))
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NAME = re.compile(r"[a-z0-9_-]{2,100}")
# Room that is left for a number, a date or a suffix.
_STEM = 80


def is_name(text: str) -> bool:
    """Tell whether a text is written as the address of a dataset is, and not as a title."""
    return bool(_NAME.fullmatch(text))


def years_in(text: str) -> set[int]:
    """Return the years that a text names."""
    return {int(year) for year in _YEAR.findall(text)}


def of_webinar(series_name: str, number: str) -> str:
    """Return the address of a numbered webinar of a series."""
    return f"{series_name[:_STEM]}-{number}"


def of_title(title: str, date: str) -> str:
    """Return the address of a webinar that has no number: its title, then its date where there is one."""
    stem = re.sub(r"[-_]{2,}", "-", munge_title_to_name(title)).strip("-_")[:_STEM].rstrip("-_")
    # CKAN takes no address of one letter.
    return "-".join(filter(None, ["webinar" if len(stem) < _SHORTEST else "", stem, date]))


def free(wanted: str, organization_id: str, package_id: str | None = None) -> str:
    """Return an address that no other dataset has.

    An address is taken by a dataset of another organization or type, or by a deleted one; whether a record is
    the same webinar is decided before, so a suffix never hides a doubled webinar.
    """
    return next(name for name in _candidates(wanted, organization_id) if not taken(name, package_id))


def _candidates(wanted: str, organization_id: str) -> Iterator[str]:
    yield wanted[:LONGEST]
    if organization := model.Session.get(model.Group, organization_id):
        yield f"{wanted[:_STEM]}-{organization.name}"[:LONGEST]
    yield from (f"{wanted[: LONGEST - 4]}-{number}" for number in count(2))


def taken(name: str, package_id: str | None = None) -> bool:
    """Tell whether another dataset, of whatever type, organization or state, has this address."""
    other = model.Session.execute(_OF_NAME, {"name": name}).scalar()
    return other is not None and other != package_id
