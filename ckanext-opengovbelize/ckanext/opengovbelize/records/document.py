"""The normal form of a document: what every format is turned into before anything is recognised in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from .problems import Problem

# No line that a person wrote is longer; what is, is told but not read, so that no input costs more than its
# size.
LONGEST_LINE = 20_000

# Characters that show nothing: zero width, direction marks, soft hyphen, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
# Control characters but tab and line feed, and characters that are no text at all.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


@dataclass(frozen=True)
class Run:
    """A piece of a line; ``href`` is None where it is no link, and may be empty or ``#`` where it is one."""

    text: str
    bold: bool = False
    href: str | None = None


@dataclass(frozen=True)
class Block:
    """One line of a document.

    Attributes:
        kind: ``heading``, ``paragraph``, ``item``, ``line``, ``row`` (of a table, see ``cells``), ``message``
            (of a chat in a table), or ``overlong`` (a line of which nothing was read).
        runs: the pieces of the line.
        place: where it stands, in words: ``line 12``, ``paragraph 8``, ``table 1, row 3``.
        level: of a heading, 1 to 6.
        starts: whether a paragraph starts here; False for its further lines.
        term: what the layout says the line is about: the first cell of a row of two, a defined term.
        at: the time that the layout gives for a message.
        table: number of the table that a row is in.
        cells: of a row, the lines of each cell.
        quoted: whether the layout sets it apart as what somebody said.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    place: str = ""
    level: int = 0
    starts: bool = True
    term: str = ""
    at: str = ""
    table: int = 0
    cells: tuple[tuple[Block, ...], ...] = ()
    quoted: bool = False

    def __hash__(self) -> int:
        # That of all fields is made anew whenever it is asked for.
        return hash((self.text, self.place))

    @cached_property
    def text(self) -> str:
        """The line without markup."""
        return "".join(run.text for run in self.runs).strip()

    @cached_property
    def bold(self) -> bool:
        """Whether all of the line is bold."""
        runs = [run for run in self.runs if run.text.strip(" :.\t")]
        return bool(runs) and all(run.bold for run in runs)

    @property
    def bold_start(self) -> str:
        """The bold text with which the line begins, or nothing."""
        text = ""
        for run in self.runs:
            if not run.bold and run.text.strip():
                break
            text += run.text
        return text.strip()

    @cached_property
    def links(self) -> list[tuple[str, str]]:
        """Text and target of each link, neighbouring runs of one link joined."""
        found: list[tuple[str, str]] = []
        previous: Run | None = None
        for run in self.runs:
            if run.href is not None:
                if previous is not None and previous.href == run.href and run.href not in ("", "#"):
                    found[-1] = (found[-1][0] + run.text, run.href)
                else:
                    found.append((run.text, run.href))
            previous = run
        return [(text.strip(), href.strip()) for text, href in found]

    def after(self, count: int) -> Block:
        """Return the line without its first ``count`` characters, counted in ``text``."""
        raw = "".join(run.text for run in self.runs)
        count += len(raw) - len(raw.lstrip())
        runs = []
        for run in self.runs:
            if count >= len(run.text):
                count -= len(run.text)
                continue
            runs.append(replace(run, text=run.text[count:]))
            count = 0
        return replace(self, runs=tuple(runs))

    def until(self, count: int) -> Block:
        """Return the line's first ``count`` characters, counted in ``text``."""
        raw = "".join(run.text for run in self.runs)
        left = count + len(raw) - len(raw.lstrip())
        runs = []
        for run in self.runs:
            if left > 0:
                runs.append(replace(run, text=run.text[:left]))
            left -= len(run.text)
        return replace(self, runs=tuple(runs))


@dataclass
class Document:
    """The lines of a document, the title that stands apart from them, and what went wrong in reading it."""

    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    problems: list[Problem] = field(default_factory=list)


def clean(text: str) -> str:
    """Return text in one normal form: composed accents, plain spaces, nothing that cannot be seen."""
    text = unicodedata.normalize("NFC", text)
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    return _CONTROL.sub("", text)


def clean_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Clean each run and leave out those without any text, but for links, which count by their target."""
    cleaned: list[Run] = []
    for run in runs:
        text = clean(run.text)
        if cleaned and _is_glued(cleaned[-1].text, text, run.href or ""):
            text = f" {text}"
        cleaned.append(run if text == run.text else replace(run, text=text))
    return tuple(run for run in cleaned if run.text or run.href is not None)


def _is_glued(before: str, text: str, href: str) -> bool:
    """Tell a linked e-mail address that only the page's style sets apart from the word before it."""
    return href[:7].lower() == "mailto:" and before[-1:].isalnum() and text[:1].isalnum()


def line(text: str, place: str, *, starts: bool = True, kind: str = "line") -> Block:
    """Return a block of plain text."""
    if len(text) > LONGEST_LINE:
        return Block("overlong", (), place, starts=starts)
    return Block(kind, (Run(clean(text)),), place, starts=starts)
