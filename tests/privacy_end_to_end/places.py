"""Every place where the portal keeps or shows something, as texts."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.lib.search.common import make_connection
from ckanext.datastore.backend.postgres import get_write_engine

from .search import Text

# Folders of log files, Solr's among them, where the tests run beside servers of their own.
LOGS = "OPENGOVBELIZE_TEST_LOGS"

_LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')
# What changes something, leaves the site, or is the same page again in another order or language.
_NOT_FOLLOWED = re.compile(
    r"^/(?:es|en)(?:/|$)|logout|delete|/clear|/refresh|abort|/webassets|/base/|\.(?:css|js|png|svg|ico|woff2?)(?:\?|$)"
    r"|\?"
)


def databases() -> Iterator[Text]:
    """Every row of every table of both databases."""
    model.Session.rollback()
    for label, engine in (("database", model.ensure_engine()), ("datastore", get_write_engine())):
        metadata = sa.MetaData()
        metadata.reflect(engine)
        with engine.connect() as connection:
            for table in metadata.tables.values():
                names = " ".join(f"{column.name} {column.comment or ''}" for column in table.columns)
                rows = " ".join(
                    str(value)
                    for row in connection.execute(sa.select(table))
                    for value in row
                    if value is not None
                )
                yield Text(f"{label}: {table.name}", f"{names} {rows}")


def redis() -> Iterator[Text]:
    """Every key and value of Redis, background jobs unpacked."""
    client: Any = connect_to_redis()
    read = {
        b"string": client.get,
        b"hash": client.hgetall,
        b"list": lambda key: client.lrange(key, 0, -1),
        b"set": client.smembers,
        b"zset": lambda key: client.zrange(key, 0, -1),
        b"stream": client.xrange,
    }
    for key in client.scan_iter():
        value = read[client.type(key)](key)
        parts = [part for item in value.items() for part in item] if isinstance(value, dict) else value
        parts = parts if isinstance(parts, list | set) else [parts]
        yield Text(f"redis: {key.decode(errors='replace')}", " ".join(map(_bytes, [key, *parts])))


def _bytes(value: Any) -> str:
    if not isinstance(value, bytes):
        return str(value)
    with contextlib.suppress(zlib.error):
        value = zlib.decompress(value)
    return value.decode("utf-8", errors="replace")


def solr() -> Iterator[Text]:
    """Every document of the index, with all stored fields."""
    for document in make_connection(decode_dates=False).search("*:*", fl="*", rows=10_000).docs:
        yield Text(
            f"solr: {document.get('dataset_type')} {document.get('name')}",
            json.dumps(document, ensure_ascii=False),
        )


def folder(path: Path, label: str) -> Iterator[Text]:
    """Every file below a folder, and its name; archives and packed logs unpacked."""
    for file in sorted(path.rglob("*")):
        if not file.is_file():
            continue
        data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        content = [str(file.relative_to(path)), data.decode("utf-8", errors="replace")]
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                content += [
                    f"{name} {archive.read(name).decode('utf-8', errors='replace')}"
                    for name in archive.namelist()
                ]
        yield Text(f"{label}: {file.relative_to(path)}", " ".join(content))


def logs() -> Iterator[Text]:
    """The log files that the environment names."""
    for path in filter(None, os.environ.get(LOGS, "").split(os.pathsep)):
        yield from folder(Path(path), "log")


def pages(app: Any, start: list[str], headers: dict[str, str], who: str, most: int = 150) -> Iterator[Text]:
    """Every page that can be reached from ``start`` by following links, as that user sees it."""
    waiting, seen = list(start), set(start)
    while waiting and len(seen) <= most + len(waiting):
        address = waiting.pop(0)
        answer = app.get(address, headers=headers, follow_redirects=True)
        content = _readable(answer.data)
        yield Text(f"page for {who}: {address} ({answer.status_code})", content)
        for link in _LINK.findall(content):
            link = link.replace("&amp;", "&")
            if link not in seen and not _NOT_FOLLOWED.search(link):
                seen.add(link)
                waiting.append(link)


def _readable(data: bytes) -> str:
    """What an answer says; a workbook is an archive of texts."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def api(app: Any, headers: dict[str, str], who: str) -> Iterator[Text]:
    """The answer of every action that reads, as that user gets it."""
    rows = model.Session.query(model.Package.id).all()
    jobs = model.Session.execute(sa.text("SELECT id FROM harvest_job")).scalars().all()
    objects = model.Session.execute(sa.text("SELECT id FROM harvest_object")).scalars().all()
    activities = model.Session.execute(sa.text("SELECT id FROM activity")).scalars().all()
    packages = [id_ for (id_,) in rows]
    organizations = [id_ for (id_,) in model.Session.query(model.Group.id)]
    calls: list[tuple[str, dict[str, Any]]] = [
        ("package_list", {}),
        ("current_package_list_with_resources", {"limit": 1000}),
        ("package_search", {"rows": 1000, "include_private": True, "include_drafts": True}),
        ("package_search", {"rows": 1000, "fq": "dataset_type:harvest", "include_private": True}),
        (
            "package_search",
            {"rows": 0, "facet.field": ["tags", "organization", "vocab_topics", "res_format"]},
        ),
        ("recently_changed_packages_activity_list", {"limit": 100}),
        ("organization_list", {"all_fields": True, "include_extras": True}),
        ("resource_search", {"query": "name:"}),
        ("tag_list", {}),
        ("user_list", {}),
        ("harvest_source_list", {"return_last_job_status": True}),
        ("harvest_log_list", {}),
        ("dcat_catalog_show", {"format": "ttl"}),
        *(("package_show", {"id": id_}) for id_ in packages),
        *(("package_activity_list", {"id": id_, "include_hidden_activity": True}) for id_ in packages),
        *(("dcat_dataset_show", {"id": id_, "format": "ttl"}) for id_ in packages),
        *(("opengovbelize_plan_show", {"id": id_}) for id_ in packages),
        *(("opengovbelize_progress_report_list", {"commitment": id_}) for id_ in packages),
        *(("opengovbelize_review_list", {"package_id": id_}) for id_ in packages),
        *(("harvest_source_show_status", {"id": id_}) for id_ in packages),
        *(("opengovbelize_run_list", {"source_id": id_}) for id_ in packages),
        *(("harvest_object_list", {"source_id": id_, "only_current": False}) for id_ in packages),
        *(("organization_activity_list", {"id": id_}) for id_ in organizations),
        *(("activity_show", {"id": id_, "include_data": True}) for id_ in activities),
        *(("harvest_job_show", {"id": id_}) for id_ in jobs),
        *(("harvest_job_report", {"id": id_}) for id_ in jobs),
        *(("opengovbelize_run_show", {"job_id": id_}) for id_ in jobs),
        *(("harvest_object_show", {"id": id_}) for id_ in objects),
    ]
    for action, data in calls:
        answer = app.post(f"/api/3/action/{action}", json=data, headers=headers)
        yield Text(f"api for {who}: {action} {data} ({answer.status_code})", answer.body)
