"""The configuration of a source: a small JSON object that an editor writes in the form of the source."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Any

from ..privacy import patterns
from ..records.readers import READERS

# What a source's configuration may say that its files are, with the media type of each.
FORMATS = {reader.name: reader.media_type for reader in READERS}
# What it may say that the whole source is.
PROTOCOLS = ("ckan", "oai-pmh")


class SourceConfigError(ValueError):
    """A configuration that cannot be used; each of ``args`` says what to mend."""

    def __str__(self) -> str:
        return " ".join(self.args)


@dataclass(frozen=True)
class SourceConfig:
    """How to read one source.

    Attributes:
        series: name or usual phrase of the series of all records that do not name one themselves.
        session: number of the session in that series that a chat or captions belong to; None where the files tell.
        plan: title or address of the action plan that all its tables belong to, whatever they say themselves.
        trust: 0 to 100, with two decimals at most; of two sources of one webinar the more trusted one wins.
        public_page: whether the source's address may be published.
        format: a name out of ``FORMATS`` or ``PROTOCOLS`` where neither the server nor the file name tells.
        reviewed: whether what another portal publishes counts as screened and reviewed by its editors.
        listing: pattern of the links on a page that lead to records, such as ``*/webinar-*``.
        include: pattern of the file names that are records, in a folder or zip, such as ``*.docx``.
        shrink_percent: share of the known records that may vanish in one run; None for the site's own.
        contact: e-mail address of who mends the records; for letters only, never published.
        credentials: name of credentials in the operator's configuration; never the credentials themselves.
    """

    series: str = ""
    session: int | None = None
    plan: str = ""
    trust: float = 50
    public_page: bool = False
    format: str = ""
    reviewed: bool = False
    listing: str = ""
    include: str = ""
    shrink_percent: int | None = None
    contact: str = ""
    credentials: str = ""

    @classmethod
    def from_json(cls, text: str | None) -> SourceConfig:
        """Read and check the JSON of a source's form; nothing at all means the defaults.

        Raises:
            SourceConfigError: with one sentence for everything that is wrong.
        """
        values = _parse(text)
        accepted = ", ".join(CHECKS)
        errors = [
            f'"{key}" is not known here. Accepted are: {accepted}.' for key in values if key not in CHECKS
        ]
        errors += [CHECKS[key][1] for key in values if key in CHECKS and not CHECKS[key][0](values[key])]
        if errors:
            raise SourceConfigError(*errors)
        return cls(**values)

    def to_json(self) -> str:
        """Return what ``from_json`` reads, without the defaults."""
        defaults = {field.name: field.default for field in fields(self)}
        return json.dumps({key: value for key, value in asdict(self).items() if value != defaults[key]})

    @property
    def content_type(self) -> str:
        """Return the media type that ``format`` stands for, or nothing."""
        return FORMATS.get(self.format, "")


def _parse(text: str | None) -> dict[str, Any]:
    if not text or not text.strip():
        return {}
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = (
            f" (line {error.lineno}, column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        )
        raise SourceConfigError(
            f'The configuration is not JSON{where}. Write it like {{"trust": 60}}.'
        ) from None
    if not isinstance(values, dict):
        raise SourceConfigError('The configuration must be a JSON object, like {"trust": 60}.')
    return values


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 500


def _is_title(value: Any) -> bool:
    """Tell whether a series or plan may be called so: what names it becomes a title that everybody reads."""
    return _is_text(value) and not patterns.find(value)


def _is_percent(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100


def _is_trust(value: Any) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and 0 <= value <= 100
        and round(value, 2) == value
    )


_EMAIL = re.compile(r"[\w.+%'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,63}", re.ASCII)


def _is_email(value: Any) -> bool:
    return isinstance(value, str) and (not value or bool(_EMAIL.fullmatch(value)))


CHECKS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "series": (
        _is_title,
        '"series" must be the name of a series, in quotation marks, without e-mail address, telephone '
        "number or handle.",
    ),
    "plan": (
        _is_title,
        '"plan" must be the title or address of an action plan, in quotation marks, without e-mail address, telephone '
        "number or handle.",
    ),
    "trust": (_is_trust, '"trust" must be a number from 0 to 100, with two decimals at most.'),
    "public_page": (lambda value: isinstance(value, bool), '"public_page" must be true or false.'),
    "format": (
        lambda value: isinstance(value, str) and value in ("", *FORMATS, *PROTOCOLS),
        f'"format" must be one of {", ".join((*FORMATS, *PROTOCOLS))}.',
    ),
    "reviewed": (lambda value: isinstance(value, bool), '"reviewed" must be true or false.'),
    "listing": (
        _is_text,
        '"listing" must be a pattern of web addresses in quotation marks, like "*/webinar-*".',
    ),
    "include": (_is_text, '"include" must be a pattern of file names in quotation marks, like "*.docx".'),
    "credentials": (
        lambda value: isinstance(value, str) and bool(re.fullmatch(r"[a-z0-9_-]{0,100}", value)),
        '"credentials" must be the name of credentials that the operator of the portal has set up, of small letters, '
        "digits, - and _. Never write a password or key here: everybody may read this.",
    ),
    "shrink_percent": (_is_percent, '"shrink_percent" must be a whole number from 0 to 100.'),
    "contact": (
        _is_email,
        '"contact" must be one e-mail address in quotation marks, like "records@example.org".',
    ),
    "session": (
        lambda value: isinstance(value, int) and not isinstance(value, bool) and value > 0,
        '"session" must be the number of a session, a whole number without quotation marks.',
    ),
}
