"""The screen of plans, commitments and progress reports: what a table says goes in, a draft comes out.

Nobody has a public role in a table of commitments, so every person whom one of its texts names is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from ..folding import words
from ..records.drafts import Draft
from ..records.names import is_name
from ..records.plans.record import COMMITMENT, REPORT, PlanRecord, commitment_key, report_key
from ..records.problems import Problem
from .hashing import contains_erased, keyed_hash
from .known import Known
from .mentions import mentioned
from .names import Cast
from .patterns import WITHHELD, find
from .policy import MESSAGES, Policy
from .redact import ERASED, Redactor, Screened
from .screening import label_of, storable

# Names of institutions, places and things: a word that no dictionary has is no sign of a person there.
_CAREFUL = frozenset(
    [
        *(
            "aliases",
            "locality",
            "country",
            "lead",
            "lead_as_stated",
            "supporting",
            "partners",
            "institution",
        ),
        *("assessor", "subject", "audience", "policy_areas", "ogp_values", "tag_string", "scale_version"),
    ]
)
_INSTITUTIONS = ("lead", "supporting", "partners", "institution", "lead_as_stated", "assessor")
# Cells that list who is responsible: tables put persons there too, alone or in brackets behind their office.
_RESPONSIBLE = frozenset(("lead", "supporting", "partners", "institution", "lead_as_stated"))
_IN_BRACKETS = re.compile(r"\s*\(([^()]{3,120})\)")
_ROWS_OF_LINKS = ("sources", "links", "social_media")
_LINKS = frozenset(["url", "evidence", "report", "source"])
# Values that the reader makes itself: days and codes of our own lists.
_MADE_BY_READER = frozenset(
    [
        "start",
        "end",
        "due",
        "deadline",
        "reported",
        "assessed",
        "stage",
        "status",
        "state",
        "scale",
        "verdict",
        "kind",
    ]
)
# Short names of rows, by which other rows refer to them.
_CODES = frozenset(["code", "milestone", "indicator", "period", "reference", "number", "row"])
_SPOKEN = re.compile(r"[^\W\d_]{3,}")
# 3, 1.1, 2021-H1: nothing that could be a name or a telephone number.
_PLAIN_CODE = re.compile(r"(?:20\d\d-)?[A-Z]{0,2}\d{1,2}(?:\.\d{1,2}){0,2}")
_SIGNS = re.compile(r"[-_.]+")
_ROW = re.compile(r"row \d+")
# From the first quotation mark to the last: what is quoted may hold some itself.
_QUOTED = re.compile(r'"(.*)"', re.DOTALL)
_SHORT_HASH = 12
_REPORTED = "It was reported by"

_WITHHELD = (
    "Something private was left out here: a person's name, an e-mail address, a telephone number or a personal link. "
    "Tables of a plan name institutions, not persons."
)
_NUMBER_WITHHELD = (
    "The number of the commitment, indicator or period holds something private, so the record was left out. Write "
    "a plain number, such as 1.1."
)


def screen_plan(
    record: PlanRecord, policy: Policy, *, cast: Cast | None = None, reviewed: bool = False
) -> Draft:
    """Return what may be published of a record of a plan.

    E-mail addresses, telephone numbers, handles, personal links, persons' names and erased texts are withheld,
    wherever they stand; institutions and places stay. Never raises, whatever the record holds.

    Args:
        record: the record.
        policy: what the program publishes.
        cast: who is public in it; nobody, unless it is said.
        reviewed: whether an editor has seen whom its texts name, so that the names stay.
    """
    return _Screen(storable(record), policy, cast, reviewed).draft()


@dataclass
class _Screen:
    record: PlanRecord
    policy: Policy
    cast: Cast | None = None
    reviewed: bool = False
    redactor: Redactor = field(init=False)
    problems: list[Problem] = field(default_factory=list)
    file: str = field(init=False)

    def __post_init__(self) -> None:
        cast = self.cast or Cast(known=Known(bodies=tuple(_bodies(self.record.fields))))
        self.redactor = Redactor(cast, self.policy.erased, self.policy.hash_key)
        self.file = _label(self.record.file, self.policy)

    def draft(self) -> Draft:
        record = self.record
        place = self._place(record.place)
        fields = {}
        for name, value in record.fields.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                screened = [row for item in value if (row := self._row(name, item))]
            else:
                screened = self._value(name, value, name, record.place)
            if screened not in ("", [], None):
                fields[name] = screened
        return Draft(
            file=self.file,
            type=record.type,
            fields=fields,
            key=self._key(fields),
            plan=self._prose(record.plan, careful=True).text,
            place=place,
            problems=[*self._readers_problems(), *dict.fromkeys(self.problems)],
        )

    def _row(self, name: str, row: dict[str, Any]) -> dict[str, Any]:
        place = self.record.places.get(f"{name} {row.get('code', '')}", self.record.place)
        screened = {key: self._value(key, value, name, place) for key, value in row.items()}
        if name in _ROWS_OF_LINKS and row.get("url") and not screened["url"]:
            return {}
        return {key: value for key, value in screened.items() if value not in ("", [], None)}

    def _value(self, name: str, value: Any, field_name: str, place: str) -> Any:
        """Screen one value; ``field_name`` is the field of the record that it belongs to."""
        if isinstance(value, list):
            screened = [self._value(name, item, field_name, place) for item in value]
            return list(dict.fromkeys(item for item in screened if item and item != WITHHELD))
        if not isinstance(value, str) or name in _MADE_BY_READER:
            return value
        if name in _LINKS:
            kept = [self._link(url, field_name, place) for url in value.split()]
            return " ".join(url for url in kept if url)
        if name in _CODES:
            return self._code(name, value, field_name, place)
        if name in _RESPONSIBLE and not self.reviewed:
            body = _without_person(value)
            if body != value:
                self._problem("withheld", _WITHHELD, field_name, place)
            value = body
        if name == "institution" and not self.reviewed and _is_who_reported(value):
            self._problem("withheld", _WITHHELD, field_name, place)
            return ""
        screened = self._prose(value, careful=name in _CAREFUL and name not in _RESPONSIBLE)
        self._report(screened, field_name, place)
        return "" if name in _RESPONSIBLE and screened.text == WITHHELD else screened.text

    def _prose(self, text: str, *, careful: bool) -> Screened:
        return self.redactor.header(text) if self.reviewed else self.redactor.prose(text, careful=careful)

    def _link(self, url: str, field_name: str, place: str) -> str:
        if not self.redactor.url_is_private(url):
            return url
        self._problem("link-withheld", MESSAGES["link-withheld"], field_name, place)
        return ""

    def _code(self, name: str, code: str, field_name: str, place: str) -> str:
        """Return a short name, or a keyed hash in its place where it names somebody; a number goes altogether."""
        if _PLAIN_CODE.fullmatch(code) and not contains_erased(
            code, self.policy.erased, self.policy.hash_key
        ):
            return code
        spoken = _SIGNS.sub(" ", code)
        # "20-620-0103-21" hides a telephone number among other figures.
        says_more = _SPOKEN.search(code) or find(spoken)
        screened = self._prose(spoken if says_more else code, careful=True)
        if not screened.altered:
            return code
        self._report(screened, field_name, place)
        if name in ("number", "indicator", "period") and self.record.type in (COMMITMENT, REPORT):
            self._problem("number-withheld", _NUMBER_WITHHELD, field_name, place, rejects=True)
            return ""
        return keyed_hash(self.policy.hash_key, code)[:_SHORT_HASH]

    def _key(self, fields: dict[str, Any]) -> str:
        """Return the key anew: it is made of numbers that the screen may have withheld."""
        head = [str(fields.get(name, "")) for name in ("stage", "number", "indicator", "period")]
        if self.record.type == COMMITMENT:
            return commitment_key(*head[:2])
        return report_key(*head) if self.record.type == REPORT else self.record.key

    def _place(self, place: str) -> str:
        """Screen a place: a sheet may bear somebody's name."""
        sheet, comma, row = place.partition(", row ")
        return place if _ROW.match(place) else f"{_sheet(sheet, self.policy)}{comma}{row}"

    def _report(self, screened: Screened, field_name: str, place: str) -> None:
        if ERASED in screened.kinds:
            self._problem("erased-text", MESSAGES[ERASED], field_name, place)
        if screened.kinds - {ERASED}:
            self._problem("withheld", _WITHHELD, field_name, place)

    def _problem(
        self, code: str, message: str, field_name: str, place: str, *, rejects: bool = False
    ) -> None:
        self.problems.append(Problem(code, message, self.file, self._place(place), field_name, rejects))

    def _readers_problems(self) -> list[Problem]:
        return [
            replace(
                found, file=self.file, message=self._message(found.message), place=self._place(found.place)
            )
            for found in self.record.problems
        ]

    def _message(self, message: str) -> str:
        """Screen what a problem repeats of the table: the header of a column, in quotation marks."""
        return _QUOTED.sub(lambda match: f'"{self.redactor.label(match[1]).text}"', message)


# The records of a file come one after the other, and share file and sheets.
@lru_cache(maxsize=4)
def _label(file: str, policy: Policy) -> str:
    return label_of(_blank_redactor(policy), file)


@lru_cache(maxsize=32)
def _sheet(name: str, policy: Policy) -> str:
    return _blank_redactor(policy).prose(name).text


def _blank_redactor(policy: Policy) -> Redactor:
    return Redactor(Cast(), policy.erased, policy.hash_key)


def _bodies(fields: dict[str, Any]) -> Iterable[str]:
    """Yield the institutions that a record names, so that its prose may name them too."""
    rows = [
        row for value in fields.values() if isinstance(value, list) for row in value if isinstance(row, dict)
    ]
    for holder in (fields, *rows):
        for name in _INSTITUTIONS:
            stated = holder.get(name) or []
            for body in stated if isinstance(stated, list) else [stated]:
                body = _without_person(body)
                if not mentioned(body, Known(), careful=name not in _RESPONSIBLE):
                    yield " ".join(words(body))


def _without_person(body: str) -> str:
    """Return the name of an institution without a person whom brackets name behind it."""
    return _IN_BRACKETS.sub(lambda found: "" if mentioned(found[1], Known()) else found[0], body)


def _is_who_reported(body: str) -> bool:
    """Tell a person in the column of who reports: two plain words alone may be either, a sentence with them tells."""
    return is_name(body) and bool(mentioned(f"{_REPORTED} {body}.", Known()))
