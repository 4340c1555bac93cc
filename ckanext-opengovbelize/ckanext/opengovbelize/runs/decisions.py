"""Sources of which an editor decided something are read again at once: what waited of them was kept nowhere.

That a source is due for it follows from its decisions and its runs; nothing is noted that could be forgotten. Ten
decisions cost one run, and one that is made while the source is being read is followed by another.
"""

from __future__ import annotations

import ckan.model as model
import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckanext.harvest.logic import HarvestJobExists

from ..catalogue import doubts
from ..sources.types import RECORDS

_DECIDED = sa.text("""
    SELECT source.id, EXISTS (
        SELECT 1 FROM harvest_job job WHERE job.source_id = source.id AND job.status IN ('New', 'Running')
    ) AS is_running
    FROM harvest_source source
    WHERE source.active AND source.type = :ours AND EXISTS (
        SELECT 1 FROM opengovbelize_doubt doubt
        WHERE doubt.source_id = source.id AND doubt.state <> :waits AND doubt.decided_at > coalesce(
            (SELECT max(run.started_at) FROM opengovbelize_run run WHERE run.source_id = source.id), '-infinity'
        )
    )
""")


def run_sources() -> list[str]:
    """Start a run of each source that an editor decided something of since its last one began.

    Returns:
        The ids of all such sources, also of those that are being read and have their turn when that has ended.
    """
    rows = model.Session.execute(_DECIDED, {"ours": RECORDS, "waits": doubts.PROPOSED}).all()
    model.Session.rollback()
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    for row in rows:
        if row.is_running:
            continue
        try:
            tk.get_action("harvest_job_create")({"user": user, "ignore_auth": True}, {"source_id": row.id})
        except HarvestJobExists:
            # Somebody was quicker.
            model.Session.rollback()
    return [row.id for row in rows]
