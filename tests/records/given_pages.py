"""Pages with events in the vocabulary of schema.org, for the tests of their reader."""

from __future__ import annotations

import json
from typing import Any

from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord

EVENT = {"@type": "EducationEvent", "name": "Boats", "startDate": "2020-05-07T10:30:00-06:00"}


def page(*blocks: Any, body: str = "<h1>Boats</h1>") -> bytes:
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps(block, ensure_ascii=False) if not isinstance(block, str) else block}</script>'
        for block in blocks
    )
    return f"<!DOCTYPE html><html><head><title>x</title>{scripts}</head><body>{body}</body></html>".encode()


def in_context(*events: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@graph": list(events), **more}


def only(data: bytes) -> SessionRecord:
    (record,) = read(data, file="page.html")
    return record
