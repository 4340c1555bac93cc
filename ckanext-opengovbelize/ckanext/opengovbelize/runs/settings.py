"""What the site's options and tables say, in the words of the rooms that know nothing of CKAN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk

from .. import config
from ..catalogue import erased
from ..catalogue.ledger import Source
from ..privacy.policy import Policy
from ..records.problems import Problem
from ..sources import Credentials, Limits, Memory, SourceConfig, SourceError
from . import keys

# What the source of uploads is called; pages say it in the reader's language.
UPLOADS_TITLE = "Uploaded records"
# An upload is a person's deliberate word, and counts more than what a source usually says.
UPLOAD_TRUST = 60
# No address of a source begins so.
_UPLOADS = "upload:"


def policy() -> Policy:
    """Return the screen's rules as they are now."""
    return Policy(
        hash_key=config.hash_key(),
        email_domains=config.email_domains(),
        transcript=config.publish_transcript(),
        erased=erased.texts(),
    )


def limits(
    anywhere: bool = False,
    credentials: Credentials | None = None,
    memory: Memory | None = None,
    kept_waiting: Callable[[], None] = lambda: None,
    before_request: Callable[[], None] = lambda: None,
) -> Limits:
    """Return what reading a source may cost; ``anywhere`` for an operator, who may read whatever there is."""
    return Limits(
        credentials=credentials,
        memory=memory or Memory(),
        kept_waiting=kept_waiting,
        before_request=before_request,
        folders=None if anywhere else config.source_folders(),
        hosts=None if anywhere else config.allowed_hosts(),
        timeout=config.fetch_timeout(),
        retries=config.fetch_retries(),
        patience=config.fetch_patience(),
        max_bytes=config.max_record_bytes(),
        max_characters=config.max_record_characters(),
        max_records=config.max_records(),
    )


def credentials(source_config: SourceConfig, organization_id: str) -> Credentials | None:
    """Return what a source's server is told, where its configuration names credentials.

    Raises:
        SourceError: the operator has set up none of that name, or not for this organization.
    """
    name = source_config.credentials
    if not name:
        return None
    host, authorization, query, organizations = config.credentials(name)
    organization = model.Group.get(organization_id)
    allowed = not organizations or bool(organization and organization.name in organizations)
    if not (host and (authorization or query) and allowed):
        raise SourceError(
            Problem(
                "credentials-unknown",
                'The "credentials" that the configuration names are not set up for this organization. Ask the operator '
                "of the portal, and give the name exactly.",
            )
        )
    allows = {allowed_host.lower() for allowed_host in config.allowed_hosts()}
    plain = bool({host.lower(), host.lower().partition(":")[0]} & allows)
    return Credentials(host, authorization, plain, query)


def shrink_share(source_config: SourceConfig) -> float:
    """Return the share of a source's records that may vanish in one run."""
    percent = source_config.shrink_percent
    return config.shrink_share() if percent is None else percent / 100


def harvest_source(row: Any, source_config: SourceConfig) -> Source:
    """Describe a harvest source to the catalogue.

    Args:
        row: ckanext-harvest's ``HarvestSource``, which says nothing of its types.
        source_config: its configuration.

    Raises:
        SourceError: where it belongs to no organization.
    """
    package = model.Package.get(row.id)
    if package is None or not package.owner_org:
        raise SourceError(
            Problem(
                "source-without-organization",
                "Choose an organization in the form of the source, then run it again.",
            )
        )
    return Source(
        id=row.id,
        organization_id=package.owner_org,
        title=row.title or package.name,
        url=row.url,
        public=source_config.public_page and is_web(row.url),
        trust=source_config.trust,
        created=row.created,
        series=source_config.series,
        plan=source_config.plan,
    )


def local_source(address: str, organization: model.Group, source_config: SourceConfig) -> Source:
    """Describe what an operator imports by hand. A path on this machine is never published."""
    return Source(
        id=keys.source_id(config.hash_key(), organization.id, address),
        organization_id=organization.id,
        title=organization.title or organization.name,
        url=address if is_web(address) else "",
        public=source_config.public_page and is_web(address),
        trust=source_config.trust,
        created=datetime(2000, 1, 1),
        series=source_config.series,
        plan=source_config.plan,
    )


def uploads_source(organization: model.Group, source_config: SourceConfig) -> Source:
    """Describe what people send in the browser: all of an organization's uploads are one source."""
    source = local_source(_UPLOADS, organization, replace(source_config, trust=UPLOAD_TRUST))
    return replace(source, title=UPLOADS_TITLE, together=frozenset())


def is_web(address: str) -> bool:
    """Return whether an address is one of the web."""
    return address.lower().startswith(("http://", "https://"))


def harvest_user() -> str:
    """Return the user in whose name records are published: the harvest user, or the site's own."""
    name = tk.config.get("ckanext.harvest.user_name")
    return name or tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
