"""From the words of a record to the codes of the vocabularies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..folding import fold
from ..records.drafts import Draft
from ..records.problems import Problem
from ..schemas import choices, reading


def coded(draft: Draft) -> Draft:
    """Return the draft with codes for the words that the schema's vocabularies know, in either language.

    A word that they do not know is left out and reported, so that it never costs the whole record.
    """
    schema = reading.program_schemas().get(draft.type)
    if schema is None:
        return draft
    fields, problems = dict(draft.fields), list(draft.problems)
    for field in reading.fields(schema):
        name, options = field["field_name"], choices.choices(field)
        # Yes and no are words in forms only.
        if not options or name not in fields or isinstance(fields[name], bool):
            continue
        stated = fields.pop(name)
        several = isinstance(stated, list)
        codes = [_code(word, options) for word in (stated if several else [stated])]
        known = list(dict.fromkeys(filter(None, codes)))
        if known:
            fields[name] = known if several else known[0]
        if None in codes:
            problems.append(_unknown(draft, field))
    return replace(draft, fields=fields, problems=problems)


def _code(word: Any, options: tuple[Mapping[str, Any], ...]) -> str | None:
    wanted = _plain(str(word))
    for option in options:
        label = option["label"]
        labels = label.values() if isinstance(label, Mapping) else [label]
        if wanted in map(_plain, (str(option["value"]), *labels, *option.get("also", ()))):
            return option["value"]
    return None


def _plain(text: str) -> str:
    return fold(text.replace("-", " ").replace("_", " "))


def _unknown(draft: Draft, field: reading.Field) -> Problem:
    label = field["label"]["en"] if isinstance(field["label"], Mapping) else field["label"]
    return Problem(
        "choice-unknown",
        f"A word under {label} is not in the portal's list for that field, and was left out. Use a word of the list; "
        "the list stands in the form of the record.",
        file=draft.file,
        field=field["field_name"],
    )
