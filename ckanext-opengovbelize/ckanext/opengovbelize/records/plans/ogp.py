"""The commitments table of the Open Government Partnership: one commitment a row, the plan told by its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ..tables.sheet import Row, Sheet
from ..words import fold
from . import rows, schema, values
from .faults import problem
from .headers import COMMITMENTS, SOURCE_URL, Table, candidates, fields_of, left_out
from .joining import Joining
from .record import PLAN, PlanRecord

_PLACE, _TITLE = "country locality", "commitment title"
# Which column holds which field of a commitment.
_FIELDS = {
    "commitment unique identifier": "ogp_identifier",
    "commitment number": "number",
    _TITLE: "title",
    "full text": "action",
    "commitment text": "action",
    "start date": "start",
    "end date": "end",
    "lead institution": "lead",
    "lead institution s": "lead",
    # Public bodies and civil society organizations stand in one column and cannot be told apart.
    "supporting institution s": "supporting",
    "supporting institution": "supporting",
    "theme": "policy_areas",
    "policy area": "policy_areas",
    "policy area s": "policy_areas",
    "ogp value": "ogp_values",
    "ogp values": "ogp_values",
    "url": SOURCE_URL,
}
# Which scale a column of the Independent Reporting Mechanism uses; a later review counts, so it comes first.
_SCALES = {
    "verifiability": "irm_verifiability",
    "specificity": "irm_specificity",
    "potential impact": "irm_potential_impact",
    "potential for results": "irm_potential_for_results",
    "completion end of term report": "irm_completion",
    "completion end of term": "irm_completion",
    "completion": "irm_completion",
    "completion progress report": "irm_completion",
    "did it open government overall": "irm_did_it_open_government",
    "did it open government": "irm_did_it_open_government",
    "early results": "irm_early_results",
}
_ASSESSOR = "Independent Reporting Mechanism"
_NUMBER, _YEAR, _END_YEAR = "action plan number", "year of submission", "action plan end year"
_IDENTIFIER, _EXTENT = "action plan unique identifier", "national or local"
# Columns that say nothing beyond the others.
_UNREAD = frozenset(["code", "region", "commitment dummy", "action plan duration years", "short title"])
_KNOWN = {*_FIELDS, *_SCALES, *_UNREAD, _PLACE, _NUMBER, _YEAR, _END_YEAR, _IDENTIFIER, _EXTENT}
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_YEAR_FIGURE = re.compile(r"(?:19|20)\d\d")
_DRAFT = frozenset(["draft", "drafts", "borrador"])
_INVENTED = frozenset(["invented", "sample", "inventado", "inventada"])
_TITLE_LINES = 20
# By what plans are told apart: place, number, year.
_Key = tuple[str, str, str]


@dataclass
class _Plan:
    """One plan of the table: those of its rows that agree in place, number and year."""

    place: str
    number: str
    year: str
    first: str
    end_year: str = ""
    notes: set[str] = field(default_factory=set)
    identifier: str = ""
    is_local: bool = False

    @property
    def span(self) -> str:
        """Return the years, as far as they are stated."""
        return "–".join(dict.fromkeys(year for year in (self.year, self.end_year) if year))

    @property
    def title(self) -> str:
        """Return what the plan is called here: the table has no title for it."""
        return " ".join(part for part in (self.place, "action plan", self.span) if part)


def is_ogp(sheet: Sheet) -> bool:
    """Tell whether a sheet has the columns of the Open Government Partnership's commitments table."""
    return _header(sheet) is not None


def take(sheet: Sheet, joining: Joining) -> None:
    """Add the plans and commitments of such a sheet to the records."""
    position = _header(sheet)
    assert position is not None
    header = [title for title in sheet.lines[position].cells if title]
    titles = {fold(title): title for title in reversed(header)}
    table = Table(COMMITMENTS, sheet.name, sheet.under(position), {}, sheet.is_delimited)
    known = fields_of(COMMITMENTS)
    for plain, title in titles.items():
        if name := _FIELDS.get(plain):
            table.columns[title] = known[name]
    taken = {entry.name for entry in table.columns.values()} | {"in_plan"}
    for plain, title in titles.items():
        if plain in _FIELDS or plain in _KNOWN:
            continue
        # What an office calls a column in a table of its own, it may call it here too.
        name = next((name for name in candidates(COMMITMENTS, title) if name not in taken), None)
        if name:
            table.columns[title] = known[name]
            taken.add(name)
        elif name is None:
            joining.problems.append(left_out(title, sheet.place(sheet.lines[position].number)))
    plans = _plans(table.rows, titles)
    stated = {row.place: row.cells for row in table.rows}
    for plan in {id(plan): plan for plan in plans.values()}.values():
        if plan.title not in joining.plans:
            joining.plans[plan.title] = _plan_record(plan)
    for read in rows.read(table):
        cells = stated[read.place]
        plan = plans[read.place]
        words = _notes(cells.get(titles[_PLACE], ""))
        read.fields["in_plan"] = plan.title
        if "stage" not in read.fields and all(found.code != "stage-unknown" for found in read.problems):
            read.fields["stage"] = "draft" if words & _DRAFT else "final"
        if words & _INVENTED:
            read.fields["invented"] = True
        assessments, unknown = _assessments(cells, titles)
        if assessments:
            read.fields["assessments"] = assessments
        read.problems += [
            problem("verdict-unknown", f"{read.place}, column {title}", "assessments") for title in unknown
        ]
        joining.commitment(table, read)


def _header(sheet: Sheet) -> int | None:
    for position, line in enumerate(sheet.lines[:_TITLE_LINES]):
        if {_PLACE, _TITLE} <= {fold(title) for title in line.cells if title}:
            return position
    return None


def _plans(rows_: list[Row], titles: dict[str, str]) -> dict[str, _Plan]:
    """Return the plan of each row, by the row's place."""

    def cell(row: Row, name: str) -> str:
        return row.cells.get(titles.get(name, ""), "")

    def key_of(row: Row) -> _Key:
        place = _BRACKETS.sub(" ", cell(row, _PLACE))
        return fold(place), cell(row, _NUMBER), _year(cell(row, _YEAR))

    found: dict[_Key, _Plan] = {}
    by_row: dict[str, _Plan] = {}
    stated_keys = {key_of(row) for row in rows_}
    for row in rows_:
        stated = cell(row, _PLACE)
        place = " ".join(_BRACKETS.sub(" ", stated).split())
        key = key_of(row)
        plan = found.setdefault(_one_that_fits(key, stated_keys), _Plan(place, key[1], key[2], row.place))
        plan.number, plan.year = plan.number or key[1], plan.year or key[2]
        plan.end_year = plan.end_year or _year(cell(row, _END_YEAR))
        plan.identifier = plan.identifier or cell(row, _IDENTIFIER)
        plan.notes |= _notes(stated)
        plan.is_local = plan.is_local or fold(cell(row, _EXTENT)) in ("local", "subnational")
        by_row[row.place] = plan
    return by_row


def _one_that_fits(key: _Key, keys: set[_Key]) -> _Key:
    """Return the key of the one plan that a row can mean which leaves out number or year; else its own."""
    place, number, year = key
    if number and year:
        return key
    fitting = {
        other
        for other in keys
        if other[0] == place and (not number or other[1] == number) and (not year or other[2] == year)
    }
    fuller = {other for other in fitting if sum(map(bool, other)) > sum(map(bool, key))}
    return fuller.pop() if len(fuller) == 1 else key


def _plan_record(plan: _Plan) -> PlanRecord:
    fields: dict[str, Any] = {"title": plan.title}
    fields |= _country(plan)
    if (number := values.read(schema.fields("action_plan")["plan_number"], plan.number).value) is not None:
        fields["plan_number"] = number
    if plan.span:
        fields["date_as_stated"] = plan.span
    if plan.identifier:
        fields["ogp_identifier"] = plan.identifier
    if plan.notes & _INVENTED:
        fields["invented"] = True
    return PlanRecord(PLAN, "plan", plan.title, fields, plan.first)


def _country(plan: _Plan) -> dict[str, str]:
    """Return country and locality: "Belize", "Sample Town, Belize"."""
    if not plan.place:
        return {}
    code = values.choice("countries", plan.place).value
    if code:
        return {"country": code}
    locality, comma, country = plan.place.rpartition(",")
    if comma and (code := values.choice("countries", country).value):
        return {"country": code, "locality": locality.strip()}
    return {"locality": plan.place} if plan.is_local else {"country": plan.place}


def _assessments(cells: dict[str, str], titles: dict[str, str]) -> tuple[list[dict[str, str]], list[str]]:
    """Return the assessments of a row, and the columns whose verdict is on no scale."""
    found: dict[str, dict[str, str]] = {}
    unknown: list[str] = []
    for column, scale in _SCALES.items():
        title = titles.get(column, "")
        stated = cells.get(title, "")
        verdict = values.choice(scale, stated).value if stated else None
        if stated and not verdict:
            unknown.append(title)
        elif verdict and scale not in found:
            code = f"{scale.replace('_', '-')}-{fold(_ASSESSOR).replace(' ', '-')}"
            found[scale] = {"assessor": _ASSESSOR, "scale": scale, "verdict": verdict, "code": code}
    return list(found.values()), unknown


def _notes(stated: str) -> set[str]:
    """Return the words that stand in brackets after a country."""
    return {word for note in _BRACKETS.findall(stated) for word in fold(note).split()}


def _year(text: str) -> str:
    match = _YEAR_FIGURE.search(text)
    return match[0] if match else ""
