"""Keyed hashes of what may not be stored in clear: a record's address within its source, and its bytes.

They are exact, unlike those of ``privacy.hashing``, which fold case and accents.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import asdict

from ..privacy.policy import Policy
from ..records.drafts import Draft
from ..records.plans.reading import PLAN_READER_VERSION
from ..records.reading import READER_VERSION
from ..records.session import SessionRecord
from ..sources import SourceConfig

# No digest begins so.
_ROW = "row-"


def record_key(hash_key: bytes, address: str, number: int = 1) -> str:
    """Return the ledger's key of the ``number``-th record at an address within a source."""
    return _digest(hash_key, "record", address, str(number))


def named_record_key(hash_key: bytes, address: str, name: str) -> str:
    """Return the ledger's key of the record that its file calls ``name``: it begins as those of all in the file."""
    return f"{_of_file(hash_key, address)}{_digest(hash_key, 'record', address, 'named', name)[:40]}"


def row_key(hash_key: bytes, address: str, row: str) -> str:
    """Return the ledger's key of what a table says of one thing: it begins as those of all in the file."""
    return f"{_ROW}{_of_file(hash_key, address)}{_digest(hash_key, 'record', address, 'row', row)[:40]}"


def is_row(key: str) -> bool:
    """Tell whether ``key`` is one of ``row_key``, so that ``is_named_in`` knows its file."""
    return key.startswith(_ROW)


def subject_key(hash_key: bytes, kind: str, subject: str, number: int = 1) -> str:
    """Return the ledger's key of a record that is known by what it is about, not by where it lies.

    Args:
        hash_key: the secret of keyed hashes.
        kind: ``session``, or what the record adds to one: what is of two kinds never takes each other's place.
        subject: what it is about.
        number: counts several of one kind about the same.
    """
    return f"{kind}-{_digest(hash_key, 'subject', kind, subject, str(number))}"


def is_of_kind(key: str, kind: str) -> bool:
    """Tell whether ``key`` is one of ``subject_key`` of this kind."""
    return key.startswith(f"{kind}-")


def is_named_in(hash_key: bytes, address: str, key: str) -> bool:
    """Tell whether ``key`` is that of a row or of a record with a name, in the file at this address."""
    return key.removeprefix(_ROW).startswith(_of_file(hash_key, address))


def salt(policy: Policy, config: SourceConfig, organization_id: str) -> str:
    """Return what, besides a record's bytes, decides what is published of it, and whose it is."""
    erased = sorted(policy.erased)
    readers = (READER_VERSION, PLAN_READER_VERSION)
    screened = (policy.email_domains, policy.transcript, erased)
    stated = (config.series, config.session, config.plan, config.format, config.reviewed)
    return repr((readers, screened, stated, organization_id))


def digest(policy: Policy, salt: str) -> str:
    """Return the keyed hash of a salt, which may hold hashes of what was erased."""
    return _digest(policy.hash_key, "salt", salt)


def content_hash(hash_key: bytes, data: bytes, salt: str, records: int) -> str:
    """Return the hash of a file's bytes. It tells how many records they held, so that none is overlooked."""
    digest = hmac.new(hash_key, data, "sha256")
    digest.update(salt.encode("utf-8", "surrogatepass"))
    return f"{digest.hexdigest()}:{records}"


def session_hash(hash_key: bytes, record: SessionRecord, salt: str) -> str:
    """Return the hash of one of many records in a file, each of which changes by itself; where it stands is nothing."""
    values = {**asdict(record), "file": "", "place": "", "places": {}, "problems": []}
    return content_hash(
        hash_key, json.dumps(values, sort_keys=True, default=str).encode("utf-8", "replace"), salt, 1
    )


def draft_hash(hash_key: bytes, draft: Draft, salt: str) -> str:
    """Return the hash of one record of a table, whose file holds many that change each by itself."""
    values = {**draft.as_dict(), "file": "", "place": "", "problems": []}
    return content_hash(hash_key, json.dumps(values, sort_keys=True).encode(), salt, 1)


def records_in(content_hash: str) -> int:
    """Return how many records the hashed file held."""
    number = content_hash.rpartition(":")[2]
    return int(number) if number.isdigit() else 0


def source_id(hash_key: bytes, organization_id: str, address: str) -> str:
    """Return the id of a source that is no harvest source: the same for the same address and organization."""
    return f"local-{_digest(hash_key, 'source', organization_id, address)[:32]}"


def _of_file(hash_key: bytes, address: str) -> str:
    return _digest(hash_key, "file", address)[:24]


def _digest(hash_key: bytes, *parts: str) -> str:
    text = "\0".join(parts)
    return hmac.new(hash_key, text.encode("utf-8", "surrogatepass"), "sha256").hexdigest()
