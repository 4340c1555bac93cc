"""What was said aloud, written down by software: Teams, Otter and Zoom set the name over it, Google Meet before it.

Its times are counted from the beginning, where those of a chat are of the day: "Ana Sample  0:03". What stands before
the first voice (title, day, who was there) is nobody's words, and is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from . import chat_authors, dates, labels
from .chat_authors import may_be_name
from .document import Block
from .names import is_name, split_line
from .session import Message
from .vocabulary import any_of, load
from .words import fold, squeeze

_WORDS = load("transcripts")
_OFFSET = r"(?:\d{1,2}:)?\d{1,2}:\d\d(?:\.\d{1,3})?"
# Teams, Otter: "Ana Sample   0:03"
_NAME_AND_OFFSET = re.compile(rf"(?P<author>[^\s\d\[].{{0,80}}?)\s+\|?\s*(?P<at>{_OFFSET})")
# Zoom's saved captions: "[Ana Sample] 10:31:07"
_NAME_IN_BRACKETS = re.compile(r"\[(?P<author>[^\[\]]{1,80})\]\s+(?P<at>\d{1,2}:\d\d:\d\d)")
# Teams in its older documents: "0:0:0.0 --> 0:0:3.280" over the name, and that over what was said.
_CUE = re.compile(r"(?P<at>\d{1,2}:\d{1,2}:\d{1,2}\.\d{1,3})\s*-->\s*\d{1,2}:\d{1,2}:\d{1,2}\.\d{1,3}")
_ONLY_OFFSET = re.compile(r"\d{1,2}:\d\d:\d\d")
_TITLE = re.compile(rf".*\b{any_of(_WORDS['titles'])}", re.DOTALL)
_NOTICE = re.compile(any_of(_WORDS["notices"]))
_ATTENDEES = frozenset(_WORDS["attendees"])
# No line that only says who speaks is longer.
_LONGEST_HEAD = 200
_FEWEST, _MOST_ABOVE, _LOOKED_AT = 2, 12, 400
# What stands over a transcript, too, and says nothing of a record of a session.
_OF_TRANSCRIPTS = frozenset(("transcript", "attendees", "speaker", "title", "topics", "duration"))
# The first voice is heard within so many seconds.
_LATEST_BEGINNING = 300


@dataclass
class Transcript:
    """What each voice said, and who is said to have been there."""

    voices: list[Message] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def say(self, author: str, words: str, place: str, at: str) -> None:
        """Add what a voice said; what it goes on to say belongs to it."""
        last = self.voices[-1] if self.voices else None
        if last and last.author == author:
            last.text = f"{last.text}\n{words}".strip()
        else:
            self.voices.append(Message(len(self.voices) + 1, author, words, place, at))


def is_transcript(lines: Sequence[Block]) -> bool:
    """Tell a transcript by its first lines; a record of a session with a transcript below is none."""
    return _heads(lines[:_LOOKED_AT]) is not None


def within(lines: Sequence[Block]) -> tuple[list[Block], Transcript] | None:
    """Return the other lines of a record of a session that holds a transcript, and that; its own label announces it."""
    begin = next((at for at, block in enumerate(lines) if _announces(block.text)), None)
    if begin is None:
        return None
    end = next((at for at in range(begin + 1, len(lines)) if lines[at].kind == "heading"), len(lines))
    told = read(lines[begin + 1 : end])
    return ([*lines[:begin], *lines[end:]], told) if told else None


def _announces(text: str) -> bool:
    label = labels.lookup(text.rstrip(" :")) if len(text) <= _LONGEST_HEAD else None
    return label is not None and label[0] == "transcript"


def _tell_of_session(lines: Sequence[Block]) -> bool:
    """Tell whether lines above the first voice say more of a session than its title, and who spoke in it.

    Programs list every voice under "Speakers"; an office behind a name is written by people.
    """
    for label in filter(None, map(labels.match, lines)):
        if label.name == "speaker" and all(split_line(label.rest.text)):
            return True
        if label.known and label.name not in _OF_TRANSCRIPTS:
            return True
    return False


def read(lines: Sequence[Block]) -> Transcript | None:
    """Read what each voice said; None where the lines are no transcript, as ``is_transcript`` tells."""
    known = _heads(lines[:_LOOKED_AT])
    if known is None:
        return None
    form, heads = known
    if len(lines) > _LOOKED_AT:
        heads = form(lines)
    found = Transcript(others=_attendees(lines))
    author, at, heard = "", "", False
    for position, block in enumerate(lines):
        text = squeeze(block.text)
        if position in heads:
            author, at, text = heads[position]
            heard = True
        if heard and text and not _says_nothing(text):
            found.say(author, text, block.place, at)
    found.voices = [voice for voice in found.voices if voice.text]
    return found


# Of the lines that name a voice: who it is, when it begins to speak, and what it says on the same line.
_Heads = dict[int, tuple[str, str, str]]
_Form = Callable[[Sequence[Block]], _Heads]


def _heads(lines: Sequence[Block]) -> tuple[_Form, _Heads] | None:
    """Return how voices are told in these lines, and where they begin, if the lines are a transcript's."""
    for form in (_named_over, _cued, _named_before):
        heads = form(lines)
        if _are_heads(heads, lines):
            return None if _tell_of_session(lines[: min(heads)]) else (form, heads)
    return None


def _are_heads(heads: _Heads, lines: Sequence[Block]) -> bool:
    below = sum(
        bool(text) or at + 1 < len(lines) and at + 1 not in heads for at, (_, _, text) in heads.items()
    )
    return len(heads) >= _FEWEST and min(heads) <= _MOST_ABOVE and below * 2 > len(heads)


def _named_over(lines: Sequence[Block]) -> _Heads:
    bracketed: _Heads = {}
    counted: _Heads = {}
    for position, block in enumerate(lines):
        text = squeeze(block.text[:_LONGEST_HEAD])
        if found := _NAME_IN_BRACKETS.fullmatch(text):
            bracketed[position] = (squeeze(found["author"]), found["at"], "")
        elif (found := _NAME_AND_OFFSET.fullmatch(text)) and _may_speak(name := squeeze(found["author"])):
            counted[position] = (name, found["at"], "")
    if bracketed:
        return bracketed
    times = [_seconds(at) for _, at, _ in counted.values()]
    rising = all(before <= after for before, after in pairwise(times))
    return counted if rising and times and times[0] < _LATEST_BEGINNING else {}


def _cued(lines: Sequence[Block]) -> _Heads:
    heads: _Heads = {}
    for position, (block, below) in enumerate(pairwise(lines)):
        if (found := _CUE.fullmatch(squeeze(block.text[:_LONGEST_HEAD]))) and _may_speak(squeeze(below.text)):
            heads[position + 1] = (squeeze(below.text), found["at"], "")
    return heads


def _named_before(lines: Sequence[Block]) -> _Heads:
    """Return the voices of Google Meet: "Ana Sample: hello", below a title that says so and a time alone."""
    above = [fold(block.text) for block in lines[:_MOST_ABOVE]]
    if not any(map(_TITLE.fullmatch, above)) or not any(
        _ONLY_OFFSET.fullmatch(block.text) for block in lines[:_MOST_ABOVE]
    ):
        return {}
    heads: _Heads = {}
    at = ""
    for position, block in enumerate(lines):
        text = squeeze(block.text)
        if _ONLY_OFFSET.fullmatch(text):
            at = text
        elif at and (name := chat_authors.looks_like_entry(text)):
            heads[position] = (name, at, text[len(name) :].lstrip(" :："))
    return heads


def _says_nothing(text: str) -> bool:
    times = _ONLY_OFFSET.fullmatch(text) or _CUE.fullmatch(text)
    return times is not None or _NOTICE.fullmatch(fold(text)) is not None


def _may_speak(name: str) -> bool:
    if dates.has_full_date(name):
        # "Thu, Jul 9, 2020 10:30AM • 1:02:03", above all voices.
        return False
    return may_be_name(name) and len(name.split()) <= 8 and not name.endswith((".", ",", ":", "-", "–", "—"))


def _seconds(at: str) -> int:
    total = 0
    for part in at.partition(".")[0].split(":"):
        total = total * 60 + int(part)
    return total


def _attendees(lines: Sequence[Block]) -> list[str]:
    """Return who was there by the list above, for the screen alone."""
    for block, below in pairwise(lines[:_MOST_ABOVE]):
        if fold(block.text).strip(" :") in _ATTENDEES:
            return [name for part in below.text.split(",") if is_name(name := squeeze(part), fewest=1)]
    return []
