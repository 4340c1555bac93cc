"""What a screened draft holds, for the tests of the screen."""

from __future__ import annotations

import json

from ckanext.opengovbelize.folding import squeeze
from ckanext.opengovbelize.records.drafts import Draft


def output(draft: Draft) -> str:
    return squeeze(json.dumps(draft.as_dict(), ensure_ascii=False))


def waiting(draft: Draft) -> list[str]:
    return [proposal.row["question"] for proposal in draft.proposals]


def published(draft: Draft) -> list[str]:
    return [row["question"] for row in draft.fields.get("questions", [])]


def codes(draft: Draft) -> list[str]:
    return [problem.code for problem in draft.problems]
