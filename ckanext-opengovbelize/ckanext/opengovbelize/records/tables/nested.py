"""JSON and YAML: records with rows inside become one sheet for each kind of rows.

A row inside a record gets the record's own values as cells named ``<rows> › <field>``, such as
``commitments › number``, so that it is known what it belongs to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import yaml

from ..problems import Problem
from ..services import is_part, plain
from ..words import find_urls
from .cells import text_of
from .sheet import OWNER, Line, Sheet

_DEEPEST = 40
_DEEPEST_ROWS = 5
_MOST_ALIASES = 100
_MOST_CELLS = 2_000_000
_MOST_COLUMNS = 1_000
_YAML_START = re.compile(
    r"(?:\s*(?:#[^\n]*|---[^\n]*)?\n)*(?:- +)?[\"']?[A-Za-z_][\w /-]{0,60}[\"']?:(?: |\n)", re.ASCII
)
_YAML_ROWS = re.compile(r"^\s*- |^[\"']?[\w /-]{1,60}[\"']?:[ \t]*(?:$|[\[{&])", re.MULTILINE)
_CALL = re.compile(r"\s*(?:/\*.{0,40}?\*/\s*)?[A-Za-z_$][\w$.]{0,100}\((?=\s*[{\[])")
_FRONT_MATTER = re.compile(r"\A---\s*\n.*?\n---\s*\n\s*\S", re.DOTALL)


# By what records are known that a mapping leads to: 3, 1.2, 2021-H1.
_NUMBER = re.compile(r"\d[\w.-]{0,19}", re.ASCII)
_YEAR = re.compile(r"\d{4}")
_PERIOD = "period"


# The forms of one value, the most telling first: a time with its offset, and a text as a person reads it.
_FORMS = ("dateTime", "utc", "rendered", "processed", "text", "html", "date", "value")
_OF_ONE_VALUE = frozenset(
    (*_FORMS, "timeZone", "timezone", "local", "value", "format", "protected", "raw", "summary")
)


INCOMPLETE = "answer-incomplete"
_IS_PART = Problem(
    INCOMPLETE,
    "The answer says that it is one page of several, so sessions are missing. Ask the service for more at once (its"
    " parameter is mostly called limit, page_size or per_page), or give each page as a source of its own.",
)


class _Refused(Exception):
    """The file is built to exhaust its reader."""


def read(text: str, path: PurePosixPath, content_type: str) -> tuple[list[Sheet], list[Problem]] | None:
    """Return the sheets of a JSON or YAML file, or None where the text is neither."""
    suffix, kind = path.suffix.lower(), content_type.lower()
    text = _without_call(text)
    if text.lstrip().startswith(("{", "[")):
        says_so = suffix in (".json", ".jsonl", ".ndjson") or "json" in kind
        return _read(_json, text, path.stem, "JSON", says_so)
    says_so = suffix in (".yaml", ".yml") or "yaml" in kind
    if says_so or (_YAML_START.match(text) and _YAML_ROWS.search(text) and not _FRONT_MATTER.match(text)):
        return _read(_yaml, text, path.stem, "YAML", says_so)
    return None


def _read(
    parse: Any, text: str, name: str, form: str, says_so: bool
) -> tuple[list[Sheet], list[Problem]] | None:
    try:
        content = parse(text)
        problems = [_IS_PART] if is_part(content) else []
        return _Flattening(name).sheets(plain(content) if form == "JSON" else content), problems
    except (_Refused, RecursionError):
        message = (
            f"The {form} file is nested too deeply or repeats itself too often. Send plain lists of records."
        )
        return [], [Problem("file-refused", message, rejects=True)]
    except (ValueError, yaml.YAMLError) as error:
        if not says_so:
            return None
        message = (
            f"The file is no complete {form}: it is cut off or has an error. Correct it and send it again."
        )
        return [], [Problem("file-damaged", message, place=_where(error), rejects=True)]


def _without_call(text: str) -> str:
    """Return the JSON that an answer hands to a program on the page: ``setResponse({...});``."""
    call = _CALL.match(text)
    return text[call.end() :].rstrip().removesuffix(";").rstrip().removesuffix(")") if call else text


def _json(text: str) -> Any:
    try:
        return _parsed(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and text[error.pos] == "{":
            return _json_lines(text)
        raise


def _json_lines(text: str) -> list[Any]:
    """Read a file that has one JSON object in each line."""
    rows: list[Any] = []
    begins = 0
    for line in text.splitlines(keepends=True):
        try:
            rows += [_parsed(line)] if line.strip() else []
        except json.JSONDecodeError as error:
            raise json.JSONDecodeError(error.msg, text, begins + error.pos) from None
        begins += len(line)
    return rows


def _parsed(text: str) -> Any:
    # Numbers stay as they are written: 1.10 is the number of a milestone.
    return json.loads(text, parse_float=str, parse_int=str)


def _yaml(text: str) -> Any:
    _check_events(text)
    # Every value is text here: no dates, no "no" that becomes false, and nothing that runs.
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506


def _check_events(text: str) -> None:
    depth = aliases = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        if depth > _DEEPEST or aliases > _MOST_ALIASES:
            raise _Refused


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}"
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark else ""


class _Flattening:
    """Turns nested values into sheets of cells."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tables: dict[str, list[dict[str, str]]] = {}
        self.cells = 0

    def sheets(self, content: Any) -> list[Sheet]:
        # A file may be called like a list within it: "sessions.json".
        within = isinstance(content, Mapping) and self.name in content
        self._take(f"{self.name} (file)" if within else self.name, content, {}, 0)
        return [_sheet(name, rows) for name, rows in self.tables.items()]

    def _take(self, name: str, content: Any, above: dict[str, str], depth: int) -> None:
        for record in content if isinstance(content, list) else _keyed(content):
            if isinstance(record, Mapping):
                self._record(name, record, above, depth)
            elif depth and (text := text_of(record) if not isinstance(record, list) else ""):
                # Beside records a word stands for one: the name of a person, the address of a page.
                self._record(name, {"url" if find_urls(text) else "name": text}, above, depth)

    def _record(self, name: str, record: Mapping[Any, Any], above: dict[str, str], depth: int) -> None:
        if depth > _DEEPEST_ROWS:
            raise _Refused
        cells: dict[str, str] = {}
        inner: dict[str, Any] = {}
        for key, value in record.items():
            title = str(key).strip()
            value = _one_value(value)
            if _is_rows(value):
                inner[title] = value
            elif text := _text(value):
                cells[title] = text
            self.cells += 1
        self.cells += len(above)
        if self.cells > _MOST_CELLS or len(cells) > _MOST_COLUMNS:
            raise _Refused
        if cells:
            self.tables.setdefault(name, []).append({**above, **cells})
        known = {
            **above,
            **{f"{name}{OWNER}{title}": text for title, text in cells.items() if len(text) < 200},
        }
        for title, rows in inner.items():
            self._take(title, rows, known, depth + 1)


def _keyed(content: Any) -> list[Any]:
    """Return the records of a mapping from their numbers or periods, each with it; else what is there as one record."""
    if not isinstance(content, Mapping) or not content:
        return [content]
    if not all(_NUMBER.fullmatch(str(key)) and isinstance(value, Mapping) for key, value in content.items()):
        return [content]
    return [
        {_PERIOD if _YEAR.match(str(key)) else "number": str(key), **value} for key, value in content.items()
    ]


def _one_value(value: Any) -> Any:
    """Return the value of which some systems give several forms, such as a time with and without its zone."""
    if not isinstance(value, Mapping) or not value or not _OF_ONE_VALUE.issuperset(map(str, value)):
        return value
    return next((value[form] for form in _FORMS if isinstance(value.get(form), str)), value)


def _is_rows(value: Any) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and any(isinstance(item, Mapping) for item in value)
    )


def _text(value: Any) -> str:
    """Return the text of a value; a list becomes lines, each ended, so that one item is a list still."""
    if isinstance(value, list):
        return "".join(f"{item}\n" for item in map(text_of, _plain(value)) if item)
    return text_of(value)


def _plain(values: list[Any]) -> list[Any]:
    return [value for value in values if not isinstance(value, list | dict)]


def _sheet(name: str, records: list[dict[str, str]]) -> Sheet:
    header = list(dict.fromkeys(title for record in records for title in record))
    if len(header) > _MOST_COLUMNS:
        raise _Refused
    lines = [Line(0, header)]
    lines += [
        Line(number, [record.get(title, "") for title in header]) for number, record in enumerate(records, 1)
    ]
    return Sheet(name, lines, label=name, is_nested=True)
