"""Action plans, commitments and progress reports on the road into the catalogue."""

from ...schemas.types import COMMITMENT, PLAN

REPORT = "progress_report"
# In the order in which they depend on each other.
TYPES = (PLAN, COMMITMENT, REPORT)
