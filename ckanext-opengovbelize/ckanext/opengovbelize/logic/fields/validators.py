"""The validators that the schemas name. Rules about one value are in ``schemas.values``; here they meet CKAN.

Those marked ``scheming_validator`` are given the field and the schema, and return the validator itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

import ckan.lib.munge as munge
import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey
from ckanext.scheming.validation import scheming_validator

from ... import config
from ...catalogue import visibility
from ...privacy import patterns
from ...records import codes
from ...schemas import choices, reading, values
from ...schemas.types import SERIES

Validator = Callable[[FlattenKey, FlattenDataDict, FlattenErrorDict, Context], None]

__all__ = [
    "opengovbelize_choice",
    "opengovbelize_choice_list",
    "opengovbelize_code",
    "opengovbelize_coordinator_email",
    "opengovbelize_field_name",
    "opengovbelize_flag",
    "opengovbelize_known_fields_only",
    "opengovbelize_line",
    "opengovbelize_lines",
    "opengovbelize_link",
    "opengovbelize_links",
    "opengovbelize_no_contact_details",
    "opengovbelize_no_private_patterns",
    "opengovbelize_number",
    "opengovbelize_number_output",
    "opengovbelize_present",
    "opengovbelize_resource_link",
    "opengovbelize_rows",
    "opengovbelize_series",
    "opengovbelize_series_of_same_program",
    "opengovbelize_text",
    "opengovbelize_time",
    "opengovbelize_times_in_order",
    "opengovbelize_timezone",
    "opengovbelize_visibility",
]


# One value


@scheming_validator
def opengovbelize_present(field: reading.Field, schema: reading.Schema) -> Validator:
    """Treat blank as absent; fill in the default; complain where a required value is missing."""
    subfields = _subfields(schema)

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        if not _is_blank(data.get(key)):
            return
        in_blank_row = key[0] in subfields and not _says_something(
            {name: data.get((*key[:2], name)) for name in subfields[key[0]]}, subfields[key[0]]
        )
        if "default" in field and not in_blank_row:
            data[key] = field["default"]
            return
        data.pop(key, None)
        if field.get("required") and not in_blank_row:
            errors[key].append(tk._("Missing value"))
        raise tk.StopOnError

    return validator


@scheming_validator
def opengovbelize_line(field: reading.Field, schema: reading.Schema) -> Callable[[Any], str]:
    """Accept text on one line."""
    longest = field.get("max_length", values.LONGEST_LINE)
    return lambda value: _checked(values.line, value, longest)


@scheming_validator
def opengovbelize_text(field: reading.Field, schema: reading.Schema) -> Callable[[Any], str]:
    """Accept text of several lines."""
    longest = field.get("max_length", values.LONGEST_TEXT)
    return lambda value: _checked(values.text, value, longest)


def opengovbelize_no_private_patterns(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse text with an e-mail address, telephone number, handle or the like."""
    _refuse_private_patterns(key, data, errors)


def opengovbelize_no_contact_details(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse text with an e-mail address or telephone number; an institution's account may be named."""
    _refuse_private_patterns(key, data, errors, frozenset({patterns.HANDLE}))


def opengovbelize_lines(value: Any) -> str:
    """Accept one text or a list of texts; store a list without doubles, as JSON."""
    lines = [_checked(values.line, each) for each in _as_list(value) if each != ""]
    return json.dumps([_checked(values.without_private_patterns, each) for each in dict.fromkeys(lines)])


@scheming_validator
def opengovbelize_choice(field: reading.Field, schema: reading.Schema) -> Callable[[Any], str]:
    """Accept a code of the field's vocabulary."""
    return lambda value: _checked(values.choice, value, _codes(field))


@scheming_validator
def opengovbelize_choice_list(field: reading.Field, schema: reading.Schema) -> Callable[[Any], str]:
    """Accept one code or a list of codes; store a list in the vocabulary's order, as JSON."""

    def validator(value: Any) -> str:
        known = _codes(field)
        given = {_checked(values.choice, each, known) for each in _as_list(value) if each != ""}
        return json.dumps([code for code in known if code in given])

    return validator


@scheming_validator
def opengovbelize_time(field: reading.Field, schema: reading.Schema) -> Validator:
    """Accept a time; one without offset is in the record's zone, else in the schema's."""
    default_zone = _default(schema, "timezone")

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        try:
            zone = values.zone(data.get(("timezone",)) or default_zone)
        except ValueError:
            # The zone's own validator tells; the time is checked all the same.
            zone = default_zone
        data[key] = _checked(values.time, data[key], zone)

    return validator


def opengovbelize_timezone(value: Any) -> str:
    """Accept the name of a time zone."""
    return _checked(values.zone, value)


def opengovbelize_number(value: Any) -> int:
    """Accept a whole number from 1 on."""
    return _checked(values.number, value)


def opengovbelize_number_output(value: Any) -> Any:
    """Show a stored number as a number."""
    return int(value) if str(value).isdecimal() else value


def opengovbelize_flag(value: Any) -> bool:
    """Accept yes or no."""
    return _checked(values.flag, value)


def opengovbelize_link(value: Any) -> str:
    """Accept a web address that leads to no single person."""
    return _checked(values.link, value)


def opengovbelize_links(value: Any) -> str:
    """Accept one web address or several, none of which leads to a single person."""
    return _checked(values.links, value)


def opengovbelize_resource_link(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Accept a web address, or the name of an uploaded file."""
    if data.get((*key[:-1], "url_type")) == "upload":
        # CKAN makes the address of an upload from its file name, which is all that matters here.
        name = _checked(values.line, data[key]).rpartition("/")[2]
        data[key] = munge.munge_filename(
            _checked(values.without_private_patterns, name, frozenset({patterns.HANDLE}))
        )
    else:
        data[key] = _checked(values.link, data[key])


def opengovbelize_coordinator_email(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Accept the address of a coordinator, on a domain that the portal allows."""
    role = data.get((*key[:-1], "role"))
    data[key] = _checked(values.public_email, data[key], role, config.email_domains())


def opengovbelize_code(value: Any) -> str:
    """Accept the code of a row."""
    return _checked(values.code, value)


@scheming_validator
def opengovbelize_field_name(field: reading.Field, schema: reading.Schema) -> Callable[[Any], str]:
    """Accept the path of a field of this schema: ``notes`` or ``people.position``."""
    known = [path for path, _field in reading.every_field(schema)]
    return lambda value: _checked(values.choice, value, known)


def opengovbelize_series(value: Any, context: Context) -> str:
    """Accept one series by id or name, which the user may read; store a list of its id, as JSON."""
    given = [each for each in _as_list(value) if each != ""]
    if len(given) > 1:
        raise tk.Invalid(tk._("A session belongs to one series."))
    return json.dumps([_readable_series(each, context).id for each in given])


# Several values at once: scheming drops the validators of fields with rows, so these stand in the schema's
# before_validators and after_validators.


@scheming_validator
def opengovbelize_known_fields_only(field: None, schema: reading.Schema) -> Validator:
    """Refuse extras, and private patterns in whatever CKAN stores that no field of the schema checks."""
    checked = {path for path, _field in reading.every_field(schema)}

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        for path in [path for path in data if path[0] == "extras" and path[-1] == "key"]:
            errors[path].append(tk._("This type of record has no extra fields."))
        for path, value in _flat(data):
            stored = path[0] in _CKAN_TEXTS or (
                path[0] == "resources" and path[-1] not in _CKAN_RESOURCE_KEYS
            )
            if not stored or ".".join(path[::2]) in checked:
                continue
            # A checksum may look like the number of a paper; an address it never holds.
            numbers = frozenset({patterns.ID_NUMBER, patterns.PHONE, patterns.HANDLE})
            try:
                values.without_private_patterns(value, numbers if path[-1] == "hash" else frozenset())
            except ValueError as problem:
                errors.setdefault(path, []).append(str(problem))
                if path in data:
                    # CKAN's own validators come next, and would repeat it in their complaints.
                    data[path] = ""

    return validator


# What CKAN stores of a dataset beside the schema's fields, and what it checks itself of a resource.
_CKAN_TEXTS = frozenset(
    {"author", "author_email", "maintainer", "maintainer_email", "tags", "url", "version"}
)
_CKAN_RESOURCE_KEYS = frozenset(
    {"id", "package_id", "created", "last_modified", "metadata_modified", "cache_last_updated", "url_type"}
)


@scheming_validator
def opengovbelize_rows(field: None, schema: reading.Schema) -> Validator:
    """Leave out blank rows, refuse unknown subfields, give every row and resource its code."""
    subfields = _subfields(schema)

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        for name, known in subfields.items():
            rows = _rows(data, name)
            for number, row in rows.items():
                unknown = row.pop("__extras", {})
                data.pop((name, number, "__extras"), None)
                for subfield in (each for each, value in unknown.items() if not _is_blank(value)):
                    errors[(name, number, subfield)] = [tk._("There is no such field.")]
            kept = {number: row for number, row in rows.items() if _says_something(row, known)}
            for number in rows.keys() - kept.keys():
                for subfield in rows[number]:
                    data.pop((name, number, subfield), None)
            _fill_codes(name, kept, data, errors)
        _fill_codes("resources", _rows(data, "resources"), data, errors)

    return validator


def opengovbelize_times_in_order(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse an end that is not after the start."""
    if errors.get(("start",)) or errors.get(("end",)):
        return
    start, end = data.get(("start",)), data.get(("end",))
    if start and end and datetime.fromisoformat(end) <= datetime.fromisoformat(start):
        errors[("end",)].append(tk._("The end must be after the start."))


def opengovbelize_series_of_same_program(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a series of another program."""
    stored = data.get(("in_series",))
    if not stored or errors.get(("in_series",)) or errors.get(("owner_org",)):
        return
    for series_id in json.loads(stored):
        series = model.Package.get(series_id)
        if series and series.owner_org != data.get(("owner_org",)):
            errors[("in_series",)].append(tk._("The series belongs to another program."))


def opengovbelize_visibility(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Let the state of publication decide who may see the record."""
    if errors.get(("publication_state",)):
        return
    state = data[("publication_state",)]
    if visibility.contradicts(data.get(("private",)), state, context.get("package")):
        errors.setdefault(("private",), []).append(
            tk._("The state of publication decides who may see this. Change publication_state instead.")
        )
    data[("private",)] = visibility.private_for(state)


# What these share


def _checked(check: Callable[..., Any], value: Any, *arguments: Any) -> Any:
    try:
        return check(value, *arguments)
    except ValueError as problem:
        raise tk.Invalid(str(problem)) from None


def _refuse_private_patterns(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, allowed: frozenset[str] = frozenset()
) -> None:
    """Complain, and stop: CKAN's own validators would repeat the value in their complaints."""
    if not isinstance(data.get(key), str):
        return
    try:
        values.without_private_patterns(data[key], allowed)
    except ValueError as problem:
        errors[key].append(str(problem))
        raise tk.StopOnError from None


def _is_blank(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is tk.missing or value is None or value == []


def _as_list(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return value
    raise tk.Invalid(tk._("Give a list of texts."))


def _codes(field: reading.Field) -> list[str]:
    return [choice["value"] for choice in choices.choices(field)]


def _default(schema: reading.Schema, name: str) -> str:
    return next(field["default"] for field in reading.fields(schema) if field["field_name"] == name)


def _subfields(schema: reading.Schema) -> dict[str, dict[str, reading.Field]]:
    return {
        field["field_name"]: {subfield["field_name"]: subfield for subfield in field["repeating_subfields"]}
        for field in reading.repeating(schema)
    }


def _says_something(row: Mapping[str, Any], subfields: Mapping[str, reading.Field]) -> bool:
    """Return whether a row holds more than its code and what forms fill in beforehand."""
    return any(
        not _is_blank(value) and value != subfields.get(name, {}).get("default")
        for name, value in row.items()
        if name != "code"
    )


def _rows(data: FlattenDataDict, name: str) -> dict[int, dict[str, Any]]:
    rows: dict[int, dict[str, Any]] = {}
    for path, value in data.items():
        if path[0] == name and len(path) == 3:
            rows.setdefault(path[1], {})[path[2]] = value
    return dict(sorted(rows.items()))


def _fill_codes(
    name: str, rows: Mapping[int, Mapping[str, Any]], data: FlattenDataDict, errors: FlattenErrorDict
) -> None:
    taken: set[str] = set()
    for number, row in rows.items():
        code = str(row.get("code") or "")
        if not code:
            continue
        if code in taken:
            errors.setdefault((name, number, "code"), []).append(tk._("Two rows have this code."))
        taken.add(code)
    for number, row in rows.items():
        if not row.get("code"):
            data[(name, number, "code")] = code = _free(codes.content_code(name, row), taken)
            taken.add(code)


def _free(code: str, taken: set[str]) -> str:
    """Return ``code``, or the first of ``code-2``, ``code-3`` ... that no other row has."""
    candidate, number = code, 1
    while candidate in taken:
        number += 1
        candidate = f"{code}-{number}"
    return candidate


def _flat(data: FlattenDataDict) -> Iterable[tuple[FlattenKey, str]]:
    """Yield all text in ``data``, also what navl has put aside as extra keys and junk."""
    for path, value in data.items():
        yield from _texts(path, value)


def _texts(path: FlattenKey, value: Any) -> Iterable[tuple[FlattenKey, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        prefix = path[:-1] if path[-1] in ("__extras", "__junk") else path
        for name, inner in value.items():
            yield from _texts((*prefix, *(name if isinstance(name, tuple) else (name,))), inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(path, inner)


def _readable_series(reference: Any, context: Context) -> model.Package:
    """Return the series, with one answer for one that is not there and one that the user may not read."""
    unknown = tk.Invalid(tk._("There is no such series. Give the id or the name of a webinar series."))
    if not isinstance(reference, str):
        raise unknown
    series = model.Package.get(reference)
    if series is None or series.type != SERIES or series.state != "active":
        raise unknown
    given: dict[str, Any] = dict(context)
    reader: Any = {name: given[name] for name in ("user", "auth_user_obj", "ignore_auth") if name in given}
    try:
        tk.check_access("package_show", reader, {"id": series.id})
    except tk.NotAuthorized:
        raise unknown from None
    return series
