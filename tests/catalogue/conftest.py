"""A program, its sources, and drafts as the privacy screen hands them on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from ckanext.opengovbelize.catalogue import pipeline
from ckanext.opengovbelize.catalogue.ledger import Source
from ckanext.opengovbelize.catalogue.outcomes import RecordOutcome
from ckanext.opengovbelize.records.drafts import Draft

FIRST_SOURCE_MADE = datetime(2026, 1, 1)


@pytest.fixture
def program() -> dict[str, Any]:
    return factories.Organization(name="sample-program")


@pytest.fixture
def editor(program: dict[str, Any]) -> dict[str, Any]:
    user = factories.User()
    tk.get_action("organization_member_create")(
        {"ignore_auth": True, "user": user["name"]},
        {"id": program["id"], "username": user["name"], "role": "editor"},
    )
    return user


@pytest.fixture
def source(program: dict[str, Any]) -> Callable[..., Source]:
    """Makes a source; each later one is younger."""
    made: list[Source] = []

    def make(title: str = "Session pages", **values: Any) -> Source:
        defaults = {
            "id": f"source-{len(made)}",
            "organization_id": program["id"],
            "created": FIRST_SOURCE_MADE + timedelta(days=len(made)),
        }
        made.append(Source(title=title, **{**defaults, **values}))
        return made[-1]

    return make


@pytest.fixture
def publish(editor: dict[str, Any]) -> Callable[..., RecordOutcome]:
    """Publishes one draft and returns its outcome. The content's hash is that of the draft."""

    def one(draft: Draft, source: Source, key: str = "record-1") -> RecordOutcome:
        return pipeline.publish([incoming(draft, key)], source, editor["name"])[0]

    return one


def incoming(draft: Draft, key: str) -> pipeline.Incoming:
    return pipeline.Incoming(draft, key, sha256(repr(draft).encode()).hexdigest())


def draft(**values: Any) -> Draft:
    """The first webinar of an invented series; ``fields`` are added to its own, those that are None are left out."""
    fields = {
        "title": "How a plan is made",
        "session_number": 1,
        "start": "2020-03-05T10:30:00-06:00",
        "end": "2020-03-05T12:00:00-06:00",
        "objective": "To know the steps.",
        "people": [
            {"code": "speaker-ana-sample", "role": "speaker", "name": "Ana Sample"},
            {"code": "speaker-ben-sample", "role": "speaker", "name": "Ben Sample"},
        ],
        "links": [
            {"code": "guide", "kind": "shared", "title": "Guide", "url": "https://www.example.org/guide"}
        ],
        **values.pop("fields", {}),
    }
    return Draft(
        **{
            "file": "session-1.md",
            "series": "Lagoon dialogues",
            "fields": {name: value for name, value in fields.items() if value is not None},
            **values,
        }
    )


def show(name: str) -> dict[str, Any]:
    """A dataset as everybody's API call would get it, straight from the database."""
    model.Session.expire_all()
    return tk.get_action("package_show")({"ignore_auth": True, "use_cache": False}, {"id": name})


def edit(name: str, user: dict[str, Any], **values: Any) -> dict[str, Any]:
    """An editor changes a dataset by hand."""
    return tk.get_action("package_patch")({"user": user["name"]}, {"id": name, **values})


def search(query: str = "*:*", **params: Any) -> list[str]:
    """The names that an anonymous visitor finds."""
    found = tk.get_action("package_search")({"user": ""}, {"q": query, "rows": 100, **params})
    return sorted(row["name"] for row in found["results"])
