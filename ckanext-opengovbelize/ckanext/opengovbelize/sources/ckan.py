"""Another CKAN portal: its public datasets, one record each, by its API.

Every run asks for the list of all of them with their times of change, so that what is gone is seen; only what
changed is fetched whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from ..records.problems import Problem
from .config import SourceConfig
from .files import too_many
from .found import Found, Limits, Opened, SourceError, missing
from .web import Fetcher, FetchError, Page

FORMAT = "ckan"
PACKAGE, TABLE = "package", "table"

STATISTICS = "participant_statistics"
# The types that can be taken over, in the order in which they need each other.
TYPES = ("webinar_series", "webinar", "action_plan", "commitment", STATISTICS, "dataset")

_PAGE = 1000
_CHUNK = 50
_LISTED = "id,name,metadata_modified,dataset_type,extras_stage,extras_number"
_SAFE = re.compile(r"[A-Za-z0-9_-]{1,100}")
_GENERATOR = re.compile(rb"""<meta\s+name=["']generator["']\s+content=["']ckan\b""", re.IGNORECASE)
_SITE_ROOT = re.compile(rb"""data-site-root=["']([^"']{1,500})["']""")
_LOCALE = re.compile(r"[a-z]{2,3}(?:_[A-Z][A-Za-z]+)?")
_API = re.compile(r"/api(?:/|$)")


@dataclass(frozen=True)
class Site:
    """A portal, or a part of one.

    Attributes:
        root: the address below which its API is.
        organization: name of the one organization that is asked for, or empty.
        type: the one type that is asked for, or empty.
    """

    root: str
    organization: str = ""
    type: str = ""


def site_of(url: str, page: Page | None) -> Site | None:
    """Return the portal that an address means, or None where it is none, or one page of it.

    Args:
        url: the address of a portal, of one of its organizations, of the list of one type, or of its API.
        page: what it answers; None where the configuration says that it is a portal.
    """
    if page is not None and not _GENERATOR.search(page.data[:20_000]):
        return None
    parts = urlsplit(page.url if page else url)
    host, path = f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/")
    if page is None and (api := _API.search(path)):
        return Site(host + path[: api.start()])
    stated = _SITE_ROOT.search(page.data[:200_000]) if page else None
    root = urlsplit(stated[1].decode("ascii", "replace")).path.rstrip("/") if stated else ""
    if not f"{path}/".startswith(f"{root}/"):
        root = ""
    names = [name for name in path[len(root) :].split("/") if name]
    if names and names[0] not in (*TYPES, "organization") and _LOCALE.fullmatch(names[0]):
        names = names[1:]
    match names:
        case []:
            return Site(host + root)
        case ["organization", name] if _SAFE.fullmatch(name):
            return Site(host + root, organization=name)
        case [type_] if type_ == "dataset" or type_ in TYPES:
            return Site(host + root, type="" if type_ == "dataset" else type_)
    # The configuration says that a portal is here, so it lies below this path.
    return None if page else Site(host + path)


def open_site(site: Site, fetcher: Fetcher, config: SourceConfig, limits: Limits) -> Opened:
    """List a portal's public datasets.

    Raises:
        SourceError: where the list cannot be had whole; nothing of it may then count as gone.
    """
    api = _Api(site, fetcher)
    rows = api.listing(limits)
    known = [row for row in rows if row.type in TYPES]
    problems = []
    if len(known) < len(rows):
        message = f"{len(rows) - len(known)} datasets are of types that this portal does not have, and were left out."
        problems.append(Problem("type-skipped", message))
    known.sort(key=lambda row: (TYPES.index(row.type), row.stage == "final", row.id))
    loading = _Loading(api, known, {row.id: row for row in rows}, config)
    return Opened(loading.found(), len(known), problems=problems)


@dataclass(frozen=True)
class _Row:
    """One dataset of the list."""

    id: str
    name: str
    type: str
    modified: str
    stage: str = ""
    number: str = ""

    @property
    def reference(self) -> str:
        """Return what other datasets call it: a commitment by stage and number, anything else by its name."""
        return f"{self.stage} {self.number}" if self.stage and self.number else self.name


@dataclass
class _Api:
    site: Site
    fetcher: Fetcher
    organizations: dict[str, str] = field(default_factory=dict)

    def listing(self, limits: Limits) -> list[_Row]:
        for last in (False, True):
            found, count = self._walk(limits)
            if len(found) >= count:
                return list(found.values())
            # Datasets that come and go meanwhile move the others from page to page.
            if last:
                break
        message = (
            "The portal's list of datasets did not hold still. Nothing was changed; run the source again."
        )
        raise SourceError(Problem("listing-moved", message))

    def _walk(self, limits: Limits) -> tuple[dict[str, _Row], int]:
        found: dict[str, _Row] = {}
        start, rows, count = 0, _PAGE, 1
        while start < count:
            try:
                result = self.search({"fl": _LISTED, "sort": "id asc", "rows": rows, "start": start})
            except FetchError as error:
                if error.code == "too-large" and rows > 1:
                    # Old portals send whole datasets here.
                    rows = max(1, rows // 8)
                    continue
                raise SourceError(Problem(error.code, error.message)) from None
            count = result["count"]
            if count > limits.max_records:
                raise SourceError(Problem("too-many-records", too_many(limits)))
            if not result["results"]:
                break
            start += len(result["results"])
            found |= {row.id: row for row in map(_row, result["results"]) if row}
            count -= sum(_row(each) is None for each in result["results"])
        return found, count

    def search(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Search datasets; what is no answer of CKAN's is a FetchError."""
        filters = ["-dataset_type:harvest", str(params.get("fq", ""))]
        if self.site.organization:
            filters.append(f'organization:"{self.site.organization}"')
        if self.site.type:
            filters.append(f'dataset_type:"{self.site.type}"')
        result = self.call(
            "package_search", {"q": "*:*", **params, "fq": " AND ".join(filter(None, filters))}
        )
        rows = result.get("results")
        if not isinstance(result.get("count"), int) or not isinstance(rows, list):
            raise _no_api()
        return {"count": result["count"], "results": [row if isinstance(row, dict) else {} for row in rows]}

    def call(self, action: str, params: Mapping[str, Any], kind: type = dict) -> Any:
        page = self.fetcher.get(f"{self.site.root}/api/3/action/{action}?{urlencode(params)}")
        try:
            answer = json.loads(page.data)
        except (ValueError, RecursionError):
            raise _no_api() from None
        if not isinstance(answer, dict) or not isinstance(answer.get("result"), kind):
            raise _no_api()
        return answer["result"]

    def organization(self, id_: str) -> str:
        """Return the title of an organization, by which this portal may know it too."""
        if id_ not in self.organizations and _SAFE.fullmatch(id_):
            params = {"id": id_, "include_users": "false", "include_extras": "false"}
            shown = self.call("organization_show", params)
            self.organizations[id_] = str(shown.get("title") or shown.get("name") or "")
        return self.organizations.get(id_, "")


@dataclass
class _Loading:
    """Gives the datasets one after the other, and fetches those that are asked for, more at a time while all are."""

    api: _Api
    rows: list[_Row]
    by_id: dict[str, _Row]
    config: SourceConfig
    loaded: dict[str, Any] = field(default_factory=dict)
    size: int = 1
    last: int = -1

    def found(self) -> Iterator[Found]:
        called = {row.name: row.id for row in self.rows}
        for place, row in enumerate(self.rows):
            stamp = f"{row.modified} {self.config.reviewed}"
            found = Found(row.id, f"{row.type}/{row.name}", kind=PACKAGE, stamp=stamp, called=called)
            yield replace(found, fetch=lambda place=place, found=found: self._fetched(place, found))

    def _fetched(self, place: int, found: Found) -> Found:
        row = self.rows[place]
        in_a_row, self.last = place == self.last + 1, place
        try:
            if row.id not in self.loaded:
                self._load(place, ahead=in_a_row)
            package = self.loaded.pop(row.id, None)
            if package is None:
                message = (
                    "The dataset was in the portal's list, and is not there any more. Run the source again."
                )
                return missing(found.key, found.label, "record-vanished", message)
            if row.type == STATISTICS:
                return self._table(package, found)
            return replace(found, data=self._content(package))
        except FetchError as error:
            return missing(found.key, found.label, error.code, error.message)

    def _load(self, place: int, *, ahead: bool) -> None:
        self.size = min(_CHUNK, 2 * self.size) if ahead and place else 1
        self.loaded.clear()
        rows = [row for row in self.rows[place : place + self.size] if _SAFE.fullmatch(row.id)]
        try:
            self._search(rows)
        except FetchError as error:
            if error.code != "too-large" or len(rows) < 2:
                raise
            self._search(rows[:1])

    def _search(self, rows: list[_Row]) -> None:
        wanted = " OR ".join(f'"{row.id}"' for row in rows)
        result = self.api.search({"fq": f"id:({wanted})", "rows": len(rows)})
        self.loaded |= {str(package.get("id")): package for package in result["results"]}

    def _content(self, package: dict[str, Any]) -> bytes:
        """Return a dataset with what it calls others by their names: their ids mean nothing elsewhere."""
        ids = [
            package.get("in_plan"),
            *_listed(package.get("in_series")),
            *_listed(package.get("derived_from")),
        ]
        references = {
            id_: self.by_id[id_].reference for id_ in ids if isinstance(id_, str) and id_ in self.by_id
        }
        leads = {row.get("lead") for row in _listed(package.get("indicators")) if isinstance(row, dict)}
        organizations = {id_: self.api.organization(id_) for id_ in leads if isinstance(id_, str) and id_}
        content = {
            "package": {**package, "reports": list(self._versions(package))},
            "references": references,
            "organizations": organizations,
        }
        return json.dumps(content).encode()

    def _versions(self, package: dict[str, Any]) -> Iterator[Any]:
        """Yield every version of a commitment's progress reports, the oldest first."""
        for report in _listed(package.get("reports")):
            if isinstance(report, dict) and report.get("version", 1) != 1:
                about = {name: str(report.get(name, "")) for name in ("indicator", "period")}
                versions = self.api.call(
                    "opengovbelize_progress_report_history", {"id": package["id"], **about}, list
                )
                yield from [
                    {**version, **about} for version in reversed(versions) if isinstance(version, dict)
                ]
                if versions:
                    continue
            yield report

    def _table(self, package: dict[str, Any], found: Found) -> Found:
        """Return the published figures themselves."""
        for resource in _listed(package.get("resources")):
            if isinstance(resource, dict) and str(resource.get("format", "")).upper() == "CSV":
                page = self.api.fetcher.get(str(resource.get("url") or ""))
                return replace(found, data=page.data, kind=TABLE, content_type="text/csv")
        message = "The figures have no table that could be read. Publish them as CSV there, and run the source again."
        return missing(found.key, found.label, "table-missing", message)


def _row(values: Mapping[str, Any]) -> _Row | None:
    id_, name = values.get("id"), values.get("name")
    if not isinstance(id_, str) or not isinstance(name, str) or not id_:
        return None
    return _Row(
        id_,
        name,
        str(values.get("dataset_type") or values.get("type") or "dataset"),
        str(values.get("metadata_modified") or ""),
        str(values.get("extras_stage") or values.get("stage") or ""),
        str(values.get("extras_number") or values.get("number") or ""),
    )


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else []


def _no_api() -> FetchError:
    return FetchError(
        "api-unreadable",
        "The address does not answer as a CKAN portal does. Give the address of its front page, or of one of its "
        "organizations.",
    )
