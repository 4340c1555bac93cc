"""How reports name a record: by the name of its file, with nothing private in it."""

from __future__ import annotations

import re

from ..privacy import patterns

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
LONGEST = 200


def screened(label: str) -> str:
    """Return a file's name without addresses, numbers of telephones and the like."""
    # File names need not be text; what is none cannot be stored either.
    text = CONTROL.sub(" ", label.encode("utf-8", "replace").decode())[-LONGEST:]
    for span in sorted(patterns.find(text), key=lambda span: span.start, reverse=True):
        text = f"{text[: span.start]}…{text[span.end :]}"
    return text
