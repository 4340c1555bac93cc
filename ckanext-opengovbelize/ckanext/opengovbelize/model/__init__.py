"""Our tables, one file each, made by `ckan db upgrade -p opengovbelize`; columns: docs/architecture.md.

Nothing private is ever stored here: values are those of screened drafts, keys are keyed hashes.
"""

from .certificate_issue import CertificateIssue
from .doubt import Doubt
from .erased import Erased
from .identity import Identity
from .lease import Lease
from .ledger import LedgerEntry
from .page import Page
from .program import Program
from .progress_report import ProgressReport
from .published import Published
from .reopened import Reopened
from .review import Review
from .revoked_certificate import RevokedCertificate
from .run import Run
from .run_record import RunRecord
from .statistics_release import StatisticsRelease

__all__ = [
    "CertificateIssue",
    "Doubt",
    "Erased",
    "Identity",
    "Lease",
    "LedgerEntry",
    "Page",
    "Program",
    "ProgressReport",
    "Published",
    "Reopened",
    "Review",
    "RevokedCertificate",
    "Run",
    "RunRecord",
    "StatisticsRelease",
]
