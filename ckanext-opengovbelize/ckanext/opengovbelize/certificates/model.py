"""What a certificate says, and what can be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

LANGUAGES = ("en", "es")

# Why a certificate is no longer valid. Stable codes; views/certificate_labels.py says them in words.
ERROR, REPLACED, NOT_EARNED, WITHDRAWN = "error", "replaced", "not-earned", "withdrawn"
REASONS = (ERROR, REPLACED, NOT_EARNED, WITHDRAWN)

# Why a key can no longer be trusted.
STOLEN, LOST, MISUSED = "stolen", "lost", "misused"
WHYS = (STOLEN, LOST, MISUSED)

GENUINE, REVOKED, COMPROMISED, NOT_GENUINE = "genuine", "revoked", "compromised", "not-genuine"


@dataclass(frozen=True, repr=False)
class Claims:
    """What a certificate says. It holds a name: it is never stored.

    Attributes:
        id: random, 128 bits, as ``ids.new`` makes it; nothing can be told from it.
        name: of the participant.
        series: title of the series.
        address: address of the series in the portal.
        attended: in how many sessions the participant was.
        sessions: how many sessions there were.
        needed: how many were needed.
        language: of the paper, ``en`` or ``es``.
        issued: the day.
        program: title of the organization that issued it.
        organization: its id.
    """

    id: str
    name: str
    series: str
    address: str
    attended: int
    sessions: int
    needed: int
    language: str
    issued: date
    program: str
    organization: str


@dataclass(frozen=True)
class Revocation:
    """When and why a certificate was revoked."""

    since: datetime
    reason: str


@dataclass(frozen=True, repr=False)
class Verdict:
    """What a check found.

    Attributes:
        state: ``genuine``, ``revoked``, ``compromised`` (signed with a key that others may have) or ``not-genuine``.
        claims: what the certificate says, where that can be believed.
        since: since when it is revoked, or its key compromised.
        reason: code of why it was revoked, or why its key cannot be trusted.
        organization: id of the program whose key is compromised.
    """

    state: str
    claims: Claims | None = None
    since: datetime | None = None
    reason: str = ""
    organization: str = ""
