"""Participant figures as CSV, workbook and JSON, each with its data dictionary. Plain Python, nothing of CKAN.

Codes stay codes in every format: a table that was downloaded in Spanish is the one that was downloaded in English.
"""

from __future__ import annotations

import csv as csv_writer
import io
import json as json_writer
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from ..records.tables.cells import escape
from ..schemas import choices
from ..statistics import categories
from ..statistics.rows import NOT_COLLECTED, SHOWN, WITHHELD, Row

COLUMNS = tuple(each.name for each in fields(Row))
LANGUAGES = ("en", "es")
_FILE = Path(__file__).with_suffix(".yaml")
# Texts of a cell that XlsxWriter takes for a number, a formula or a link stay text.
_PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_SHEETS = {"figures": "figures", "dictionary": "dictionary", "note": "note"}

Label = Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """The figures of one dataset after one release.

    Attributes:
        title: of the dataset.
        name: its address.
        url: its page.
        covers: addresses of its sessions, and of its series first where it is the series' own.
        release: number of the release.
        released: its day, ISO 8601.
        threshold: of the disclosure control.
        note: what was withheld and why, by language.
        license_id: code of the licence.
        invented: whether the figures are made up.
        rows: the figures that held after the release.
    """

    title: str
    name: str
    url: str
    covers: tuple[str, ...]
    release: int
    released: str
    threshold: int
    note: Label
    license_id: str = ""
    invented: bool = False
    rows: Sequence[Row] = field(default=())


def csv(table: Table) -> bytes:
    """Return the figures as CSV, in UTF-8 with its mark, as spreadsheet programs want it."""
    out = io.StringIO(newline="")
    writer = csv_writer.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([escape(_text(value)) for value in astuple(row)] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def workbook(table: Table) -> bytes:
    """Return a workbook: the figures, what each column and code means, and what was withheld and why."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _PLAIN)
    heading = book.add_format({"bold": True, "bg_color": "#E7EDF3", "bottom": 1, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    figures = book.add_worksheet(_SHEETS["figures"])
    figures.freeze_panes(1, 0)
    figures.set_column(0, len(COLUMNS) - 1, 16)
    figures.write_row(0, 0, COLUMNS, heading)
    for position, row in enumerate(table.rows, 1):
        for column, value in enumerate(astuple(row)):
            if isinstance(value, int):
                figures.write_number(position, column, value)
            elif value:
                figures.write_string(position, column, escape(value))
    if table.rows:
        figures.autofilter(0, 0, len(table.rows), len(COLUMNS) - 1)
    _sheet(book, _SHEETS["dictionary"], _dictionary_lines(), heading, wrapped)
    _sheet(book, _SHEETS["note"], _note_lines(table), heading, wrapped)
    book.close()
    return out.getvalue()


def json(table: Table) -> bytes:
    """Return the figures as JSON, each with its confidentiality, and the data dictionary."""
    return json_writer.dumps(content(table), ensure_ascii=False, indent=1).encode()


def content(table: Table) -> dict[str, Any]:
    """Return what the JSON holds."""
    confidentiality = {code: each["confidentiality"] for code, each in _codes("observation_statuses").items()}
    return {
        "title": table.title,
        "name": table.name,
        "url": table.url,
        "covers": list(table.covers),
        "release": table.release,
        "released": table.released,
        "license_id": table.license_id,
        "invented": table.invented,
        "disclosure_control": {"threshold": table.threshold, "rule": rule(table.threshold), "note": dict(table.note)},
        "dictionary": {"columns": columns(), "codes": codes()},
        "rows": [
            {**dict(zip(COLUMNS, astuple(row), strict=True)), "confidentiality": confidentiality[row.status]}
            for row in table.rows
        ],
    }  # fmt: skip


def columns() -> list[dict[str, Any]]:
    """Return every column: ``id``, ``type``, and ``label`` and ``notes`` by language."""
    return _content()["columns"]


def codes() -> dict[str, dict[str, Label]]:
    """Return what the codes of the columns mean, by language: of measures, statuses, dimensions, categories."""
    found = {
        "measure": _labels("statistics_measures"),
        "status": _labels("observation_statuses"),
        "confidentiality": _labels("confidentiality_statuses"),
        "dimension": _labels("statistics_dimensions"),
        "mode": {
            **{code: label for code, label in _labels("modes").items() if code != "hybrid"},
            "_T": {"en": "All", "es": "Todos"},
        },
    }
    return found | {name: categories.labels(name) for name in categories.VOCABULARIES}


def rule(threshold: int) -> Label:
    """Return the rule of disclosure control in words, by language."""
    return {
        language: text.format(least=threshold, most=threshold - 1)
        for language, text in _content()["rule"].items()
    }


def note(rows: Iterable[Row], threshold: int) -> Label:
    """Return in plain words what of these rows was withheld and why, by language."""
    rows = list(rows)
    withheld = sum(row.status == WITHHELD for row in rows)
    there = withheld + sum(row.status == SHOWN for row in rows)
    missing = _not_collected(rows)
    texts = _content()["note"]
    notes = {}
    for language in LANGUAGES:
        sentence = texts["some" if withheld else "none"][language]
        said = [sentence.format(withheld=withheld, all=there, least=threshold)]
        if missing:
            names = "; ".join(label[language] for label in missing)
            said.append(texts["not_collected"][language].format(names=names))
        notes[language] = " ".join(said)
    return notes


def _not_collected(rows: Iterable[Row]) -> list[Label]:
    """Return the labels of dimensions and measures that were collected in no session."""
    dimensions, measures = _labels("statistics_dimensions"), _labels("statistics_measures")
    named: dict[tuple[str, str], bool] = {}
    for row in rows:
        name = ("dimension", row.dimension_1) if row.dimension_1 else ("measure", row.measure)
        named[name] = named.get(name, True) and row.status == NOT_COLLECTED
    known = {"dimension": dimensions, "measure": measures}
    return [known[kind].get(code, {"en": code, "es": code}) for (kind, code), none in named.items() if none]


def _dictionary_lines() -> list[list[str]]:
    lines = [["column", "type", "label_en", "label_es", "notes_en", "notes_es"]]
    for each in columns():
        lines.append(
            [
                each["id"],
                each["type"],
                *(each[kind][lang] for kind in ("label", "notes") for lang in LANGUAGES),
            ]
        )
    for name, known in codes().items():
        lines += [
            [f"{name}: {code}", "code", label["en"], label["es"], "", ""] for code, label in known.items()
        ]
    return lines


def _note_lines(table: Table) -> list[list[str]]:
    lines = [
        ["", ""],
        ["title", table.title],
        ["url", table.url],
        ["covers", ", ".join(table.covers)],
        ["release", f"{table.release} ({table.released})"],
        ["licence", table.license_id],
        ["invented", "true" if table.invented else "false"],
        ["threshold", str(table.threshold)],
    ]
    for language in LANGUAGES:
        lines.append([f"withheld ({language})", table.note.get(language, "")])
        lines.append([f"rule ({language})", rule(table.threshold)[language]])
    return lines


def _sheet(book: Any, name: str, lines: list[list[str]], heading: Any, wrapped: Any) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, max(map(len, lines)) - 1, 48 if len(lines[0]) > 2 else 110)
    sheet.freeze_panes(1, 0)
    for position, line in enumerate(lines):
        for column, cell in enumerate(line):
            sheet.write_string(position, column, escape(cell), heading if position == 0 else wrapped)


def _labels(vocabulary: str) -> dict[str, Label]:
    return {code: each["label"] for code, each in _codes(vocabulary).items()}


def _codes(vocabulary: str) -> dict[str, Mapping[str, Any]]:
    return {each["value"]: each for each in choices.vocabulary(vocabulary).choices}


@cache
def _content() -> dict[str, Any]:
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))


def _text(value: Any) -> str:
    return "" if value is None else str(value)
