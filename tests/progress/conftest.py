"""A program with one plan of three half-years and one final commitment, on which two institutions report."""

from __future__ import annotations

from typing import Any, NamedTuple

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories

PERIODS = [
    {"code": "2021-H1", "start": "2021-01-01", "end": "2021-06-30", "due": "2021-07-31"},
    {"code": "2021-H2", "start": "2021-07-01", "end": "2021-12-31", "due": "2022-01-31"},
    {"code": "2022-H1", "start": "2022-01-01", "end": "2022-06-30", "due": "2022-07-31"},
]


class Program(NamedTuple):
    """Organizations, plan and commitment, and one user of every role."""

    organization: dict[str, Any]
    water: dict[str, Any]
    roads: dict[str, Any]
    plan: dict[str, Any]
    commitment: dict[str, Any]
    users: dict[str, str]

    def headers(self, role: str) -> dict[str, str]:
        """What a request of this user sends."""
        if role not in self.users:
            return {}
        return {"Authorization": factories.APIToken(user=self.users[role])["token"]}

    def context(self, role: str) -> Any:
        """The context of an action that this user calls."""
        return {"user": self.users.get(role, "")}


ROLES = {
    "member": ("water", "member"),
    "editor of the lead": ("water", "editor"),
    "editor of another institution": ("roads", "editor"),
    "program's editor": ("program", "editor"),
    "program's administrator": ("program", "admin"),
}
EVERYBODY = ("anonymous", *ROLES, "sysadmin")


@pytest.fixture
def program(with_plugins: None, clean_db: None, clean_index: None) -> Program:
    """The program of this file."""
    users = {role: factories.User() for role in ROLES}
    users["sysadmin"] = factories.Sysadmin()
    organizations = {
        name: factories.Organization(
            name=f"sample-{name}",
            title=f"Sample {name}",
            users=[
                {"name": users[role]["name"], "capacity": capacity}
                for role, (organization, capacity) in ROLES.items()
                if organization == name
            ],
        )
        for name in ("program", "water", "roads")
    }
    plan = create(
        "action_plan",
        name="sample-plan",
        title="Sample plan",
        owner_org=organizations["program"]["id"],
        start="2021-01-01",
        end="2022-12-31",
        periods=PERIODS,
    )
    commitment = create(
        "commitment",
        name="sample-plan-final-1",
        title="Open water board timetable",
        owner_org=organizations["program"]["id"],
        in_plan=plan["id"],
        number="1",
        stage="final",
        indicators=[
            {"code": "1.1", "title": "Boards that publish", "lead": organizations["water"]["id"]},
            {"code": "1.2", "title": "Roads that lead to boards", "lead": organizations["roads"]["id"]},
            {"code": "1.3", "title": "Boards visited", "lead_as_stated": "Sample Visitors"},
        ],
    )
    return Program(
        organizations["program"],
        organizations["water"],
        organizations["roads"],
        plan,
        commitment,
        {role: user["name"] for role, user in users.items()},
    )


def create(type_: str, **values: Any) -> dict[str, Any]:
    """A released record of a type."""
    released = {"type": type_, "license_id": "cc-by", "invented": True, "publication_state": "released"}
    context: Any = {
        "ignore_auth": True,
        "user": tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"],
    }
    return tk.get_action("package_create")(context, {**released, **values})
