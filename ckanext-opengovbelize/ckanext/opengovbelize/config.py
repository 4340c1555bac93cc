"""Every option of ours, read by one typed function each. Declared in config_declaration.yaml."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import ckan.plugins.toolkit as tk
from ckan.exceptions import CkanConfigurationException

# Below this, small groups can be told apart whatever the method.
LEAST_THRESHOLD = 5


def hash_key() -> bytes:
    """Return the secret of all keyed hashes. Losing it makes erased texts importable again."""
    return str(tk.config["ckanext.opengovbelize.hash_key"]).encode()


def email_domains() -> tuple[str, ...]:
    """Return the domains on which a coordinator's address may be published, lower case."""
    return tuple(domain.lower() for domain in tk.config["ckanext.opengovbelize.email_domains"])


def publish_transcript() -> bool:
    """Return whether screened transcripts are published at all."""
    return tk.config["ckanext.opengovbelize.publish_transcript"]


def source_folders() -> tuple[str, ...]:
    """Return the directories below which ``file:`` sources may lie."""
    return tuple(tk.config["ckanext.opengovbelize.source_folders"])


def shrink_share() -> float:
    """Return the share of a source's records that may vanish in one run before nothing is withdrawn."""
    return int(tk.config["ckanext.opengovbelize.shrink_percent"]) / 100


def fetch_timeout() -> int:
    """Return the seconds to wait for a source's server."""
    return int(tk.config["ckanext.opengovbelize.fetch_timeout"])


def fetch_retries() -> int:
    """Return how often a source's server that is busy or away is asked again."""
    return max(0, int(tk.config["ckanext.opengovbelize.fetch_retries"]))


def fetch_patience() -> float:
    """Return how many seconds one run may lose to servers that are busy or away."""
    return max(0, int(tk.config["ckanext.opengovbelize.fetch_patience"]))


def allowed_hosts() -> tuple[str, ...]:
    """Return the hosts of the portal's own network that sources may lie on."""
    return tuple(tk.config["ckanext.opengovbelize.allowed_hosts"])


def credentials(name: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Return what is set for the credentials of that name, empty where it is not.

    Their host, the header ``Authorization``, what is added to the query, and the organizations that may use them.
    """
    start = f"ckanext.opengovbelize.credentials.{name}"
    host, authorization, query = (
        str(tk.config.get(f"{start}.{option}") or "").strip() for option in ("host", "authorization", "query")
    )
    return host, authorization, query, tuple(str(tk.config.get(f"{start}.organizations") or "").split())


def max_record_bytes() -> int:
    """Return the size of the largest record, page or archive that is read."""
    return int(tk.config["ckanext.opengovbelize.max_record_bytes"])


def max_record_characters() -> int:
    """Return how many characters of text one file of a record may hold."""
    return int(tk.config["ckanext.opengovbelize.max_record_characters"])


def max_records() -> int:
    """Return how many files or links one source may have."""
    return max(1, int(tk.config["ckanext.opengovbelize.max_records"]))


def max_upload_bytes() -> int:
    """Return how large a request with attendance files or records may be as a whole, in bytes."""
    return int(tk.config["ckanext.opengovbelize.max_upload_bytes"])


def max_upload_records() -> int:
    """Return how many records a person may send at once."""
    return max(1, int(tk.config["ckanext.opengovbelize.max_upload_records"]))


def preview_minutes() -> int:
    """Return for how many minutes a preview of figures or of an upload can be published."""
    return int(tk.config["ckanext.opengovbelize.preview_minutes"])


def disclosure_threshold() -> int:
    """Return the threshold below which counts are withheld, where a program has none of its own.

    Raises:
        CkanConfigurationException: it is under 5, or no number.
    """
    stated = str(tk.config["ckanext.opengovbelize.disclosure_threshold"])
    if not stated.isdecimal() or int(stated) < LEAST_THRESHOLD:
        raise CkanConfigurationException(
            f"ckanext.opengovbelize.disclosure_threshold must be a whole number, {LEAST_THRESHOLD} or more: fewer "
            "people could be recognised. Correct it in the configuration file, or take the line out: the default is 10."
        )
    return int(stated)


def keys_folder() -> str:
    """Return the folder of the keys that sign certificates.

    Raises:
        CkanConfigurationException: it is not set.
    """
    folder = str(tk.config.get("ckanext.opengovbelize.keys_folder") or "")
    if not folder:
        raise CkanConfigurationException(
            "ckanext.opengovbelize.keys_folder is not set. Give a folder that only the portal's user can read and that "
            "is in the backup: without its keys no certificate can be checked."
        )
    return folder


def batch_size() -> int:
    """Return how many records go into one harvest object, at least one."""
    return max(1, int(tk.config["ckanext.opengovbelize.batch_size"]))


def lease_seconds() -> int:
    """Return for how many seconds a consumer that says nothing keeps the work that it took."""
    return max(1, int(tk.config["ckanext.opengovbelize.lease_seconds"]))


def stall_seconds() -> int:
    """Return after how many seconds without a step a consumer is taken to hang."""
    return max(1, int(tk.config["ckanext.opengovbelize.stall_seconds"]))


def poll_seconds() -> float:
    """Return after how many seconds an idle consumer looks for work that no message told of."""
    return max(1, int(tk.config["ckanext.opengovbelize.poll_seconds"]))


def sweep_seconds() -> int:
    """Return how many seconds lie between two rounds of the scheduler."""
    return max(1, int(tk.config["ckanext.opengovbelize.sweep_seconds"]))


def gather_seconds() -> int:
    """Return how many seconds the reading of one source may take."""
    return max(1, int(tk.config["ckanext.opengovbelize.gather_seconds"]))


def clear_seconds() -> int:
    """Return how many seconds clearing a source may take on a page or over the API."""
    return max(0, int(tk.config["ckanext.opengovbelize.clear_seconds"]))


def gathers_at_once() -> int:
    """Return how many sources one gather consumer reads at once."""
    return max(1, int(tk.config["ckanext.opengovbelize.gathers_at_once"]))


def imports_at_once() -> int:
    """Return how many importers work at the same time on one machine."""
    return int(tk.config["ckanext.opengovbelize.imports_at_once"]) or os.cpu_count() or 1


def max_tries() -> int:
    """Return how often work is taken up again before it is given up and reported."""
    return max(1, int(tk.config["ckanext.opengovbelize.max_tries"]))


def keep_runs() -> int:
    """Return how many runs of each source are kept, with their jobs and reports."""
    return max(1, int(tk.config["ckanext.opengovbelize.keep_runs"]))


def keep_days() -> int:
    """Return for how many days runs are kept."""
    return max(1, int(tk.config["ckanext.opengovbelize.keep_days"]))


def reconcile_hours() -> int:
    """Return after how many hours the scheduler compares database, index and our tables again."""
    return int(tk.config["ckanext.opengovbelize.reconcile_hours"])


def check_seconds() -> int:
    """Return the seconds that the disclosure check of participant figures may take."""
    return max(1, int(tk.config["ckanext.opengovbelize.check_seconds"]))


def report_emails() -> tuple[str, ...]:
    """Return the addresses of operators who are told of runs that reject something."""
    return tuple(tk.config["ckanext.opengovbelize.report_emails"])


def metrics_token() -> str:
    """Return the secret of the monitoring server, empty where there is none."""
    return str(tk.config.get("ckanext.opengovbelize.metrics_token") or "")


def timezone() -> str:
    """Return the program's time zone."""
    return tk.config["ckanext.opengovbelize.timezone"]


def today() -> date:
    """Return the day that it is in the program's time zone: deadlines end with it, not with the server's."""
    return datetime.now(ZoneInfo(timezone())).date()


def day_of(moment: datetime) -> date:
    """Return the day of a stored moment (UTC, naive) in the program's time zone."""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone())).date()
