"""The words for codes. Choices take theirs from the schemas; dataset types have theirs here."""

from __future__ import annotations

import re
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.lib import i18n
from ckan.plugins.toolkit import _
from flask import has_request_context

from ..runs import settings
from ..schemas import facets, reading
from ..schemas.types import COMMITMENT, PLAN, SERIES, STATISTICS, WEBINAR
from ..wording import translate
from .listing import all_plans, all_series, series_title

# The words before a number or a name in the place of a problem: ``row 3, column Start``.
_PLACE = re.compile(
    r"(?:^|(?<=, )|(?<=\())(?:column|entry|event|line|page|paragraph|record|row|sheet|table)(?= \S)"
)

# Fields that our pages place by hand, or have no use for; any other field is listed under its label.
# fmt: off
PLACED = frozenset(
    {
        "title", "name", "owner_org", "in_series", "session_number", "status", "notes", "start",
        "end", "timezone", "date_as_stated", "mode", "venue_name", "locality", "district",
        "language", "people", "organisers", "funders", "audience", "objective", "rationale",
        "certificate_rule", "topics", "questions", "links", "messages", "transcript", "sources",
        "translations", "tag_string", "license_id", "invented", "publication_state", "aliases",
        "planned_sessions", "social_media",
        "country", "plan_number", "participation_level", "co_creation_standard", "phases", "periods",
        "consultations", "in_plan", "number", "stage", "became_of", "derived_from", "problem", "action",
        "expected_results", "lead", "supporting", "partners", "policy_areas", "ogp_values", "milestones",
        "indicators", "reports", "assessments", "events",
        "webinars", "dimensions", "collected_by", "threshold", "disclosure_rule", "withheld", "release", "released"
    }
)
# fmt: on


def type_label(dataset_type: str, plural: bool = False) -> str:
    """Return what readers call a dataset type."""
    labels = {
        WEBINAR: (_("Webinar"), _("Webinars")),
        SERIES: (_("Series"), _("Series")),
        PLAN: (_("Action plan"), _("Action plans")),
        COMMITMENT: (_("Commitment"), _("Commitments")),
        STATISTICS: (_("Participant statistics"), _("Participant statistics")),
        "dataset": (_("Dataset"), _("Datasets")),
    }
    plain = dataset_type.replace("_", " ").capitalize()
    return labels.get(dataset_type, (plain, plain))[plural]


def choice_label(field: str, value: Any, subfield: str = "") -> str:
    """Return the label of a choice as the schemas give it, or the value where none has it.

    Args:
        field: a field of a dataset, or ``resources`` for a field of its resources.
        value: the stored code.
        subfield: a field within ``field``.
    """
    for choice in choice_list(field, subfield):
        if choice["value"] == value:
            return tk.h.scheming_language_text(choice.get("label", value))
    return str(value)


def choice_list(field: str, subfield: str = "") -> list[dict[str, Any]]:
    """Return the choices of every field of that name, of all our types."""
    found: list[dict[str, Any]] = []
    for schema in reading.program_schemas().values():
        if field == "resources":
            entry = {"repeating_subfields": schema["resource_fields"]}
        else:
            entry = tk.h.scheming_field_by_name(reading.fields(schema), field)
        if entry and subfield:
            entry = tk.h.scheming_field_by_name(entry.get("repeating_subfields", []), subfield)
        if entry:
            found += tk.h.scheming_field_choices(entry) or []
    return found


def facet_label(facet: str, item: dict[str, Any]) -> str:
    """Return what a reader sees for one value of a facet."""
    value = item["name"]
    if facet == "dataset_type":
        return type_label(value)
    if facet == "in_series":
        return series_title(all_series()[value]) if value in all_series() else item["display_name"]
    if facet == "in_plan":
        return all_plans()[value]["title"] if value in all_plans() else item["display_name"]
    if facet == "invented":
        return _("Invented sample data") if value.lower() == "true" else _("Real data")
    label = choice_label(facets.field_name(facet), value)
    return item["display_name"] if label == value else label


def field_label(dataset_type: str, name: str) -> str:
    """Return the label that the schema of a dataset type gives a field, or its name where none does."""
    if name == "resources":
        return _("Materials")
    schema = reading.program_schemas().get(dataset_type)
    for field in reading.fields(schema) if schema else []:
        if field["field_name"] == name:
            return tk.h.scheming_language_text(field["label"])
    return name


def other_fields(package: dict[str, Any]) -> list[reading.Field]:
    """Return the fields with a value that no page places by hand, as the schema orders them."""
    schema = reading.program_schemas()[package["type"]]
    return [
        field
        for field in reading.fields(schema)
        if field["field_name"] not in PLACED and package.get(field["field_name"])
    ]


def search_url(name: str, value: str) -> str:
    """Return the address of the search for everything that has a value in a field of a webinar."""
    for field in reading.fields(reading.program_schemas()[WEBINAR]):
        if field["field_name"] == name:
            return tk.url_for("dataset.search", **{facets.index_name(field): value})
    return tk.url_for("dataset.search")


def label_facets(search_results: dict[str, Any]) -> dict[str, Any]:
    """Give the values of a search's facets the words that a reader sees, as ``display_name``.

    Outside a request (a command, a worker) there is no reader and no language: codes stay codes.
    """
    if has_request_context():
        for facet, found in search_results["search_facets"].items():
            for item in found["items"]:
                item["display_name"] = facet_label(facet, item)
    return search_results


def count_text(dataset_type: str, count: int, query: str) -> str:
    """Return how many results a search has, in a sentence."""
    nouns = {
        WEBINAR: tk.ungettext("{number} webinar", "{number} webinars", count),
        SERIES: tk.ungettext("{number} series", "{number} series", count),
        PLAN: tk.ungettext("{number} action plan", "{number} action plans", count),
        COMMITMENT: tk.ungettext("{number} commitment", "{number} commitments", count),
        STATISTICS: tk.ungettext(
            "{number} set of participant figures", "{number} sets of participant figures", count
        ),
        "harvest": tk.ungettext("{number} source", "{number} sources", count),
    }
    noun = nouns.get(dataset_type) or tk.ungettext("{number} result", "{number} results", count)
    found = noun.format(number=tk.h.localised_number(count)) if count else _("Nothing found")
    return _("{found} for “{query}”").format(found=found, query=query) if query else found


def message(text: str) -> str:
    """Return the message of a problem in the language of the page; in letters, in that of the portal."""
    return translate.translated(text, i18n.get_lang()) if has_request_context() else text


def place(text: str) -> str:
    """Return the place of a problem in the language of the page."""
    words = {
        "column": _("column"),
        "entry": _("entry"),
        "event": _("event"),
        "line": _("line"),
        "page": _("page"),
        "paragraph": _("paragraph"),
        "record": _("record"),
        "row": _("row"),
        "sheet": _("sheet"),
        "table": _("table"),
    }
    return _PLACE.sub(lambda found: words[found[0]], text)


def source_title(title: str) -> str:
    """Return what a source is called: a program's own words, but for the one that the portal has named."""
    return _("Uploaded records") if title == settings.UPLOADS_TITLE else title


def license_title(license_id: str) -> str:
    """Return the title of a licence from CKAN's register; what is given, where it is not in there."""
    known = model.Package.get_license_register().get(license_id)
    return known.title if known else license_id


def review_reason(code: str) -> str:
    """Return why a question waits for an editor, in a sentence."""
    sentences = {
        "altered": _("Something that may identify a person was taken out. Check that it still reads well."),
        "speaks-of-asker": _("It speaks of the person who asked. Check that nobody can be recognised."),
        "answer-doubtful": _("It is not certain that this answer belongs to this question."),
    }
    return sentences.get(code, code)
