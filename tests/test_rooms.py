"""Which room imports which, held against the table in docs/architecture.md."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import ckanext.opengovbelize as package
import pytest

ROOT = Path(package.__file__).parent
TABLE = Path(__file__).parents[1] / "docs/architecture.md"
ROW = re.compile(r"\| `(?P<room>\w+)/(?:<area>/)?`[^|]*\|[^|]*\| (?P<may>[^|]*) \|")
NO_CKAN = "nothing of CKAN"
ROOMS = {found["room"]: found["may"] for found in ROW.finditer(TABLE.read_text(encoding="utf-8"))}


def test_the_table_names_every_room() -> None:
    assert {path.parent.name for path in ROOT.glob("*/__init__.py")} == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_what_it_may(room: str) -> None:
    may = tuple(name.rstrip("/") for name in re.findall(r"`([\w/]+)`", ROOMS[room]))

    for path in sorted((ROOT / room).rglob("*.py")):
        for name in _imports(path):
            if name.startswith("ckan"):
                assert NO_CKAN not in ROOMS[room], f"{path.relative_to(ROOT)} imports {name}"
            else:
                assert name.startswith((room, *may)), f"{path.relative_to(ROOT)} imports {name}"


def _imports(path: Path) -> Iterator[str]:
    """What a module imports of ours, as ``room/module``, and of CKAN, as it is written."""
    within = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*within[: len(within) - node.level + 1], *filter(None, (node.module or "").split("."))]
            yield from (
                ["/".join(base)] if node.module else ["/".join([*base, alias.name]) for alias in node.names]
            )
        elif isinstance(node, ast.ImportFrom | ast.Import):
            named = (
                [node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
            )
            yield from (name for name in named if name.split(".")[0] in ("ckan", "ckanext"))
