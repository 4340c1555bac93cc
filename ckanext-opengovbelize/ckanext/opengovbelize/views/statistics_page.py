"""What pages show of published figures: in words, in charts and in the tables behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _

from ..catalogue.statistics import figures, tables
from ..catalogue.statistics.figures import Figures
from ..statistics.cells import ALL, IN_PERSON, MODES, ONLINE
from ..statistics.rows import CANNOT_OCCUR, NOT_COLLECTED, SHOWN, WITHHELD, Row
from . import count_charts, listing
from .figure_labels import category_label, dimension_label, measure_label, mode_label, value_text
from .packages import title_in_language

# Figures that stand by themselves, in the order of the page; those of people by mode come before.
PEOPLE = ("participants", "attendances", "attended")
SINGLE = (
    *("registered", "no_shows", "median_minutes", "messages", "questions", "answered_in_writing", "chatters"),
    "certificates",
)
MODE_ORDER = (ALL, *MODES)

Part = dict[str, Any]


def page(dataset: Mapping[str, Any]) -> Part:
    """Return what the page of a statistics dataset shows besides its own fields.

    Args:
        dataset: the dataset, as ``package_show`` gives it.
    """
    table = tables.table(dict(dataset))
    if table is None:
        return {"releases": [], "table": None, "sections": []}
    known = tables.releases_of(dataset["id"])
    days = {release["release"]: release["released"] for release in known}
    order = [*table.covers, ALL]
    sessions = sorted(
        {row.session for row in table.rows}, key=lambda name: order.index(name) if name in order else 0
    )
    # The series as a whole comes first.
    sessions = [name for name in sessions if name == ALL] + [name for name in sessions if name != ALL]
    language = tk.h.lang().partition("_")[0]
    return {
        "table": table,
        "note": table.note.get(language) or table.note.get("en", ""),
        "releases": known,
        "sections": [
            {**_section(name, table.rows, days, f"s{number}"), "folded": len(sessions) > 2 and name != ALL}
            for number, name in enumerate(sessions)
        ],
    }


def webinar_block(webinar: Mapping[str, Any]) -> Part | None:
    """Return the few figures that the page of a webinar shows, or None where it has none."""
    found = figures.of_webinar(webinar["id"])
    if not found:
        return None
    session = next(row.session for row in found.rows)
    return {"tiles": _people_tiles(found.rows, session, "attended"), "dataset": _dataset(found)}


def series_block(series: Mapping[str, Any]) -> Part | None:
    """Return what the page of a series shows: its own figures, and its sessions' without any sum over them."""
    found = figures.of_series(series["id"])
    if not found:
        return None
    own = [row for row in found.rows if row.session == ALL]
    tiles = [tile for measure in ("participants", "attendances") for tile in _people_tiles(own, ALL, measure)]
    tiles += [_tile(row) for row in own if row.measure == "certificates"]
    sessions = {webinar["name"]: webinar for webinar in listing.sessions_of(series["id"])}
    return {
        "tiles": tiles,
        "columns": [mode_label(mode) for mode in MODE_ORDER],
        "sessions": [
            {
                "title": title_in_language(sessions[name], tk.h.lang()),
                "name": name,
                "cells": [_text(found.get(name, "attended", mode)) for mode in MODE_ORDER],
            }
            for name in sessions
            if found.get(name, "attended")
        ],
        # The series' own dataset, where it has one; its sessions' own are linked from their pages.
        "dataset": _dataset(found, own=bool(own)) if own else None,
    }


def _section(session: str, rows: Sequence[Row], days: Mapping[int, str], id_: str) -> Part:
    mine = [row for row in rows if row.session == session]
    package = listing.dataset(session) if session != ALL else None
    newest = max(days, default=0)
    plain = [row for row in mine if not row.dimension_1]
    return {
        "id": id_,
        "title": _("The series as a whole") if session == ALL else _title(package, session),
        "url": tk.url_for("webinar.read", id=session) if package else "",
        "tiles": [tile for measure in PEOPLE for tile in _people_tiles(plain, session, measure)],
        "singles": [_tile(row) for measure in SINGLE for row in plain if row.measure == measure],
        "parts": [
            {**part, "dated": _dated(found, days, newest)}
            for number, found in enumerate(_groups(row for row in mine if row.dimension_1))
            for part in [_part(found, f"{id_}-{number}")]
        ],
        "dated": _dated([row for row in plain if row.measure in PEOPLE], days, newest),
    }


def _title(package: Mapping[str, Any] | None, name: str) -> str:
    return title_in_language(package, tk.h.lang()) if package else name


def _people_tiles(rows: Iterable[Row], session: str, measure: str) -> list[Part]:
    """Return the tiles of a count of people: all, and by mode where both could occur."""
    found = {
        row.mode: row
        for row in rows
        if row.session == session and row.measure == measure and not row.dimension_1
    }
    return [_tile(found[mode]) for mode in MODE_ORDER if mode in found and found[mode].status != CANNOT_OCCUR]


def _tile(row: Row) -> Part:
    label = measure_label(row.measure)
    if row.mode != ALL:
        label = f"{label}: {mode_label(row.mode).lower()}"
    return {"label": label, "text": _text(row), "status": row.status}


def _text(row: Row | None) -> str:
    """Return a figure as text; a dash where there is none."""
    if row is None or row.status == CANNOT_OCCUR:
        return "–"
    return value_text(asdict(row))


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield the rows of each breakdown: one measure by one or two dimensions, all modes together."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((row.dimension_1, row.dimension_2, row.measure), []).append(row)
    yield from found.values()


def _part(rows: Sequence[Row], id_: str) -> Part:
    first = rows[0]
    names = [dimension_label(name) for name in (first.dimension_1, first.dimension_2) if name]
    title = " × ".join(names)
    if first.measure != "attended":
        title = f"{title}: {measure_label(first.measure).lower()}"
    if all(row.status == NOT_COLLECTED for row in rows):
        return {"title": title, "sentence": _("Not collected: nobody was asked.")}
    if not any(row.status == SHOWN for row in rows):
        sentence = _("Withheld: there were too few people in every category.")
        return {"title": title, "sentence": sentence}
    visible = [row for row in rows if row.status in (SHOWN, WITHHELD)]
    return {"title": title, "chart": _chart(visible, title, id_), **_table(rows)}


def _chart(rows: Sequence[Row], title: str, id_: str) -> Any:
    first = rows[0]
    groups: dict[str, list[count_charts.Bar]] = {}
    for row in sorted(rows, key=lambda row: MODE_ORDER.index(row.mode)):
        if first.dimension_2 and row.mode != ALL:
            continue
        heading = category_label(row.dimension_1, row.category_1)
        groups.setdefault(heading, []).append(_bar(row))
    shown = sum(row.status == SHOWN for row in rows)
    description = _(
        "{shown} of {all} figures are shown, the others are withheld. The table below has them all."
    )
    return count_charts.bars(
        [(heading, groups[heading]) for heading in _in_order(rows, groups)],
        id_=f"counts-{id_}",
        title=title,
        description=description.format(shown=shown, all=len(rows)),
        withheld=_("withheld"),
    )


def _in_order(rows: Sequence[Row], groups: Mapping[str, Any]) -> list[str]:
    """Return the headings in the order in which the figures give the categories."""
    return [
        heading
        for heading in dict.fromkeys(category_label(row.dimension_1, row.category_1) for row in rows)
        if heading in groups
    ]


def _bar(row: Row) -> count_charts.Bar:
    if row.dimension_2:
        return count_charts.Bar("other", category_label(row.dimension_2, row.category_2), row.value)
    label = {ALL: _("All"), IN_PERSON: _("In person"), ONLINE: _("Online")}[row.mode]
    kind = row.mode if row.mode != ALL else "all"
    return count_charts.Bar(kind, label.lower(), row.value)


def _table(rows: Sequence[Row]) -> Part:
    first = rows[0]
    keys = list(dict.fromkeys((row.mode, row.category_2) for row in rows))
    keys.sort(key=lambda key: MODE_ORDER.index(key[0]))
    lines = list(dict.fromkeys(row.category_1 for row in rows))
    cells = {(row.category_1, row.mode, row.category_2): row for row in rows}
    return {
        "head": dimension_label(first.dimension_1),
        "columns": [_column(first, *key) for key in keys],
        "lines": [
            {
                "label": category_label(first.dimension_1, code),
                "cells": [_cell(cells.get((code, *key))) for key in keys],
            }
            for code in lines
        ],
    }


def _column(first: Row, mode: str, category: str) -> str:
    names = [category_label(first.dimension_2, category)] if category else []
    if not names or mode != ALL:
        names.append(mode_label(mode))
    return ", ".join(names)


def _cell(row: Row | None) -> Part:
    return {"text": _text(row), "status": row.status if row else CANNOT_OCCUR}


def _dated(rows: Sequence[Row], days: Mapping[int, str], newest: int) -> str:
    """Return the day of the figures where a later release did not renew them."""
    numbers = {row.release for row in rows}
    if not numbers or max(numbers) == newest:
        return ""
    return days.get(max(numbers), "")


def _dataset(found: Figures, own: bool = False) -> dict[str, str] | None:
    """Return name and address of the dataset that figures come from: the newest one, or that of the series."""
    for package_id in found.datasets:
        package = model.Session.get(model.Package, package_id)
        if package is None:
            continue
        about = tables.table({"id": package.id, "title": package.title, "name": package.name})
        if not own or (about and any(row.session == ALL for row in about.rows)):
            return {"name": package.name, "released": about.released if about else ""}
    return None
