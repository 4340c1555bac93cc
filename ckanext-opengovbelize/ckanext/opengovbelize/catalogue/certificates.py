"""CKAN's side of certificates: where keys lie, what was revoked, how many were issued. No name is kept anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from pathlib import Path
from typing import Any

import ckan.model as model
from sqlalchemy.dialects.postgresql import insert

from .. import config
from ..certificates.keys import Keyring
from ..certificates.model import Revocation
from ..model import CertificateIssue, RevokedCertificate
from . import ledger


def keyring() -> Keyring:
    """Return the keys of all programs."""
    return Keyring(Path(config.keys_folder()))


def revoke(organization_id: str, ids: Iterable[str], reason: str, *, user_id: str) -> int:
    """Revoke certificates of a program, and commit. One that is revoked already stays as it is.

    Returns:
        How many were not revoked before.
    """
    now = ledger.now()
    rows = [
        {
            "organization_id": organization_id,
            "certificate_id": id_,
            "reason": reason,
            "user_id": user_id,
            "revoked_at": now,
        }
        for id_ in ids
    ]
    added = 0
    if rows:
        statement = insert(RevokedCertificate).values(rows).on_conflict_do_nothing()
        added = len(model.Session.execute(statement.returning(RevokedCertificate.id)).all())
    model.Session.commit()
    return added


def revocation(organization_id: str, certificate_id: str) -> Revocation | None:
    """Return since when and why a certificate is revoked, or None."""
    row = (
        model.Session.query(RevokedCertificate)
        .filter_by(organization_id=organization_id, certificate_id=certificate_id)
        .one_or_none()
    )
    return Revocation(row.revoked_at.replace(tzinfo=UTC), row.reason) if row else None


def note_issue(series_id: str, number: int, threshold: int, *, user_id: str) -> None:
    """Keep how many certificates were issued, where that can point at nobody, and commit.

    A number under the threshold is not kept, nor one that differs from an earlier one of the series by less than
    that: the difference of two numbers is a number, too.
    """
    earlier = model.Session.query(CertificateIssue).filter_by(series_id=series_id)
    close = any(
        row.count is not None and 0 < abs(row.count - number) < max(threshold, row.threshold)
        for row in earlier
    )
    model.Session.add(
        CertificateIssue(
            series_id=series_id,
            count=None if number < threshold or close else number,
            threshold=threshold,
            user_id=user_id,
            issued_at=ledger.now(),
        )
    )
    model.Session.commit()


def issued(series_id: str) -> int | None:
    """Return how many certificates of a series there are: the most of any issue that is kept, or None.

    Issues are not added: one may replace another.
    """
    rows = model.Session.query(CertificateIssue).filter_by(series_id=series_id)
    return max((row.count for row in rows if row.count is not None), default=None)


def issues(series_id: str) -> list[dict[str, Any]]:
    """Return what is kept of each issue, the newest first: ``issued`` (day), ``count`` (or None), ``threshold``."""
    rows = model.Session.query(CertificateIssue).filter_by(series_id=series_id)
    return [
        {
            "issued": config.day_of(row.issued_at).isoformat(),
            "count": row.count,
            "threshold": row.threshold,
        }
        for row in rows.order_by(CertificateIssue.id.desc())
    ]
