"""Action plans, commitments and progress reports on the road into the catalogue."""

PLAN = "action_plan"
COMMITMENT = "commitment"
REPORT = "progress_report"
# In the order in which they depend on each other.
TYPES = (PLAN, COMMITMENT, REPORT)
