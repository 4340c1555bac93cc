"""A record with invented people, to which each test adds its chat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ckanext.opengovbelize.privacy.policy import Policy
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records.drafts import Draft
from ckanext.opengovbelize.records.session import Message, Person, SessionRecord

KEY = b"only for tests"
POLICY = Policy(KEY, email_domains=("example.org",))


def make_record(*chat: tuple[str, str], **values: Any) -> SessionRecord:
    """Return a record whose header names three people, with ``chat`` as pairs of author and text."""
    people = [
        Person("speaker", "Solana Reedwater", "Head of Statistics, OSC", "Office of Statistics of Coralia"),
        Person("facilitator", "Orla Sandpiper", "Specialist", "Sample Institute for Open Government"),
        Person("coordinator", "Wren Halcyon", affiliation="Sample Trust", email="wren.halcyon@example.org"),
    ]
    messages = [
        Message(number, author, text, place=f"line {number + 100}")
        for number, (author, text) in enumerate(chat)
    ]
    values = {"file": "session.md", "title": "Reading a budget together", "people": people, **values}
    return SessionRecord(messages=messages, **values)


@pytest.fixture
def screened() -> Callable[..., Draft]:
    """Screen a chat, given as pairs of author and text, under the header of ``make_record``."""

    def run(*chat: tuple[str, str], policy: Policy = POLICY, **values: Any) -> Draft:
        return screen(make_record(*chat, **values), policy)

    return run
