"""The screen of datasets that another portal publishes: a record goes in, drafts come out.

They are screened as any other source's, however public they are there. Where an editor of this portal vouches for
the other one's review, only what may never be published is taken out: contact details, personal links, erased
texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..folding import fold
from ..records.codes import content_code, link_code, person_code
from ..records.drafts import Draft, Proposal
from ..records.packages import COMMITMENT, DATASET, PLAN, SERIES, WEBINAR, PackageRecord
from ..records.plans.record import REPORT, PlanRecord, report_key
from ..records.problems import Problem
from ..records.session import Person, SessionRecord
from .conversation import ALTERED
from .hashing import keyed_hash
from .names import Cast, cast_of
from .plans import screen_plan
from .policy import MESSAGES, Policy
from .redact import ERASED, Redactor, Screened
from .rolls import lists_people
from .screening import storable

# Of a code or a moment, nothing else can be in it.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,40}")
_MOST_DIGITS = 4
_MOMENTS = frozenset(("start", "end", "due", "deadline", "reported", "assessed", "released"))
_CODES = frozenset(
    (
        *(
            "status",
            "stage",
            "state",
            "mode",
            "kind",
            "role",
            "answered",
            "sector",
            "district",
            "verdict",
            "scale",
        ),
        *("country", "license_id", "license", "language", "field", "topic", "co_creation_standard"),
    )
)
_OF_REPORTS = frozenset(
    (
        *("indicator", "period", "status", "progress", "evidence", "challenges", "reason", "institution"),
        "reported",
    )
)
# Screened by a rule of their own.
_CHAT = ("questions", "messages", "transcript", "people", "translations")


def screen_package(record: PackageRecord, policy: Policy, *, reviewed: bool = False) -> list[Draft]:
    """Return what may be published of another portal's dataset: one draft, then one for each progress report.

    Args:
        record: the dataset.
        policy: what this portal publishes.
        reviewed: whether its texts count as reviewed by editors there. Never so for ordinary datasets.
    """
    record = storable(record)
    return _Screen(record, policy, reviewed and record.type != DATASET).drafts()


@dataclass
class _Screen:
    record: PackageRecord
    policy: Policy
    reviewed: bool
    problems: list[Problem] = field(default_factory=list)
    codes: dict[tuple[str, str], str] = field(default_factory=dict)
    redactor: Redactor = field(init=False)

    def __post_init__(self) -> None:
        self.redactor = Redactor(self._cast(), self.policy.erased, self.policy.hash_key)

    def drafts(self) -> list[Draft]:
        record = self.record
        if any(problem.rejects for problem in record.problems):
            return [
                Draft(record.file, record.type or DATASET, key=record.type, problems=list(record.problems))
            ]
        fields = self._strict({name: value for name, value in record.fields.items() if name not in _CHAT})
        draft = self._screened(PlanRecord(record.type, _key(record), record.parent, fields, file=record.file))
        if record.name:
            draft.fields["name"] = self._address(record.name)
        draft.resources = [row for each in record.resources if (row := self._resource(each))]
        proposals: list[Proposal] = []
        if record.type == WEBINAR:
            draft.fields |= self._session(proposals)
        draft.proposals = proposals
        if translations := self._translations(draft):
            draft.fields["translations"] = translations
        if record.type == WEBINAR and record.parent:
            name = self._address(record.parent)
            draft.series, draft.series_fields = name, {"name": name}
        draft.plan = self._address(record.parent or record.name) if record.type in (PLAN, COMMITMENT) else ""
        if record.type in (SERIES, WEBINAR, DATASET):
            draft.key = ""
        draft.problems += list(dict.fromkeys(self.problems))
        return [draft, *self._reports(draft)]

    def _screened(self, record: PlanRecord) -> Draft:
        # Plans and commitments give nobody a role; which institutions they name, their own screen finds out.
        cast = self.redactor.cast if record.type in (SERIES, WEBINAR, DATASET) else None
        return screen_plan(record, self.policy, cast=cast, reviewed=self.reviewed)

    def _cast(self) -> Cast:
        """Return who is public here: the people whom the dataset gives a role."""
        fields = self.record.fields
        people = [
            Person(str(row.get("role") or "speaker"), name, affiliation=str(row.get("affiliation") or ""))
            for row in _rows(fields.get("people"))
            if isinstance(name := row.get("name"), str)
        ]
        said = SessionRecord(
            self.record.file, people=people, others=[] if self.reviewed else self.record.others
        )
        texts = (("title", "title"), ("notes", "introduction"), ("objective", "objective"))
        for name, own in () if self.reviewed else texts:
            setattr(said, own, _text(fields, name))
        return cast_of(said)

    def _reports(self, commitment: Draft) -> Iterator[Draft]:
        head = {name: commitment.fields.get(name, "") for name in ("stage", "number")}
        for row in self.record.reports:
            fields = {name: value for name, value in self._strict(row).items() if name in _OF_REPORTS}
            fields |= head
            key = report_key(
                *(str(fields.get(name, "")) for name in ("stage", "number", "indicator", "period"))
            )
            draft = self._screened(PlanRecord(REPORT, key, "", fields, file=self.record.file))
            if isinstance(version := row.get("version"), int):
                # The versions of a report are records of their own, the oldest first.
                draft.key = f"{draft.key} {version}"
            draft.plan = commitment.plan
            yield draft

    # -- what only sessions have

    def _session(self, proposals: list[Proposal]) -> dict[str, Any]:
        fields = self.record.fields
        rows: dict[str, Any] = {
            "people": [row for each in _rows(fields.get("people")) if (row := self._person(each))],
            "questions": [
                row for each in _rows(fields.get("questions")) if (row := self._question(each, proposals))
            ],
            "messages": [row for each in _rows(fields.get("messages")) if (row := self._message(each))],
        }
        transcript = fields.get("transcript")
        if self.policy.transcript and isinstance(transcript, str):
            rows["transcript"] = self._text(transcript, "transcript")
        return {name: value for name, value in rows.items() if value}

    def _person(self, row: dict[str, Any]) -> dict[str, str]:
        role, name = _text(row, "role"), _text(row, "name").strip()
        screened = self.redactor.header(name)
        if not name or not self._is_code(role) or screened.altered:
            self._report(screened, "people")
            return {}
        person = {"code": self._recoded("people", row, person_code(role, name)), "role": role, "name": name}
        for part in ("position", "affiliation", "biography"):
            if text := self._text(_text(row, part), "people", careful=part != "biography"):
                person[part] = text
        if self._is_code(country := _text(row, "country")):
            person["country"] = country
        if email := self._email(role, _text(row, "email").strip()):
            person["email"] = email
        return person

    def _email(self, role: str, email: str) -> str:
        allowed = {fold(entry).removeprefix("@") for entry in self.policy.email_domains}
        public = re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@([A-Za-z0-9.-]+)", email)
        erased = self.redactor.header(email).kinds & {ERASED}
        if public and role == "coordinator" and public[1].lower() in allowed and not erased:
            return email
        if email:
            self._problem("email-withheld", MESSAGES["email-withheld"], "people")
        return ""

    def _question(self, row: dict[str, Any], proposals: list[Proposal]) -> dict[str, str]:
        texts = {
            part: self._chat(_text(row, part), links=part != "question") for part in ("question", "answer")
        }
        question = texts["question"].text.strip()
        if not question:
            return {}
        code = keyed_hash(self.policy.hash_key, question)
        known = {
            "code": code,
            "question": question,
            "answer": texts["answer"].text,
            "answered_by": self._text(_text(row, "answered_by"), "questions", careful=True),
            **{
                part: word
                for part in ("topic", "sector", "answered")
                if self._is_code(word := _text(row, part))
            },
        }
        known = {part: text for part, text in known.items() if text}
        if any(screened.altered for screened in texts.values()) and not self.reviewed:
            proposals.append(Proposal(code, known, [ALTERED]))
            return {}
        self._recoded("questions", row, code)
        return known

    def _message(self, row: dict[str, Any]) -> dict[str, str]:
        screened = self._chat(_text(row, "text"), links=True)
        if not screened.text or (screened.altered and not self.reviewed):
            self._report(screened, "messages")
            return {}
        institution = self._text(_text(row, "institution"), "messages", careful=True)
        code = self._recoded("messages", row, content_code("messages", {"text": screened.text}))
        told = {"code": code, "text": screened.text, "institution": institution}
        return {part: text for part, text in told.items() if text}

    def _chat(self, text: str, *, links: bool) -> Screened:
        return self.redactor.header(text) if self.reviewed else self.redactor.chat(text, links=links)

    # -- what all may have

    def _resource(self, row: dict[str, str]) -> dict[str, str]:
        url = row.get("url", "")
        if not url or self.redactor.url_is_private(url) or self._lists_people(row.get("name", ""), url):
            if url:
                self._problem("link-withheld", MESSAGES["link-withheld"], "resources")
            return {}
        kept = {
            part: word for part in ("kind", "license", "language") if self._is_code(word := row.get(part, ""))
        }
        kept |= {
            part: text
            for part in ("name", "description", "format", "availability")
            if (text := self._text(row.get(part, ""), "resources", careful=part != "description"))
        }
        return {**kept, "url": url, "code": self._recoded("resources", row, link_code(url))}

    def _lists_people(self, title: str, url: str) -> bool:
        return lists_people(title, url, among_figures=self.reviewed or self.record.type == DATASET)

    def _translations(self, draft: Draft) -> list[dict[str, str]]:
        """Return the translations of what is published, by the codes that its rows have here."""
        rows = []
        for each in _rows(self.record.fields.get("translations")):
            field_name, row, language = (_text(each, part) for part in ("field", "row", "language"))
            if row:
                row = self.codes.get((field_name, row), "" if field_name in _CHAT else row)
                published = {one.get("code") for one in _rows(draft.fields.get(field_name))}
                if field_name in _CHAT and row not in published:
                    continue
            text = self._text(_text(each, "text"), "translations")
            if not text or not self._is_code(language) or not re.fullmatch(r"[a-z_.]{1,60}", field_name):
                continue
            kept = {
                "field": field_name,
                "row": self._address(row) if row else "",
                "language": language,
                "text": text,
            }
            kept = {part: value for part, value in kept.items() if value}
            rows.append({**kept, "code": content_code("translations", kept)})
        return rows

    def _strict(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return values without moments and codes that are none: they are not screened as texts."""
        kept: dict[str, Any] = {}
        for name, value in values.items():
            if isinstance(value, list):
                rows = [self._strict(item) if isinstance(item, dict) else item for item in value]
                kept[name] = [item for item in rows if isinstance(item, dict) or self._may_be(name, item)]
            elif self._may_be(name, value):
                kept[name] = value
        return kept

    def _may_be(self, name: str, value: Any) -> bool:
        if not isinstance(value, str):
            return True
        if name in _MOMENTS:
            return bool(_MOMENT.fullmatch(value))
        return name not in _CODES or self._is_code(value)

    def _is_code(self, value: str) -> bool:
        # A word with an underscore is no handle here, but a number may be a telephone's.
        few_digits = sum(letter.isdigit() for letter in value) <= _MOST_DIGITS
        return bool(_CODE.fullmatch(value)) and few_digits and ERASED not in self.redactor.header(value).kinds

    def _recoded(self, name: str, row: dict[str, Any], code: str) -> str:
        """Return a row's code as this portal makes it, and remember what it was."""
        self.codes[name, _text(row, "code")] = code
        return code

    def _address(self, name: str) -> str:
        """Return the name of a dataset or row, unless it holds something private."""
        spoken = re.sub(r"[-_.]+", " ", name)
        if not re.fullmatch(r"[\w.-]{1,100}", name) or self.redactor.header(spoken).altered:
            return ""
        return name

    def _text(self, text: str, field_name: str, *, careful: bool = False) -> str:
        screened = self.redactor.header(text) if self.reviewed else self.redactor.prose(text, careful=careful)
        self._report(screened, field_name)
        return screened.text

    def _report(self, screened: Screened, field_name: str) -> None:
        if ERASED in screened.kinds:
            self._problem("erased-text", MESSAGES[ERASED], field_name)
        if screened.kinds - {ERASED}:
            self._problem("withheld", MESSAGES["withheld"], field_name)

    def _problem(self, code: str, message: str, field_name: str) -> None:
        self.problems.append(Problem(code, message, self.record.file, field=field_name))


def _key(record: PackageRecord) -> str:
    """Return what the record is in its plan, for those that have one."""
    return "plan" if record.type == PLAN else "commitment"


def _rows(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _text(row: dict[str, Any], name: str) -> str:
    return value if isinstance(value := row.get(name), str) else ""
