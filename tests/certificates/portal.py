"""A program, its series of three sessions, and who attended them: for tests of the portal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from ckanext.opengovbelize.logic.attendance.uploads import Upload

# In all three sessions; their last names are planted strings that may be nowhere afterwards.
ALWAYS = ("Ana María Quetzalrio", "Quetzalrio, Luis", "王小明", "Ix Ch’el Quetzalrio")
HEADER = "Name,Email,Organisation"


def sheet(*names: str) -> bytes:
    """Return a sign-in sheet."""
    return "\n".join([HEADER, *(f'"{name}",,Sample Institute' for name in names)]).encode()


class Portal:
    """What a test works with.

    Attributes:
        program: the organization.
        series: its series of three sessions.
        editor, admin, stranger: names of users.
    """

    def __init__(self, **series: Any) -> None:
        self.editor, self.admin, self.stranger = (factories.User()["name"] for _ in range(3))
        self.program = factories.Organization(
            title="Sample Program",
            users=[
                {"name": self.editor, "capacity": "editor"},
                {"name": self.admin, "capacity": "admin"},
            ],
        )
        common = {"owner_org": self.program["id"], "publication_state": "released"}
        self.series = factories.Dataset(
            **{
                "type": "webinar_series",
                "name": "practice-2021",
                "title": "Practice in the open",
                "planned_sessions": 3,
                **common,
                **series,
            }
        )
        for number in (1, 2, 3):
            factories.Dataset(
                type="webinar",
                name=f"practice-2021-{number}",
                title=f"Practice {number}",
                in_series=[self.series["id"]],
                session_number=number,
                start=f"2021-03-0{number}T10:30:00-06:00",
                end=f"2021-03-0{number}T12:00:00-06:00",
                mode="hybrid",
                **common,
            )

    def files(self, *names: str, only: tuple[int, ...] = (1, 2, 3)) -> list[Upload]:
        """Return a sheet for each session with the same people."""
        return [
            Upload(f"practice-2021-{number}", f"list-{number}.csv", sheet(*(names or ALWAYS)))
            for number in only
        ]

    def call(self, action: str, user: str | None = None, **values: Any) -> Any:
        """Call an action, as the editor unless told otherwise."""
        return tk.get_action(f"opengovbelize_{action}")(
            {"user": self.editor if user is None else user, "ignore_auth": False}, values
        )

    def issue(self, **values: Any) -> list[dict[str, Any]]:
        """Return new certificates."""
        sent = {"id": self.series["id"], "uploads": self.files(), **values}
        return self.call("certificate_issue", **sent)["certificates"]

    def verify(self, text: str) -> dict[str, Any]:
        """Check a certificate as anybody may."""
        return self.call("certificate_verify", "", certificate=text)


@pytest.fixture
def keys_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "certificate-keys"
    monkeypatch.setitem(tk.config, "ckanext.opengovbelize.keys_folder", str(folder))
    return folder


@pytest.fixture
def portal(with_plugins: None, clean_db: None, clean_index: None, keys_folder: Path) -> Portal:
    return Portal()
