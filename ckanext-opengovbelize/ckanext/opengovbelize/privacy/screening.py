"""One record under the screen: who is public in it, what its texts may say, and what was left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from ..folding import words
from ..records.problems import Problem
from ..records.session import SessionRecord
from .known import Known
from .mentions import named_alone
from .names import Cast, cast_of
from .patterns import WITHHELD
from .policy import MESSAGES, Policy
from .redact import ERASED, Redactor, Screened
from .slugs import said_in

# What files and addresses are called by machines: no dictionary has these words, and they name nobody.
_OF_FILES = frozenset(
    words(
        "rss atom xml oai dc ical ics webcal json jsonld ld csv tsv ods xlsx docx pdf yaml yml html htm php aspx md "
        "txt vtt srt www youtube feeds videos indico ckan zoom webex url api id org com net gov edu bz sitemap"
    )
)
_TWO_WORDS = re.compile(r"[^\W\d_]\W+[^\W\d_]")
_HOST = re.compile(r"^[a-z]+://[^/]*", re.IGNORECASE)
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass
class Screening:
    """What is known of a record while its texts are screened.

    Attributes:
        record: as read.
        policy: what the program publishes.
        known: what the record says in public roles, where that was asked before.
        cast: who is public in the record, and whose names are withheld.
        redactor: masks what is private.
        problems: what was left out so far.
        file: how reports may call the record.
    """

    record: SessionRecord
    policy: Policy
    known: Known | None = None
    cast: Cast = field(init=False)
    redactor: Redactor = field(init=False)
    problems: list[Problem] = field(default_factory=list)
    file: str = field(init=False)

    def __post_init__(self) -> None:
        self.cast = cast_of(self.record, self.known)
        links = [
            *(link.url for link in self.record.links),
            *(material.url for material in self.record.materials),
        ]
        self.redactor = Redactor(
            self.cast,
            self.policy.erased,
            self.policy.hash_key,
            frozenset(link.rstrip("/") for link in links if link),
        )
        self.file = label_of(self.redactor, self.record.file)

    def text(
        self, text: str, field: str, place: str = "", *, careful: bool = False, handles: bool = False
    ) -> str:
        """Screen one text of the header, and report what had to be masked; ``careful`` as for ``mentioned``."""
        screened = self.redactor.prose(text, careful=careful, handles=handles)
        self.report(screened, field, place)
        return screened.text

    def report(self, screened: Screened, field: str, place: str = "") -> None:
        """Report that something of a text was masked, if it was."""
        if ERASED in screened.kinds:
            self.problem("erased-text", MESSAGES[ERASED], field, place)
        if screened.kinds - {ERASED}:
            self.problem("withheld", MESSAGES["withheld"], field, place)

    def problem(self, code: str, message: str, field: str = "", place: str = "") -> None:
        """Report something; where it is must not tell what is private either."""
        self.problems.append(Problem(code, message, file=self.file, place=self.place(place), field=field))

    def place(self, place: str) -> str:
        """Return where something stands without names: a sheet of a workbook may be called after somebody."""
        # "line 4" names nobody.
        named = named_alone(place, self.cast.known) if _TWO_WORDS.search(place) else []
        for name in named:
            place = re.sub(re.escape(name), WITHHELD, place, flags=re.IGNORECASE)
        return self.redactor.header(place).text


def screened_label(file: str, policy: Policy) -> str:
    """Return a file's name, or what kind of file it is where the name is private."""
    return Screening(SessionRecord(file=storable(file)), policy).file


def storable(value: Any) -> Any:
    """Return a value without the characters that no database takes: controls, and halves of a character."""
    if isinstance(value, str):
        return value if value.isprintable() else _UNSTORABLE.sub("", value)
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, dict):
        return {key: storable(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{entry.name: storable(getattr(value, entry.name)) for entry in fields(value)})
    return value


def label_of(redactor: Redactor, file: str) -> str:
    """Return a record's label, or what its kind is called where the label names somebody."""
    suffix = PurePosixPath(file).suffix
    spoken = re.sub(r"[_\W]+", " ", _HOST.sub("", file.removesuffix(suffix)))
    named = named_alone(said_in(PurePosixPath(file).name), redactor.cast.known, careful=True)
    if not (named or redactor.label(spoken, _OF_FILES).kinds or redactor.header(file, handles=True).kinds):
        return file
    return f"record{suffix}" if re.fullmatch(r"\.[A-Za-z]{2,5}", suffix) else "record"
