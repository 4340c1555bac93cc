"""A preview of participant figures in words and tables: of a request's answer to what the page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, groupby
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _

from ..statistics import categories
from ..statistics.cells import ALL, ASKED, DIMENSIONS, Cell
from .figure_labels import breakdown_label, category_label, dimension_label, measure_label, mode_label

Row = dict[str, Any]


def dimensions(*, coarse: bool = False) -> list[str]:
    """Return the dimensions that a coordinator may choose; those with coarser categories only."""
    return [name for name in DIMENSIONS if not coarse or (name in ASKED and categories.can_be_coarser(name))]


def crossings() -> list[tuple[str, str]]:
    """Return the pairs of dimensions that may be crossed."""
    return list(combinations(ASKED, 2))


def raw_counts() -> list[tuple[str, str]]:
    """Return the counts of a file that a coordinator looks at, with their labels."""
    return [
        ("rows", _("Rows")),
        ("registered", _("Registered")),
        ("no_shows", _("Registered and did not come")),
        ("connections", _("Connections")),
        ("unique_attendees", _("People who attended")),
        ("hosts_and_panelists_excluded", _("Hosts and panelists left out")),
        ("people_after_review", _("People after your corrections")),
    ]


def columns() -> list[tuple[str, str]]:
    """Return our columns by which any table can be read, with their labels."""
    return [
        ("name", _("Name")),
        ("email", _("E-mail address")),
        ("joined", _("Joined at")),
        ("left", _("Left at")),
        ("minutes", _("Minutes")),
        ("attended", _("Attended (yes or no)")),
        ("role", _("Role")),
        ("institution", _("Institution")),
        ("sector", dimension_label("sector")),
        ("district", dimension_label("district")),
        ("gender", dimension_label("gender")),
        ("country", dimension_label("country")),
    ]


def correction(doubt: Mapping[str, Any]) -> dict[str, str]:
    """Return how a coordinator may settle a doubt: that rows are one person, or that one row is two people."""
    rows = doubt["rows"]
    if doubt["code"] == "shared-computer":
        return {"people": f"{rows[0]['file']}:{rows[0]['row']}=2"}
    if len(rows) > 1:
        return {"same": "+".join(f"{row['file']}:{row['row']}" for row in rows)}
    return {}


def settled(answer: Mapping[str, Any], sent: Any) -> list[dict[str, str]]:
    """Return the corrections that were sent and whose doubt is gone with them, so that they can be sent again."""
    doubtful = {value for doubt in answer["doubts"] for value in correction(doubt).values()}
    labels = {"same": _("One person: {rows}"), "people": _("Two people at one computer: {rows}")}
    return [
        {"name": name, "value": value, "label": labels[name].format(rows=value.removesuffix("=2"))}
        for name in labels
        for value in dict.fromkeys(sent.getlist(name))
        if value not in doubtful
    ]


def refusals(answer: Mapping[str, Any]) -> list[str]:
    """Return in words what is not released, and why."""
    several = len({row["session"] for row in answer["tables"]}) > 1
    return list(
        dict.fromkeys(
            f"{_session_title(one['session'])}: {_refusal(one)}"
            if several and one["breakdown"]
            else _refusal(one)
            for one in answer["refusals"]
        )
    )


def offers(answer: Mapping[str, Any]) -> list[str]:
    """Return in words what may show more, in the order in which to try it."""
    return [_offer(one) for one in answer["offers"]]


def shown(answer: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what the page shows of each session: ``title`` and ``parts``, one a breakdown."""
    for session, found in groupby(answer["tables"], key=lambda row: row["session"]):
        rows = list(found)
        yield {"title": _session_title(session), "parts": list(_parts(rows))}


def _parts(rows: Iterable[Row]) -> Iterator[Row]:
    groups: dict[tuple[str, bool], list[Row]] = {}
    for row in rows:
        one = _cell(row)
        groups.setdefault((one.breakdown, row["measure"] == "participants"), []).append(row)
    for (breakdown, _of_series), found in groups.items():
        title = breakdown_label(breakdown)
        if all(row["status"] == "L" for row in found):
            yield {"title": title, "sentence": _("not collected")}
        elif not any(row["status"] == "A" for row in found):
            yield {
                "title": title,
                "sentence": _("too few people in every category: nothing is left to show."),
            }
        else:
            yield {"title": title, **_table(breakdown, found)}


def _table(breakdown: str, rows: list[Row]) -> Row:
    keys = list(dict.fromkeys(_column(row) for row in rows))
    lines = list(dict.fromkeys(_line(row) for row in rows))
    cells = {(_line(row), _column(row)): row for row in rows}
    visible = [row for row in rows if row["status"] in ("A", "Q")]
    remain = sum(row["status"] == "A" for row in visible)
    return {
        "columns": [_column_label(key) for key in keys],
        "rows": [
            {"label": _line_label(line), "cells": [_shown(cells.get((line, key))) for key in keys]}
            for line in lines
        ],
        "remains": _("{shown} of {all} figures are shown").format(shown=remain, all=len(visible)),
    }


def _column(row: Row) -> tuple[str, str]:
    """Return by what a figure's column is told apart: its mode, or the category of a second dimension."""
    return row["mode"], row["category_2"]


def _line(row: Row) -> tuple[str, ...]:
    return row["measure"], row["dimension_1"], row["category_1"], row["dimension_2"]


def _column_label(key: tuple[str, str]) -> str:
    mode, category = key
    return category if category else mode_label(mode)


def _line_label(line: tuple[str, ...]) -> str:
    measure, dimension, category, _second = line
    return category_label(dimension, category) if dimension else measure_label(measure)


def _shown(row: Row | None) -> Row:
    if row is None:
        return {"text": "", "why": "", "count": None}
    text = {"M": "–", "L": _("not collected")}.get(row["status"], str(row["value"]))
    return {"text": text, "why": row["why"], "count": row["count"]}


def _cell(row: Row) -> Cell:
    names = ("session", "mode", "dimension_1", "category_1", "dimension_2", "category_2", "measure")
    return Cell(*(row[name] for name in names))


def _session_title(session: str) -> str:
    if session == ALL:
        return _("The series as a whole")
    found = tk.h.opengovbelize_dataset(session)
    return tk.h.opengovbelize_title(found) if found else session


def _refusal(one: Mapping[str, Any]) -> str:
    title = breakdown_label(one["breakdown"])
    if one["code"] == "too-close" and one["earlier"]:
        message = _(
            "{breakdown}: the difference from release {number} would tell of a few people only. It stays as it was "
            "released then; the total can be corrected."
        )
        return message.format(breakdown=title, number=one["earlier"])
    if one["code"] == "circle":
        return _("These crossings form a circle, such as A by B, B by C and C by A. Leave one of them out.")
    if not one["breakdown"]:
        return {
            "infeasible": _("Nothing is published: the figures contradict what was released before."),
            "out-of-time": _(
                "Nothing is published: the check took too long. Choose fewer breakdowns, or coarser categories."
            ),
        }.get(
            one["code"], _("Nothing is published: what was released before would give people away beside it.")
        )
    if one["code"] == "out-of-time":
        message = _(
            "{breakdown} is left out: checking that it gives nobody away took too long. Take away another breakdown, "
            "or choose coarser categories, and show the preview again."
        )
        return message.format(breakdown=title)
    message = _("{breakdown} is left out: beside what is published already, it would give people away.")
    return message.format(breakdown=title)


def _offer(one: str) -> str:
    kind, _colon, name = one.partition(":")
    if kind == "coarser":
        return _("Choose coarser categories for: {dimension}.").format(dimension=dimension_label(name))
    if kind == "totals":
        return _("Publish totals only: take away the breakdowns.")
    return _("Hold the figures until all sessions of the series can be published together.")
