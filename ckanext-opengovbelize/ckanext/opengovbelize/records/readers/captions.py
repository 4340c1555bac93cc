"""Captions: WebVTT and SubRip (SRT). Who speaks stands in a voice tag, or before a colon."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from .. import chat_authors
from ..problems import Problem
from ..session import Message, SessionRecord
from ..words import squeeze
from .content import Content, unreadable
from .text import split_lines

_VTT = re.compile(r"\s*WEBVTT(?:[ \t][^\n]*)?(?:\n|\r|\Z)")
_TIMES = re.compile(r"\s*((?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3})\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3}")
_SRT = re.compile(r"\s*\d{1,7}\s*\r?\n\s*\d{1,3}:\d\d:\d\d[.,]\d{1,3}\s*-->")
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
    """Tell WebVTT by its first word, SRT by a number over a time."""
    return bool(_VTT.match(content.sample) or _SRT.match(content.sample))


def read(content: Content) -> list[SessionRecord]:
    """Read captions: what each voice says, one after the other."""
    said: list[Message] = []
    problems: list[Problem] = []
    for start, lines in _blocks(content.text):
        position = next((number for number, line in enumerate(lines) if _TIMES.match(line)), None)
        if position is None or position > 1:
            if not lines[0].startswith(_NO_CUES) and not _VTT.match(lines[0] + "\n") and _CUT not in problems:
                problems.append(replace(_CUT, place=f"line {start}"))
            continue
        times = _TIMES.match(lines[position])
        at = times[1] if times else ""
        for author, words in _voices(lines[position + 1 :]):
            if said and said[-1].author == author and author:
                said[-1].text += f"\n{words}"
            else:
                said.append(Message(len(said) + 1, author, words, f"line {start}", at))
        if len(said) > _MOST:
            break
    if not said:
        return [unreadable(content, _EMPTY)]
    return [SessionRecord(content.file, belongs="captions", captions=said, problems=problems)]


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
