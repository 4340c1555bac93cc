"""Fills a portal: tables, administrator, organization, samples.

All in one process, since CKAN takes seconds to load. Tells what it did as lines of JSON on the file
descriptor that it is given, since CKAN writes to standard output itself.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .ini import SAMPLES

ADMIN = "admin"
ORGANIZATION = {
    "name": "open-government-belize",
    "title": "Open Government Belize program",
    "description": "Belize's open government program: its webinars, and what came of them.",
}


# They lead the indicators of the invented plan, so that reporting can be tried.
INSTITUTIONS = (
    {"name": "sample-department-of-tides", "title": "Department of Tides (invented)"},
    {"name": "sample-health-office", "title": "Island Health Office (invented)"},
)


@dataclass(frozen=True)
class Sample:
    """A harvest source that a new portal starts with."""

    name: str
    title: str
    folder: Path

    @property
    def url(self) -> str:
        """Return the address of the source."""
        return f"file:{self.folder}"


RECORDS = (
    Sample("program-records", "Records of the program", SAMPLES / "program"),
    Sample("practice-records", "Invented records, for practice", SAMPLES / "practice"),
)
# Tables of counts are about sessions that are there already.
FIGURES = (Sample("practice-figures", "Invented figures, for practice", SAMPLES / "figures"),)
SOURCES = RECORDS + FIGURES


class Announcer:
    """Tells the process that started us how far we are."""

    def __init__(self, descriptor: int) -> None:
        self.file = os.fdopen(descriptor, "w", buffering=1)

    def __call__(self, event: str, **details: Any) -> None:
        """Write one event."""
        self.file.write(json.dumps({"event": event, **details}) + "\n")


def migrate() -> None:
    """Bring the tables of CKAN and of all plugins up to date."""
    import ckan.plugins.toolkit as tk
    from ckan.cli.db import upgrade

    upgrade.main([], standalone_mode=False)
    tk.get_action("get_site_user")({"ignore_auth": True}, {})


def teach_scripts() -> None:
    """Give the scripts of the pages their words in other languages, which CKAN leaves to a command."""
    from ckan.lib.i18n import build_js_translations

    build_js_translations()


def create_admin(password: str) -> None:
    """Make the administrator; one who is there keeps the password."""
    import ckan.plugins.toolkit as tk
    from ckan import model

    if model.User.get(ADMIN):
        return
    site_user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    tk.get_action("user_create")(
        {"ignore_auth": True, "user": site_user},
        {"name": ADMIN, "fullname": "Administrator", "email": "admin@example.org", "password": password},
    )
    user = model.User.get(ADMIN)
    assert user
    user.sysadmin = True
    model.repo.commit()


def create_organization(values: dict[str, str]) -> None:
    """Make an organization where it is missing."""
    import ckan.plugins.toolkit as tk
    from ckan import model

    if not model.Group.get(values["name"]):
        tk.get_action("organization_create")({"user": ADMIN}, dict(values))


def start_harvest(sample: Sample) -> str:
    """Make a sample's harvest source where it is missing, and a job for it on the queue.

    Returns:
        The id of the job.
    """
    import ckan.plugins.toolkit as tk
    from ckanext.harvest.logic import HarvestJobExists

    try:
        source = tk.get_action("harvest_source_show")({"user": ADMIN}, {"id": sample.name})
    except tk.ObjectNotFound:
        source = tk.get_action("harvest_source_create")(
            {"user": ADMIN},
            {
                "name": sample.name,
                "title": sample.title,
                "url": sample.url,
                "source_type": "opengovbelize_records",
                "owner_org": ORGANIZATION["name"],
                "frequency": "MANUAL",
                "config": json.dumps({"trust": 10}),
            },
        )
    try:
        return tk.get_action("harvest_job_create")({"user": ADMIN}, {"source_id": source["id"], "run": True})[
            "id"
        ]
    except HarvestJobExists:
        jobs = tk.get_action("harvest_job_list")({"user": ADMIN}, {"source_id": source["id"]})
        return next(job["id"] for job in jobs if job["status"] in ("New", "Running"))


def wait_for_harvest(job_id: str, seconds: float = 300) -> dict[str, Any]:
    """Wait until the consumers have done a job.

    Returns:
        Its ``status``, the ``counts`` of its records by outcome, and how many ``errors`` there were.
    """
    import ckan.plugins.toolkit as tk
    from ckan import model

    deadline = time.monotonic() + seconds
    while True:
        job = tk.get_action("harvest_job_show")({"user": ADMIN}, {"id": job_id})
        if job["status"] not in ("New", "Running") or time.monotonic() > deadline:
            return {"status": job["status"], **_report(job)}
        if job["gather_finished"]:
            # The scheduler does this every minute; here nobody wants to wait for the minute.
            context: Any = {"user": ADMIN, "model": model, "session": model.Session}
            tk.get_action("harvest_jobs_run")(context, {"source_id": job["source_id"]})
        model.Session.remove()
        time.sleep(0.5)


def _report(job: dict[str, Any]) -> dict[str, Any]:
    import ckan.plugins.toolkit as tk

    try:
        report = tk.get_action("opengovbelize_run_show")({"user": ADMIN}, {"job_id": job["id"]})
    except tk.ObjectNotFound:
        return {"counts": {}, "errors": 1}
    return {name: report[name] for name in ("counts", "errors")}


def main() -> None:
    """Fill the portal whose configuration is named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ini", required=True)
    parser.add_argument("--events", type=int, required=True)
    parser.add_argument("--password-file", type=Path, required=True)
    parser.add_argument("--samples", action="store_true")
    arguments = parser.parse_args()

    from .ckan_app import flask_app, load

    announce = Announcer(arguments.events)
    with flask_app(load(arguments.ini)).test_request_context():
        migrate()
        teach_scripts()
        announce("tables")
        create_admin(arguments.password_file.read_text().strip())
        create_organization(ORGANIZATION)
        announce("organization")
        if arguments.samples:
            for institution in INSTITUTIONS:
                create_organization(institution)
            for samples in (RECORDS, FIGURES):
                jobs = {sample.title: start_harvest(sample) for sample in samples}
                for title, job in jobs.items():
                    announce("harvested", title=title, **wait_for_harvest(job))
    announce("done")


if __name__ == "__main__":
    main()
