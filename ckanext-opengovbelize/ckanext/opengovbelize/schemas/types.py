"""The names of the program's dataset types: those of the schemas beside this file."""

from __future__ import annotations

WEBINAR = "webinar"
SERIES = "webinar_series"
PLAN = "action_plan"
COMMITMENT = "commitment"
STATISTICS = "participant_statistics"

# All of them, in the order in which pages name them.
TYPES = (WEBINAR, SERIES, PLAN, COMMITMENT, STATISTICS)
