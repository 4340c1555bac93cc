"""Which table a sheet is, and which field each of its columns holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from ..problems import Problem
from ..tables.sheet import OWNER, Line, Row, Sheet
from ..words import fold
from . import days, schema
from .faults import problem
from .schema import Field

PLAN, COMMITMENTS, PROGRESS = "plan", "commitments", "progress"
SOURCE_URL, ADDRESS, COMMITMENT = "source_url", "address", "commitment"

# The schema, and the field that holds the rows, behind each kind of sheet.
_BEHIND = {
    PLAN: ("action_plan", ""),
    "phases": ("action_plan", "phases"),
    "periods": ("action_plan", "periods"),
    "consultations": ("action_plan", "consultations"),
    COMMITMENTS: ("commitment", ""),
    "milestones": ("commitment", "milestones"),
    "indicators": ("commitment", "indicators"),
    PROGRESS: ("commitment", "reports"),
    "assessments": ("commitment", "assessments"),
    "events": ("commitment", "events"),
    "sources": ("commitment", "sources"),
    "translations": ("commitment", "translations"),
}
OF_PLAN = ("phases", "periods", "consultations")
OF_COMMITMENT = ("milestones", "indicators", "assessments", "events", "sources", "translations")
_BELONGING = {
    COMMITMENT: Field(COMMITMENT, "number_text", "Commitment"),
    "stage": Field("stage", "choice", "Stage", vocabulary="commitment_stages"),
    "plan": Field("plan", "line", "Plan"),
}
_EXTRA = {
    PLAN: {
        SOURCE_URL: Field(SOURCE_URL, "link", "Source"),
        ADDRESS: Field(ADDRESS, "line", "Address"),
        "periods": Field("periods", "periods", "Reporting periods", words=("Períodos de informe",)),
    },
    COMMITMENTS: {SOURCE_URL: Field(SOURCE_URL, "link", "Source")},
}
# How many lines from the top a header may stand in.
_TITLE_LINES = 20
# A line of more cells is no header of ours.
_MOST_COLUMNS = 300
# In so many lines a plan is written that has one line for each field.
_PLAN_LINES = 200
# How many cells of a column show whether it holds numbers such as 1.1.
_SAMPLE = 50
_CODE = re.compile(r"(?:[A-Za-z]{1,3}[\s.-]?)?\d+(?:[.\-]\d+)*[a-z]?\.?")
_NUMBER_SIGN = re.compile(r"\b(?:no?\.?\s?[º°ªo]|no|nro|n[uú]m|nr)(?![^\W_])\.?|[#№]", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\*")
_PERCENT = re.compile(r"\b(?:percent(?:age)?|per cent|pct|porcentaje|por ciento)\b")
# A sheet that bears the name of its kind counts as so many columns more.
_NAME_WEIGHT = 3
_FEWEST_PLAN_FIELDS = 3


@dataclass
class Table:
    """A sheet that was recognised.

    Attributes:
        kind: which of the sheets of a plan it is.
        name: the sheet's name.
        rows: its rows.
        columns: the field of each header that is read.
        problems: what concerns the table as a whole.
    """

    kind: str
    name: str
    rows: list[Row]
    columns: dict[str, Field]
    is_delimited: bool = False
    problems: list[Problem] = field(default_factory=list)


def recognise(sheet: Sheet) -> Table | None:
    """Return the table that a sheet is, or None where it is none of a plan."""
    if _is_skipped(sheet):
        return None
    best: tuple[float, int, str] | None = None
    for position, line in enumerate(sheet.lines[:_TITLE_LINES]):
        for kind in _BEHIND:
            score = _score(sheet, kind, line.cells)
            if score and (best is None or score > best[0]):
                best = (score, position, kind)
    # Records of JSON and YAML have no lines: what they name stands above its values, not beside them.
    vertical = _vertical(sheet) if sheet.lines and sheet.lines[0].number else None
    if vertical and (best is None or len(vertical.columns) >= best[0] - _NAME_WEIGHT):
        return vertical
    return _table(sheet, best[2], best[1]) if best else None


def name_owners(sheets: list[Sheet]) -> None:
    """Name the rows at the top of a JSON or YAML file by what they are, where the file only has them as a list.

    Rows inside them then know what they belong to.
    """
    if not sheets or not sheets[0].lines or sheets[0].lines[0].number:
        return
    top, *others = sheets
    table = recognise(top)
    if table is None or _names(top.name, table.kind):
        return
    for sheet in others:
        first = sheet.lines[0]
        mark = f"{top.name}{OWNER}"
        cells = [
            f"{table.kind}{OWNER}{cell.removeprefix(mark)}" if cell.startswith(mark) else cell
            for cell in first.cells
        ]
        sheet.lines[0] = Line(first.number, cells)


def is_missed(sheet: Sheet) -> bool:
    """Tell whether somebody who looks for what a sheet says has to be told that it was left out."""
    return len(sheet.lines) > 1 and not _is_skipped(sheet)


def _is_skipped(sheet: Sheet) -> bool:
    """Tell whether a sheet only helps whoever fills the workbook in."""
    return fold(sheet.name) in _words()["skipped"]


@cache
def fields_of(kind: str) -> dict[str, Field]:
    """Return the fields of a kind of sheet, by name."""
    dataset, rows = _BEHIND[kind]
    found = {**schema.fields(dataset, rows), **_EXTRA.get(kind, {})}
    if kind == PLAN:
        return found
    if kind in (PROGRESS, "periods"):
        name = "period" if kind == PROGRESS else "code"
        found[name] = replace(found[name], kind="period")
    if kind == PROGRESS:
        found["code"] = replace(found["code"], kind="unread")
    if kind == COMMITMENTS:
        return {
            **found,
            "number": Field("number", "number_text", "Number", required=True, words=found["number"].words),
        }
    belonging = ("plan",) if kind in OF_PLAN else tuple(_BELONGING)
    return {**found, **{name: _BELONGING[name] for name in belonging}}


def _score(sheet: Sheet, kind: str, header: Sequence[str]) -> float:
    """Return how well a line is the header of a kind of sheet; 0 where it is none."""
    titles = [title for title in header if title and OWNER not in title]
    if len(titles) > _MOST_COLUMNS:
        return 0
    # Records of JSON and YAML have no header line; what they name is meant.
    if len(titles) < 2 and sheet.lines[0].number:
        return 0
    found: dict[str, str] = {}
    for title in titles:
        for name in candidates(kind, title):
            if name and name not in found:
                found[name] = title
                break
    if not found:
        return 0
    rule = _words()["sheets"][kind]
    said = {word for title in titles if candidates(kind, title) for word in fold(title).split()}
    named = _names(sheet.name, kind)
    sets = [names for names in rule["needs"][1:] if "words" not in rule or said.intersection(rule["words"])]
    if named:
        sets.append(rule.get("file_needs", rule["needs"][0]) if sheet.is_delimited else rule["needs"][0])
    if "telling" in rule and said.intersection(rule["telling"]):
        sets.append(rule["needs_with_telling"])
    if not any(_has_columns(kind, header, names) for names in sets):
        return 0
    return len(found) + (_NAME_WEIGHT if named else 0)


def _has_columns(kind: str, header: Sequence[str], names: list[str]) -> bool:
    """Tell whether a header has a column for each of the fields; a column stands for one of them only."""
    fitting = [set(candidates(kind, title)).intersection(names) for title in header if title]
    return set().union(*fitting).issuperset(names) and sum(map(bool, fitting)) >= len(names)


def _names(sheet: str, kind: str) -> bool:
    plain = _without_copy(fold(sheet))
    names = _words()["sheets"][kind]["names"]
    return any(plain == fold(name) for name in names) or any(
        plain.startswith(f"{fold(name)} ") or plain.endswith(f" {fold(name)}")
        for name in names
        if kind != PLAN
    )


def _without_copy(name: str) -> str:
    """Return a folded name without what tells one copy from another: "plan" of "plan 2" and "plan final v3"."""
    words = name.split()
    # A year is none: sessions of a year are planned, too.
    while len(words) > 1 and (re.fullmatch(r"\d{1,2}", words[-1]) or words[-1] in _words()["copies"]):
        words.pop()
    return " ".join(words)


def _table(sheet: Sheet, kind: str, position: int) -> Table:
    rows = sheet.under(position)
    header = [title for title in dict.fromkeys(sheet.lines[position].cells) if title]
    place = sheet.place(sheet.lines[position].number)
    table = Table(kind, sheet.name, rows, {}, sheet.is_delimited)
    known = fields_of(kind)
    assigned = _assign(kind, header, rows)
    for title in header:
        name = assigned.get(title)
        if name == _COVERED:
            table.problems.append(problem("column-covered", place, columns=_shown(title)))
        elif name:
            table.columns[title] = known[name]
        elif name is None:
            table.problems.append(left_out(title, place))
    table.problems += _twice(sheet.lines[position].cells, assigned, place)
    return table


# Another column of the table holds the field that this one would be.
_COVERED = "(covered)"


def _assign(kind: str, header: list[str], rows: list[Row]) -> dict[str, str]:
    """Return the field of each header that is known; an empty one where it is known and not read.

    "Milestone" may be a milestone's number or its title: what else the table has decides, then the cells.
    """
    waiting = {title: names for title in header if (names := candidates(kind, title))}
    assigned: dict[str, str] = {}
    while waiting:
        taken = set(assigned.values()) - {""}
        left = {title: [name for name in names if name not in taken] for title, names in waiting.items()}
        sure = [title for title, names in left.items() if len(names) <= 1]
        # A column that bears a field's own name is that field, whatever others could be.
        title = min(sure, key=lambda each: _likeness(kind, each, left[each])) if sure else next(iter(left))
        names = left[title]
        if not names:
            assigned[title] = "" if OWNER in title or _says_nothing_new(kind, title) else _COVERED
        else:
            assigned[title] = names[0] if sure else _by_cells(kind, title, names, rows)
        del waiting[title]
    return assigned


def _says_nothing_new(kind: str, title: str) -> bool:
    return any(plain in map(fold, _words()["unread"].get(kind, [])) for plain in _spellings(title))


def _likeness(kind: str, title: str, names: list[str]) -> int:
    """Return how far a header is from what its field is called: 0 where it bears its column's name."""
    entry = fields_of(kind).get(names[0]) if names else None
    if entry is None:
        return 4
    plain = fold(title)
    # An identifier of somebody's database says less than the number by which the plan counts.
    further = 3 if plain.endswith(" id") else 2
    return 0 if plain == fold(entry.column) else 1 if plain in map(fold, entry.words) else further


def _by_cells(kind: str, title: str, names: list[str], rows: list[Row]) -> str:
    cells = [row.cells[title] for row in rows[:_SAMPLE] if title in row.cells]
    numbered = sum(bool(_CODE.fullmatch(cell)) for cell in cells) * 2 > len(cells)
    known = fields_of(kind)
    for name in names:
        if name and (known[name].kind in ("code", "number_text")) == numbered:
            return name
    return names[0]


@lru_cache(maxsize=2_000)
def candidates(kind: str, title: str) -> list[str]:
    """Return the fields that a header may stand for, the likeliest first; an empty one where it is not read."""
    if OWNER in title:
        above, _, rest = title.rpartition(OWNER)
        known = _prefixes().get(fold(above).partition(" ")[0], ())
        owners = (owner for owner, name in known if name == fold(above) and owner != kind)
        return [next((found for owner in owners if (found := _of_owner(kind, owner, fold(rest)))), "")]
    words = _vocabulary(kind)
    spellings = _spellings(title)
    for plain in spellings:
        if plain in words:
            return words[plain]
    for plain in spellings:
        for owner, name in _prefixes().get(plain.partition(" ")[0], ()):
            if plain.startswith(f"{name} "):
                rest = plain.removeprefix(f"{name} ")
                if owner == kind and rest in words:
                    return words[rest]
                if owner != kind and (found := _of_owner(kind, owner, rest)) is not None:
                    return [found]
    return []


def _spellings(title: str) -> list[str]:
    """Return a header as it is, without what stands in brackets, and with "N.º" and "#" in whole words."""
    said = [title, _BRACKETS.sub(" ", title)]
    for word in ("number", "numero"):
        said += [written for each in said[:2] if (written := _NUMBER_SIGN.sub(f" {word} ", each)) != each]
    return list(dict.fromkeys(fold(each) for each in said))


def _of_owner(kind: str, owner: str, rest: str) -> str | None:
    """Return which field a column such as "commitment number" is in a table that is not its own."""
    known = fields_of(kind)
    names = _vocabulary(owner).get(rest, [])
    if not names:
        return None
    for name in names:
        if owner == COMMITMENTS and name == "number" and COMMITMENT in known:
            return COMMITMENT
        if owner == COMMITMENTS and name == "stage" and "stage" in known:
            return "stage"
        if (owner == PLAN and name in ("title", ADDRESS)) or (owner == COMMITMENTS and name == "in_plan"):
            return "plan" if "plan" in known else "in_plan" if "in_plan" in known else ""
        if owner == "milestones" and name == "code" and "milestone" in known:
            return "milestone"
        if owner == "indicators" and name == "code" and "indicator" in known:
            return "indicator"
    return ""


@cache
def _vocabulary(kind: str) -> dict[str, list[str]]:
    """Return the fields that each folded header may stand for, those that bear it as their column first."""
    words = _words()
    known = fields_of(kind)
    ranked: dict[str, dict[str, int]] = {}

    def know(texts: Iterable[str], name: str, rank: int) -> None:
        for text in texts:
            ranks = ranked.setdefault(fold(text), {})
            ranks[name] = min(rank, ranks.get(name, rank))

    for name, entry in known.items():
        read = name if entry.kind != "unread" else ""
        know([entry.column], read, 0)
        know(entry.words, read, 1)
    for name, texts in words["columns"].get(kind, {}).items():
        know(texts, name, 2)
    if kind in (*OF_COMMITMENT, *OF_PLAN, PROGRESS):
        for name, texts in words["belongs"].items():
            if name in known:
                know(texts, name, 3)
    know(words["unread"].get(kind, []), "", 4)
    return {text: _by_rank(ranks) for text, ranks in ranked.items()}


def _by_rank(ranks: dict[str, int]) -> list[str]:
    """Return the fields, the likeliest first; that a header is not read counts only where nothing else fits."""
    names = sorted((name for name in ranks if name), key=lambda name: ranks[name])
    return names or [""]


@cache
def _prefixes() -> dict[str, list[tuple[str, str]]]:
    """Return the names of the kinds of sheets by their first word, long ones first."""
    pairs = [(kind, fold(name)) for kind, rule in _words()["sheets"].items() for name in rule["names"]]
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, name in sorted(pairs, key=lambda pair: -len(pair[1])):
        found.setdefault(name.partition(" ")[0], []).append((kind, name))
    return found


@cache
def _words() -> dict[str, Any]:
    # Every entry is text: "no" is a header here, and no way of saying false.
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506


def is_about_persons(title: str) -> bool:
    """Tell whether a column that is not known otherwise is about persons."""
    plain = f" {fold(title)} "
    return any(f" {fold(word)} " in plain for word in _words()["persons"])


def left_out(title: str, place: str) -> Problem:
    """Return the problem of a column that is not read."""
    if is_about_persons(title):
        message = (
            f"The column {_shown(title)} is about persons and was left out; nothing of it is read or published. "
            "Institutions are named in Lead institution."
        )
        return Problem("column-withheld", message, place=place)
    if days.period(title):
        message = (
            f"The column {_shown(title)} is a period and was left out: progress is reported on an indicator. Give the "
            "table a column Indicator, or put the column into the sheet of indicators, with NS, LP, SP or C in it."
        )
        return Problem("column-period", message, place=place)
    if _PERCENT.search(fold(title)) or "%" in title:
        message = (
            f"The column {_shown(title)} holds percentages, for which the tracker has no place, and was left out. How"
            " far work has come is told by Status: NS (not started), LP (limited progress), SP (substantial progress)"
            " or C (complete). If the figure itself matters, write it into Progress."
        )
        return Problem("column-percent", message, place=place)
    message = (
        f"The column {_shown(title)} is not known and was left out. If it should be read, give it the header that "
        "the template has for it."
    )
    return Problem("column-unknown", message, place=place)


def _twice(header: Sequence[str], assigned: dict[str, str], place: str) -> list[Problem]:
    titles = [title for title in header if assigned.get(title) not in (None, "", _COVERED)]
    again = dict.fromkeys(title for title in titles if titles.count(title) > 1)
    return [
        Problem(
            "column-twice",
            f"The column {_shown(title)} stands there more than once; the first one was read. Keep one of them.",
            place=place,
        )
        for title in again
    ]


def _shown(title: str) -> str:
    short = " ".join(title.split())
    return f'"{short[:59]}…"' if len(short) > 60 else f'"{short}"'


def _vertical(sheet: Sheet) -> Table | None:
    """Return the table of a plan that is written field by field, one below the other."""
    pairs: list[tuple[int, str, str]] = []
    for line in sheet.lines[:_PLAN_LINES]:
        title, *values = line.cells
        if fold(title) in ("field", "campo"):
            continue
        if title and (text := "\n".join(value for value in values if value)):
            pairs.append((line.number, title, text))
    if not pairs and _names(sheet.name, PLAN):
        labels = [
            line.cells[0] for line in sheet.lines if line.cells[0] and any(candidates(PLAN, line.cells[0]))
        ]
        return Table(PLAN, sheet.name, [], {}) if len(labels) >= _FEWEST_PLAN_FIELDS else None
    columns: dict[str, Field] = {}
    cells: dict[str, str] = {}
    unknown: list[Problem] = []
    known = fields_of(PLAN)
    for number, title, text in pairs:
        names = candidates(PLAN, title)
        if names and names[0]:
            if all(entry.name != names[0] for entry in columns.values()):
                columns[title], cells[title] = known[names[0]], text
        elif not names:
            unknown.append(left_out(title, sheet.place(number)))
    found = {entry.name for entry in columns.values()}
    named = _names(sheet.name, PLAN)
    telling = found & {"plan_number", "periods", "participation_level", "co_creation_standard"}
    if "title" not in found or not (named or (len(found) >= _FEWEST_PLAN_FIELDS and telling)):
        return None
    place = sheet.label or sheet.place(pairs[0][0])
    return Table(PLAN, sheet.name, [Row(place, cells)], columns, problems=unknown)
