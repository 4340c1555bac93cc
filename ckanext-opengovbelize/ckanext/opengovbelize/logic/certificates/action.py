"""Certificates of a series, their check, and the keys of programs. No name outlives an answer."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.logic import validate

from ... import config
from ...catalogue import certificates, institutions, program
from ...certificates import ids, tokens
from ...certificates.keys import KeysUnusable, PublicKey
from ...certificates.model import LANGUAGES, REASONS, REPLACED, WHYS, Claims, Verdict
from ...schemas.types import SERIES
from . import schema
from .preparing import Prepared

log = logging.getLogger(__name__)

__all__ = [
    "opengovbelize_certificate_issue",
    "opengovbelize_certificate_issue_list",
    "opengovbelize_certificate_preview",
    "opengovbelize_certificate_revoke",
    "opengovbelize_certificate_verify",
    "opengovbelize_program_key_compromise",
    "opengovbelize_program_key_list",
    "opengovbelize_program_key_rotate",
]

# More certificates than a series has. A list that is longer was not meant.
MOST_REVOKED = 10_000


def opengovbelize_certificate_preview(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Read attendance files and tell who has earned a certificate. Nothing is kept.

    Args:
        context: CKAN's.
        data_dict: ``id``, id or name of a series; the files as uploads in fields ``file-<session>`` (address or
            number of the session; ``.2`` and so on for a second one); optional: ``same`` (``FILE:4+19``: rows of one
            person), ``people`` (``FILE:7=2``: a row that is two people), ``columns`` (header by our column, for
            tables that no reader knows), ``names`` (name by key), ``leave`` and ``include`` (keys of people who get
            none, or get one although a session is missing in which they spoke).

    Returns:
        ``participants`` (``key``, ``name``, ``names``, ``attended``, ``earned``, ``gets_one``, ``doubts``,
        ``missing_letters``), ``certificates`` (how many there would be), ``sessions``, ``needed``, ``attended`` (how
        many people were in any session), ``refusals``, ``doubts`` (about who is one person), ``files``, ``unplaced``.

    Raises:
        ValidationError: something is missing or wrong, by field.
        NotAuthorized: the user does not edit for the program.
    """
    series = _series(context, data_dict)
    tk.check_access("opengovbelize_certificate_preview", context, {"organization_id": series["owner_org"]})
    return Prepared(series, data_dict).as_dict()


def opengovbelize_certificate_issue(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Sign certificates. The portal keeps how many, and nothing else of them.

    Args:
        context: CKAN's.
        data_dict: as ``opengovbelize_certificate_preview`` takes it; ``language`` (``en`` or ``es``); optional
            ``replaces``, a text with the ids of former certificates, which are revoked.

    Returns:
        ``certificates``: for each ``token`` (the signed text) and what it says: ``id``, ``name``, ``series``,
        ``address``, ``attended``, ``sessions``, ``needed``, ``language``, ``issued``, ``program``, ``organization``.
        ``revoked``: how many former ones were revoked. This answer is the only list of names and ids.

    Raises:
        ValidationError: nobody has earned one, or something is missing or wrong, by field.
        NotAuthorized: the user does not edit for the program.
    """
    series = _series(context, data_dict)
    organization_id = series["owner_org"]
    tk.check_access("opengovbelize_certificate_issue", context, {"organization_id": organization_id})
    language = data_dict.get("language") or "en"
    if language not in LANGUAGES:
        raise tk.ValidationError({"language": [tk._("Choose English or Spanish.")]})
    replaced = _ids(data_dict, "replaces") if str(data_dict.get("replaces") or "").strip() else []
    prepared = Prepared(series, data_dict)
    if not prepared.chosen:
        raise tk.ValidationError(
            {"file": [tk._("Nobody gets a certificate by these files. Show the list to see why.")]}
        )
    key = _keys_or_sorry(lambda: certificates.keyring().signing(organization_id))
    titles = institutions.titles()
    signed = []
    for earner in prepared.chosen:
        claims = Claims(
            id=ids.new(),
            name=prepared.name(earner),
            series=series["title"],
            address=series["name"],
            attended=prepared.attended(earner),
            sessions=prepared.qualified.sessions,
            needed=prepared.qualified.needed,
            language=language,
            issued=config.today(),
            program=titles.get(organization_id, ""),
            organization=organization_id,
        )
        signed.append({**_said(claims), "token": tokens.issue(claims, key)})
    user_id = _user_id(context)
    certificates.note_issue(series["id"], len(signed), program.threshold(organization_id), user_id=user_id)
    revoked = certificates.revoke(organization_id, replaced, REPLACED, user_id=user_id)
    return {"certificates": signed, "revoked": revoked}


@tk.side_effect_free
@validate(schema.issue_list)
def opengovbelize_certificate_issue_list(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the portal keeps of the certificates of a series, for its coordinators.

    Args:
        context: CKAN's.
        data_dict: ``id``, id or name of the series.

    Returns:
        For each issue, the newest first, ``issued`` (day), ``count`` (None where it could point at persons: under
        ``threshold``, or too close to another) and ``threshold``.
    """
    series = _series(context, data_dict)
    tk.check_access("opengovbelize_certificate_preview", context, {"organization_id": series["owner_org"]})
    return certificates.issues(series["id"])


@validate(schema.revoke)
def opengovbelize_certificate_revoke(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Revoke certificates of a program, for good.

    Args:
        context: CKAN's.
        data_dict: ``organization_id``, id or name of the program; ``certificates``, a text with their ids (other
            words may stand between them, such as the lines of the list), or one certificate: its signed text or the
            address in its code; ``reason``, ``error``, ``replaced``, ``not-earned`` or ``withdrawn``.

    Returns:
        ``ids`` and ``revoked``, how many of them were not revoked before.

    Raises:
        ValidationError: no id is found, or it is another program's certificate.
        NotAuthorized: the user does not edit for the program.
    """
    organization_id = _organization(data_dict["organization_id"])
    tk.check_access("opengovbelize_certificate_revoke", context, {"organization_id": organization_id})
    if data_dict["reason"] not in REASONS:
        message = tk._("There is no such reason. Give one of: {codes}.")
        raise tk.ValidationError({"reason": [message.format(codes=", ".join(REASONS))]})
    verdict = _checked(data_dict["certificates"])
    if verdict.claims and verdict.claims.organization != organization_id:
        raise tk.ValidationError(
            {"certificates": [tk._("This certificate is another program's, which alone can revoke it.")]}
        )
    found = [verdict.claims.id] if verdict.claims else _ids(data_dict, "certificates")
    added = certificates.revoke(organization_id, found, data_dict["reason"], user_id=_user_id(context))
    return {"ids": found, "revoked": added}


def opengovbelize_certificate_verify(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Tell whether a certificate is genuine. By POST only: an address would be logged.

    Args:
        context: CKAN's.
        data_dict: ``certificate``, its signed text, or the address in its code.

    Returns:
        ``state``: ``genuine``, ``revoked``, ``compromised`` (signed with a key that others may have) or
        ``not-genuine``; ``since`` and ``reason`` of the middle two; ``program``, title of the organization, where
        the certificate is signed with a key of a program; ``certificate``, what it says, where genuine or revoked.
    """
    tk.check_access("opengovbelize_certificate_verify", context, {})
    found = _checked(str(data_dict.get("certificate") or ""))
    titles = institutions.titles() if found.organization else {}
    return {
        "state": found.state,
        "since": _here(found.since).isoformat(timespec="seconds") if found.since else None,
        "reason": found.reason,
        "program": found.claims.program if found.claims else titles.get(found.organization, ""),
        "certificate": _said(found.claims) if found.claims else None,
    }


@tk.side_effect_free
@validate(schema.keys)
def opengovbelize_program_key_list(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the keys of a program, the newest first; of each only what everybody may know.

    Args:
        context: CKAN's.
        data_dict: ``id``, id or name of the program's organization.

    Returns:
        Each with ``id``, ``state`` (``active``, ``retired``, ``compromised``), ``created``, ``since`` (when it came
        to be in that state), ``why`` (of a compromised one) and ``public`` (base 64).
    """
    organization_id = _organization(data_dict["id"])
    tk.check_access("opengovbelize_program_key_list", context, {"organization_id": organization_id})
    listed = _keys_or_sorry(lambda: certificates.keyring().listed(organization_id))
    return [_key(key) for key in listed]


@validate(schema.keys)
def opengovbelize_program_key_rotate(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Make a new key for a program. Certificates of the former one stay valid; its private half is deleted.

    Args:
        context: CKAN's.
        data_dict: ``id``, id or name of the program's organization.

    Returns:
        The new key, as ``opengovbelize_program_key_list`` lists it.
    """
    organization_id = _organization(data_dict["id"])
    tk.check_access("opengovbelize_program_key_rotate", context, {"organization_id": organization_id})
    return _key(_keys_or_sorry(lambda: certificates.keyring().rotate(organization_id)))


@validate(schema.key_compromise)
def opengovbelize_program_key_compromise(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Declare that others may have a key. No certificate that it ever signed is valid any more; there is no way back.

    Args:
        context: CKAN's.
        data_dict: ``id``, id or name of the program's organization; ``key``, the key's id; ``why``, ``stolen``,
            ``lost`` or ``misused``: the page that checks certificates says it.

    Returns:
        The key, as ``opengovbelize_program_key_list`` lists it.
    """
    organization_id = _organization(data_dict["id"])
    tk.check_access("opengovbelize_program_key_compromise", context, {"organization_id": organization_id})
    why = data_dict["why"]
    if why not in WHYS:
        message = tk._("There is no such reason. Give one of: {codes}.")
        raise tk.ValidationError({"why": [message.format(codes=", ".join(WHYS))]})
    try:
        return _key(
            _keys_or_sorry(lambda: certificates.keyring().compromise(organization_id, data_dict["key"], why))
        )
    except KeyError:
        raise tk.ObjectNotFound(tk._("The program has no such key.")) from None


def _series(context: Any, data_dict: Mapping[str, Any]) -> dict[str, Any]:
    found = tk.get_action("package_show")(
        {"user": context.get("user")}, {"id": tk.get_or_bust(dict(data_dict), "id")}
    )
    if found["type"] != SERIES:
        raise tk.ValidationError({"id": [tk._("Certificates are issued for a series of webinars.")]})
    return found


def _organization(reference: str) -> str:
    found = institutions.find(reference)
    if found is None:
        raise tk.ObjectNotFound(tk._("This portal has no such organization. Give its id, name or title."))
    return found


def _ids(data_dict: Mapping[str, Any], field: str) -> list[str]:
    found = ids.find(str(data_dict[field]))
    if not found or len(found) > MOST_REVOKED:
        message = tk._(
            "No certificate number is in this text. They stand in the list that came with the certificates, "
            "and look like 7Q2ZK-0M4TD-XW9AB-3NRPE-51HGVC."
        )
        raise tk.ValidationError({field: [message]})
    return found


def _checked(text: str) -> Verdict:
    ring = certificates.keyring()
    return _keys_or_sorry(lambda: tokens.check(text, ring.find, certificates.revocation))


def _keys_or_sorry(use: Any) -> Any:
    try:
        return use()
    except KeysUnusable as error:
        log.error("Certificates can be neither issued nor checked: %s", str(error))
        message = tk._("The portal's keys cannot be used at the moment. Tell its operator; the log says why.")
        raise tk.ValidationError({"keys": [message]}) from None


def _here(moment: datetime) -> datetime:
    """Return a moment by the clock of the program: its day is that of the certificates."""
    return moment.astimezone(ZoneInfo(config.timezone()))


def _said(claims: Claims) -> dict[str, Any]:
    return {**asdict(claims), "issued": claims.issued.isoformat()}


def _key(key: PublicKey) -> dict[str, Any]:
    return {
        "id": key.id,
        "state": key.state,
        "created": key.created.isoformat(),
        "since": key.since.isoformat(),
        "why": key.why,
        "public": key.public_text,
    }


def _user_id(context: Any) -> str:
    user = context.get("auth_user_obj") or model.User.get(context.get("user") or "")
    return str(user.id) if user else ""
