"""Tables of action plans, commitments and progress reports. Imports nothing of CKAN."""

from .reading import PLAN_READER_VERSION, read
from .record import PlanRecord

__all__ = ["PLAN_READER_VERSION", "PlanRecord", "read"]
