"""Another portal: what a real CKAN answered, recorded through its own application and served again over HTTP."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

LISTED = "id,name,metadata_modified,dataset_type,extras_stage,extras_number"


@dataclass
class State:
    """What a portal answers at one time."""

    home: str
    listed: list[dict[str, Any]]
    packages: dict[str, dict[str, Any]]
    organizations: dict[str, dict[str, Any]]
    files: dict[str, bytes] = field(default_factory=dict)
    histories: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def without_extension(packages: dict[str, dict[str, Any]]) -> State:
    """Return the state of a portal without this extension, with these datasets by id."""
    listed = [
        {
            "id": id_,
            "name": package["name"],
            "dataset_type": package["type"],
            "metadata_modified": package["metadata_modified"],
        }
        for id_, package in packages.items()
    ]
    return State('<meta name="generator" content="ckan 2.12">', listed, packages, {})


def record(app: Any, organization: str) -> State:
    """Ask the application of this test for all that an organization publishes."""

    def call(action: str, **params: Any) -> Any:
        return json.loads(app.get(f"/api/3/action/{action}", query_string=params).body)["result"]

    chosen = {"fq": f"-dataset_type:harvest AND organization:{organization}", "rows": 1000}
    found = call("package_search", **chosen)["results"]
    files = {
        urlsplit(resource["url"]).path: app.get(urlsplit(resource["url"]).path).data
        for package in found
        if package["type"] == "participant_statistics"
        for resource in package["resources"]
    }
    return State(
        app.get("/").body,
        call("package_search", fl=LISTED, sort="id asc", **chosen)["results"],
        {package["id"]: package for package in found},
        {id_: call("organization_show", id=id_) for id_ in call("organization_list")},
        files,
        {
            f"{package['id']} {row['indicator']} {row['period']}": call(
                "opengovbelize_progress_report_history",
                id=package["id"],
                indicator=row["indicator"],
                period=row["period"],
            )
            for package in found
            for row in package.get("reports", [])
        },
    )


@dataclass
class OtherPortal:
    """Serves a state; ``asked`` are the paths and queries that it was asked for, ``most`` the rows of a page."""

    state: State
    address: str = ""
    asked: list[str] = field(default_factory=list)
    most: int = 1000
    broken: bool = False

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        self.asked.append(request.full_path)
        return self._answer(request)(environ, start_response)

    def searches(self) -> list[dict[str, str]]:
        """Return the searches since the last look, listings first."""
        found = [
            {name: values[0] for name, values in parse_qs(urlsplit(each).query).items()}
            for each in self.asked
            if "package_search" in each
        ]
        self.asked.clear()
        return found

    def _answer(self, request: Request) -> Response:
        if request.path in self.state.files:
            return Response(self.state.files[request.path], content_type="text/csv")
        if self.broken:
            return Response("private words of a server", status=500)
        if request.path.endswith("package_search"):
            return self._json(self._search(request.args))
        if request.path.endswith("report_history"):
            about = " ".join(request.args[name] for name in ("id", "indicator", "period"))
            return self._json(self.state.histories[about])
        if request.path.endswith("organization_show"):
            wanted = request.args["id"]
            return self._json(
                next(row for row in self.state.organizations.values() if wanted in (row["id"], row["name"]))
            )
        return Response(self.state.home, content_type="text/html")

    def _search(self, params: Any) -> dict[str, Any]:
        if "fl" not in params:
            wanted = re.findall(r'"([\w-]{36})"', params["fq"])
            rows = [self._at_home(self.state.packages[id_]) for id_ in wanted if id_ in self.state.packages]
            return {"count": len(rows), "results": rows}
        assert params["fl"] == LISTED and params["sort"] == "id asc"
        start, rows = int(params["start"]), min(int(params["rows"]), self.most)
        return {"count": len(self.state.listed), "results": self.state.listed[start : start + rows]}

    def _at_home(self, package: dict[str, Any]) -> dict[str, Any]:
        """Return a dataset whose files lie here, where the recorded one has its own."""
        copied = json.loads(json.dumps(package))
        for resource in copied["resources"]:
            path = urlsplit(resource["url"]).path
            if path in self.state.files:
                resource["url"] = self.address + path
        return copied

    def _json(self, result: Any) -> Response:
        return Response(json.dumps({"success": True, "result": result}), content_type="application/json")


@contextmanager
def served(other: OtherPortal | Live) -> Iterator[str]:
    """Serve another portal on this machine."""
    server = make_server("127.0.0.1", 0, other, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    other.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield other.address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Live:
    """The application of this test itself, one question after the other."""

    app: Any
    address: str = ""

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self.app.flask_app(environ, start_response)
