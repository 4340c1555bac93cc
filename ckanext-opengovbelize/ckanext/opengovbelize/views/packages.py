"""A dataset as its page shows it: in the reader's language, with its people and materials by kind."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from .labels import choice_label
from .listing import plan_of, series_of

SPEAKER = "speaker"


def is_invented(package: dict[str, Any]) -> bool:
    """Return whether a dataset is made up, or belongs to a series or a plan that is."""
    if _true(package.get("invented")):
        return True
    whole = series_of(package) or plan_of(package) or {}
    return _true(whole.get("invented"))


def title_in_language(package: Mapping[str, Any], language: str) -> str:
    """Return the title of a dataset in a language, or its own."""
    wanted = language.partition("_")[0]
    for row in package.get("translations") or []:
        if row.get("field") == "title" and not row.get("row") and row.get("language") == wanted:
            return row.get("text") or package["title"]
    return package.get("title") or package["name"]


def in_language(package: dict[str, Any], language: str) -> dict[str, Any]:
    """Return a copy of a dataset with the texts that its ``translations`` give in a language.

    Args:
        package: the dataset.
        language: the reader's language, as CKAN names locales.
    """
    wanted = language.partition("_")[0]
    shown = copy.deepcopy(package)
    for translation in package.get("translations") or []:
        if translation.get("language") == wanted and translation.get("text"):
            _translate(shown, translation)
    return shown


def speakers(package: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the speakers of a webinar, in the record's order."""
    return [person for person in package.get("people") or [] if person.get("role") == SPEAKER]


def other_people(package: dict[str, Any]) -> list[dict[str, Any]]:
    """Return who facilitated, coordinated or hosted a webinar, in the record's order."""
    return [person for person in package.get("people") or [] if person.get("role") != SPEAKER]


def where(package: dict[str, Any]) -> str:
    """Return the place of a webinar in one line: venue, locality and district, none said twice."""
    district = package.get("district")
    parts = [
        package.get("venue_name"),
        package.get("locality"),
        choice_label("district", district) if district else "",
    ]
    return ", ".join(part for part in dict.fromkeys(parts) if part)


def _translate(shown: dict[str, Any], translation: dict[str, str]) -> None:
    """Put one translated text in its place: ``field``, or ``field.subfield`` of the row with that code."""
    field, _dot, subfield = translation.get("field", "").partition(".")
    if not translation.get("row"):
        if isinstance(shown.get(field), str):
            shown[field] = translation["text"]
        return
    for row in shown.get(field) or []:
        if row.get("code") == translation["row"] and subfield in row:
            row[subfield] = translation["text"]


def _true(value: Any) -> bool:
    return str(value).lower() in ("true", "1", "yes")
