"""Captions: WebVTT, SubRip (SRT) and SubViewer (SBV). Who speaks stands in a voice tag, or before a colon.

Google Meet saves chats in SBV as well: a message for each cue, each with the name of its author.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace

from .. import chat_authors, transcripts
from ..problems import Problem
from ..session import Message, SessionRecord
from ..words import squeeze
from .content import Content, unreadable
from .text import blocks, split_lines

_VTT = re.compile(r"\s*WEBVTT(?:[ \t][^\n]*)?(?:\n|\r|\Z)")
_TIMES = re.compile(r"\s*((?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3})\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3}")
# Some programs leave out the number over the time.
_SRT = re.compile(r"\s*(?:\d{1,7}\s*\r?\n\s*)?\d{1,3}:\d\d:\d\d[.,]\d{1,3}\s*-->")
_SBV_TIMES = re.compile(r"\s*(\d{1,3}:\d\d:\d\d\.\d{1,3}),\d{1,3}:\d\d:\d\d\.\d{1,3}\s*$")
_SBV = re.compile(r"\s*\d{1,3}:\d\d:\d\d\.\d{1,3},\d{1,3}:\d\d:\d\d\.\d{1,3}[ \t]*\r?\n")
# Webex gives the voice with the number of the cue: 1 "Ana Sample" (1234567)
_VOICE_OF_CUE = re.compile(r"\s*\d{1,7}\s+\"(?P<name>[^\"]{1,120})\"(?:\s+\(\d*\))?\s*")
# "[Ana Sample]: hello"
_BRACKETS = re.compile(r"^[\[(]([^\[\]()]+)[\])]$")
_CALLED_CHAT = re.compile(r"(?:^|[\W_])chats?(?:$|[\W_\d])", re.IGNORECASE)
_CALLED_CAPTIONS = re.compile(r"caption|subt[ií]t|transcri", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[^\s>]{1,80})*\s+([^>]{1,200})>")
_TAG = re.compile(r"</?[^<>]{0,200}>|\{\\[^{}]{1,40}\}")
# Captions for television set it before whoever speaks.
_NEXT_SPEAKER = re.compile(r"\s*>{2,3}\s*")
_NO_CUES = ("NOTE", "STYLE", "REGION")
_LONGEST = 20_000
_MOST = 100_000

_EMPTY = Problem("captions-empty", "The captions hold no text. Is it the right file?", rejects=True)
_CUT = Problem("captions-damaged", "Some captions have no time, and were left out. Export them again.")


def recognises(content: Content) -> bool:
    """Tell WebVTT by its first word, SRT and SBV by the times with which they begin, a transcript by its voices."""
    sample = _beginning(content)
    return _is_cued(sample) or _is_transcript(content, sample)


def _beginning(content: Content) -> str:
    return "\n".join(split_lines(content.sample.lstrip("\ufeff")))


def _is_cued(sample: str) -> bool:
    return any(form.match(sample) for form in (_VTT, _SRT, _SBV))


def _is_transcript(content: Content, sample: str) -> bool:
    is_text = not content.members and not sample.lstrip().startswith(("<", "{"))
    return is_text and transcripts.is_transcript(blocks(sample))


def read(content: Content) -> list[SessionRecord]:
    """Read captions, or a transcript: what each voice says, one after the other."""
    sample = _beginning(content)
    if not _is_cued(sample) and (told := transcripts.read(blocks(content.text))):
        return [of_transcript(told, content.file)]
    said: list[Message] = []
    problems: list[Problem] = []
    is_chat = _is_chat(content)
    for start, lines in _blocks(content.text):
        position = next((number for number, line in enumerate(lines) if _times(line)), None)
        if position is None or position > 1:
            if not lines[0].startswith(_NO_CUES) and not _VTT.match(lines[0] + "\n") and _CUT not in problems:
                problems.append(replace(_CUT, place=f"line {start}"))
            continue
        at = _times(lines[position])
        named = _VOICE_OF_CUE.fullmatch(lines[0]) if position else None
        for author, words in _voices(lines[position + 1 :]):
            author = author or (squeeze(named["name"]) if named else "")
            if not is_chat and said and said[-1].author == author and author:
                said[-1].text += f"\n{words}"
            else:
                said.append(Message(len(said) + 1, author, words, f"line {start}", at))
        if len(said) > _MOST:
            break
    if not said:
        return [unreadable(content, _EMPTY)]
    if is_chat:
        return [SessionRecord(content.file, belongs="chat", messages=said, problems=problems)]
    return [SessionRecord(content.file, belongs="captions", captions=said, problems=problems)]


def of_transcript(told: transcripts.Transcript, file: str) -> SessionRecord:
    """Return what was said aloud as a file of its own tells it."""
    return SessionRecord(file, belongs="captions", captions=told.voices, others=told.others)


def _times(line: str) -> str:
    """Return when a cue begins where a line gives its times, else nothing."""
    found = _TIMES.match(line) or _SBV_TIMES.match(line)
    return found[1] if found else ""


def _is_chat(content: Content) -> bool:
    """Tell a chat by its name, or by the name that stands before each of several cues."""
    if not _SBV.match(_beginning(content)) or _CALLED_CAPTIONS.search(content.file):
        return False
    cues = [lines[1:] for _, lines in _blocks(content.sample) if _times(lines[0]) and lines[1:]]
    named = sum(bool(chat_authors.looks_like_entry(lines[0])) for lines in cues)
    return bool(cues) and (named == len(cues) or bool(_CALLED_CHAT.search(content.file)))


def _blocks(text: str) -> list[tuple[int, list[str]]]:
    """Return the lines between blank ones, with the number of the first."""
    found: list[tuple[int, list[str]]] = []
    open_ = False
    for number, line in enumerate(split_lines(text.replace("\ufeff", "")), 1):
        if not line.strip():
            open_ = False
        elif open_:
            found[-1][1].append(line[:_LONGEST])
        else:
            found.append((number, [line[:_LONGEST]]))
            open_ = True
    return found


def _voices(lines: list[str]) -> list[tuple[str, str]]:
    """Return who says what in one cue; nobody's name where none is given."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        pieces = _VOICE.split(line)
        if before := _plain(pieces[0]):
            name = "" if found else chat_authors.looks_like_entry(before)
            words = before[len(name) :].lstrip(" :：") if name else before
            name = _BRACKETS.sub(r"\1", name)
            if name or not found:
                found.append((name, [words]))
            else:
                found[-1][1].append(words)
        for name, words in zip(pieces[1::2], pieces[2::2], strict=True):
            name = squeeze(html.unescape(name))
            if found and found[-1][0] == name:
                found[-1][1].append(_plain(words))
            else:
                found.append((name, [_plain(words)]))
    return [(name, "\n".join(filter(None, words))) for name, words in found if any(words)]


def _plain(text: str) -> str:
    plain = squeeze(html.unescape(_TAG.sub("", text)))
    mark = _NEXT_SPEAKER.match(plain)
    return plain[mark.end() :] if mark else plain
