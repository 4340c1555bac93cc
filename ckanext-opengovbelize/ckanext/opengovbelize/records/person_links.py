"""Web addresses that stand with people: what they lead to is published where it has a place, or told.

A person has no field for a page of their own: whether such a page is as public as the role, nobody but the
organisers can say. The words of a link stay on the line where they say who somebody is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from . import labels, links, presenting, reports
from .document import Block, Run
from .names import is_name
from .positions import says_position
from .problems import Problem
from .session import Material, Person
from .vocabulary import load
from .words import EMAIL, URL, fold, trim, trim_url

_OF_A_PAGE = frozenset(load("people")["page"])
_EMPTY_BRACKETS = re.compile(r"[(\[<]\s*[)\]>]")
# What stands last on a line, behind a sign: "Ministry of Reefs. Website: ".
_LAST_WORDS = re.compile(r"[.,;|(–—-]\s*([^.,;|(–—-]{1,30})$")
_MAIL = "mailto:"


def plain(block: Block) -> Block:
    """Return a line of people without its web addresses, and with the e-mail addresses behind its links.

    Sentences keep theirs: an address in them is a part of what they say. Where nothing but an address was on the
    line, no text is left.
    """
    if not block.links and not links.addresses(block):
        return block
    if links.names_material(block):
        return replace(block, runs=())
    runs = tuple(_plain_link(run) if run.href is not None else run for run in block.runs)
    left = replace(block, runs=_bare(runs))
    if presenting.is_prose(left):
        return replace(block, runs=runs)
    return replace(block, runs=()) if not trim(left.text) or _only_announces(left) else left


def told(lines: Sequence[Block], known: Sequence[Person]) -> tuple[list[Material], list[Problem]]:
    """Return what the addresses on lines of people lead to, as far as a record has a place for it.

    Args:
        lines: the lines as they stand in the record.
        known: the people whom they gave; an address that stands in a biography is published with it.

    Returns:
        Presentations, videos and the like, and a problem for each line with another address.
    """
    biographies = "\n".join(person.biography for person in known)
    materials: list[Material] = []
    problems: list[Problem] = []
    for block in lines:
        if links.names_material(block) and links.addresses(block):
            found, without_address, _ = links.read_materials([block])
            materials += found
            problems += without_address
            continue
        left_out = False
        for title, href in links.addresses(block):
            url = links.web_address(href)
            if href == "" or href.startswith("#") or (url and url in biographies):
                continue
            if url and (kind := _material_kind(title)):
                materials.append(Material(kind, url, title, block.place))
            else:
                left_out = True
        if left_out:
            problems.append(reports.person_link(block))
    return materials, problems


def _bare(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return the pieces of a line without addresses and what surrounds or announces these."""
    bare = [
        Run(_EMPTY_BRACKETS.sub(" ", "".join(_without_addresses(run.text) for run in alike)), bold)
        for bold, alike in groupby(runs, key=lambda run: run.bold)
    ]
    if bare and (announced := _LAST_WORDS.search(bare[-1].text)) and fold(announced[1]) in _OF_A_PAGE:
        bare[-1] = replace(bare[-1], text=bare[-1].text[: announced.start()])
    return tuple(bare)


def _without_addresses(text: str) -> str:
    """Return a text without web addresses, but with the signs behind them, which may close a bracket."""
    return links.without_addresses(URL.sub(lambda url: f" {url[0][len(trim_url(url[0])) :]}", text))


def _plain_link(run: Run) -> Run:
    """Return the words of a link, if they say something of a person; of one that writes to them, its address."""
    if (run.href or "").lower().startswith(_MAIL):
        return replace(run, text=_with_mail(run.text, run.href or ""), href=None)
    says_nothing = URL.fullmatch(run.text.strip()) or fold(run.text) in _OF_A_PAGE or _material_kind(run.text)
    return replace(run, text=" " if says_nothing else run.text, href=None)


def _with_mail(text: str, href: str) -> str:
    """Return the words of a link with the address that it writes to, if they do not say it themselves."""
    match = EMAIL.match(href[len(_MAIL) :])
    if match is None or EMAIL.search(text):
        return text
    return match[0] if fold(text) in _OF_A_PAGE else f"{text} {match[0]}"


def _material_kind(title: str) -> str:
    """Return the kind of material that a link on a person's line says it leads to; a job with video is none."""
    return "" if says_position(title) or is_name(title) else links.kind_of(title)


def _only_announces(block: Block) -> bool:
    """Tell whether nothing is left of a line but what announced its address: "Website:", "Profile"."""
    label = labels.match(block)
    said = block.text.strip()
    if said.endswith(":") and not is_name(said[:-1]):
        # "Registration: https://..."
        return True
    return fold(block.text) in _OF_A_PAGE or bool(
        label and label.sign and label.name in ("address", "links", "social_media") and not label.rest.text
    )
