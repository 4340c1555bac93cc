"""How reports name a record: by the name of its file, with nothing private in it."""

from __future__ import annotations

import re

from ..privacy.policy import Policy
from ..privacy.screening import screened_label

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
LONGEST = 200


def screened(label: str, policy: Policy) -> str:
    """Return a file's name if nothing in it is private, else what kind of file it is."""
    # File names need not be text; what is none cannot be stored either.
    text = CONTROL.sub(" ", label.encode("utf-8", "replace").decode())[-LONGEST:]
    return screened_label(text, policy)
