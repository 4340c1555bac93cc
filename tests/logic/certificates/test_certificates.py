"""A coordinator issues certificates, anybody checks them, and the portal knows nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan.tests import factories
from ckanext.opengovbelize.model import CertificateIssue, RevokedCertificate

from tests.certificates.portal import ALWAYS, Portal

pytestmark = pytest.mark.server

PRINTED = {"Ana María Quetzalrio", "Luis Quetzalrio", "王小明", "Ix Ch’el Quetzalrio"}


def refused(portal: Portal, action: str, **values: Any) -> list[str]:
    with pytest.raises(tk.ValidationError) as error:
        portal.call(action, **values)
    return [message for said in error.value.error_dict.values() for message in said]


class TestPreview:
    def test_it_tells_who_has_earned_one(self, portal: Portal) -> None:
        files = portal.files() + portal.files("Eva Muestra", only=(1, 2))
        answer = portal.call("certificate_preview", id=portal.series["name"], uploads=files)
        assert {row["name"] for row in answer["participants"]} == PRINTED
        assert (answer["certificates"], answer["attended"]) == (4, 5)
        assert (answer["needed"], answer["sessions"], answer["refusals"]) == (3, 3, [])

    def test_files_of_a_planned_session_are_missing(self, portal: Portal) -> None:
        answer = portal.call("certificate_preview", id=portal.series["id"], uploads=portal.files(only=(1, 3)))
        assert [(one["code"], one["wanted"], one["given"]) for one in answer["refusals"]] == [
            ("sessions-missing", 3, 2)
        ]
        assert answer["participants"] == []
        assert refused(portal, "certificate_issue", id=portal.series["id"], uploads=portal.files(only=(1, 3)))

    def test_the_rule_of_the_series_holds(self, portal: Portal) -> None:
        tk.get_action("package_patch")(
            {"user": portal.editor},
            {"id": portal.series["id"], "certificate_sessions": 2, "certificate_share": 75},
        )
        files = portal.files(only=(3,)) + portal.files("Eva Muestra", "Ana María Quetzalrio", only=(1, 2))
        answer = portal.call("certificate_preview", id=portal.series["id"], uploads=files)
        assert [row["name"] for row in answer["participants"]] == ["Ana María Quetzalrio", "Eva Muestra"]
        # A sign-in sheet knows no times.
        assert {doubt["code"] for row in answer["participants"] for doubt in row["doubts"]} == {"no-times"}

    def test_the_coordinator_corrects(self, portal: Portal) -> None:
        files = portal.files("Ana Quetzalrio", "Luis Quetzalrio", only=(1, 2)) + portal.files(
            "A. Quetzalrio", "Luis Quetzalrio", only=(3,)
        )
        sent = {"id": portal.series["id"], "uploads": files}
        assert portal.call("certificate_preview", **sent)["certificates"] == 1
        rows = portal.call("certificate_preview", **sent, same=["list-1.csv:2+list-3.csv:2"])["participants"]
        keys = {row["name"]: row["key"] for row in rows}
        assert set(keys) == {"Ana Quetzalrio", "Luis Quetzalrio"}
        answer = portal.call(
            "certificate_preview",
            **sent,
            same=["list-1.csv:2+list-3.csv:2"],
            names={keys["Ana Quetzalrio"]: "  Quetzalrio,  Ana María "},
            leave=[keys["Luis Quetzalrio"]],
        )
        assert [(row["name"], row["gets_one"]) for row in answer["participants"]] == [
            ("Ana María Quetzalrio", True),
            ("Luis Quetzalrio", False),
        ]

    def test_who_spoke_in_a_session_can_be_let_in(self, portal: Portal) -> None:
        tk.get_action("package_patch")(
            {"user": portal.editor},
            {"id": "practice-2021-2", "people": [{"role": "speaker", "name": "Ana María Quetzalrio"}]},
        )
        sent = {"id": portal.series["id"], "uploads": portal.files()}
        row = portal.call("certificate_preview", **sent)["participants"][-1]
        assert (row["name"], row["earned"], row["gets_one"]) == ("Ana María Quetzalrio", False, False)
        issued = portal.issue(include=[row["key"]])
        assert ("Ana María Quetzalrio", 3) in {(one["name"], one["attended"]) for one in issued}
        assert len(portal.issue()) == 3

    @pytest.mark.parametrize(
        ("values", "field"),
        [({"uploads": []}, "file"), ({"same": ["nonsense"]}, "same"), ({"language": "fr"}, "language"), ({"replaces": "none here"}, "replaces")],
    )  # fmt: skip
    def test_what_cannot_be_understood_is_told(
        self, portal: Portal, values: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(tk.ValidationError) as error:
            portal.issue(**values)
        assert set(error.value.error_dict) == {field}


class TestIssue:
    def test_each_certificate_is_genuine_and_another(self, portal: Portal) -> None:
        issued = portal.issue(language="es")
        assert {one["name"] for one in issued} == PRINTED
        assert len({one["id"] for one in issued}) == 4
        for one in issued:
            found = portal.verify(one["token"])
            assert (found["state"], found["program"]) == ("genuine", "Sample Program")
            assert found["certificate"] == {name: value for name, value in one.items() if name != "token"}
        assert not {one["id"] for one in issued} & {one["id"] for one in portal.issue()}

    def test_only_a_number_is_kept_and_no_small_one(self, portal: Portal) -> None:
        portal.issue()
        people = [f"Person {chr(97 + number // 26)}{chr(97 + number % 26)}x" for number in range(120)]
        portal.issue(uploads=portal.files(*people))
        # One more than before: the difference would be a number of persons, too.
        portal.issue(uploads=portal.files(*people, "Eva Muestra"))
        portal.issue(uploads=portal.files(*people[:60]))
        listed = portal.call("certificate_issue_list", id=portal.series["id"])
        assert [row["count"] for row in listed] == [60, None, 120, None]
        columns = {column.name for column in CertificateIssue.__table__.columns}
        assert columns == {"id", "series_id", "count", "threshold", "user_id", "issued_at"}

    def test_no_name_is_anywhere_in_the_database(self, portal: Portal) -> None:
        issued = portal.issue()
        portal.verify(issued[0]["token"])
        portal.call(
            "certificate_revoke",
            organization_id=portal.program["id"],
            certificates=f"{issued[0]['name']} {issued[0]['id']}",
            reason="error",
        )
        dumped = database_text()
        assert "Practice in the open" in dumped
        assert "Quetzalrio" not in dumped
        assert "王小明" not in dumped
        assert issued[1]["id"] not in dumped
        assert issued[0]["id"] in dumped

    def test_a_reissue_revokes_the_former(self, portal: Portal) -> None:
        former = portal.issue()
        as_pasted = "\n".join(f"{one['name']},{one['id'].lower()},3 / 3" for one in former[:2])
        new = portal.issue(replaces=as_pasted)
        states = [portal.verify(one["token"]) for one in former]
        assert [found["state"] for found in states] == ["revoked", "revoked", "genuine", "genuine"]
        assert states[0]["reason"] == "replaced"
        assert {portal.verify(one["token"])["state"] for one in new} == {"genuine"}


class TestRevoke:
    def test_by_pasting_the_certificate(self, portal: Portal) -> None:
        token = portal.issue()[0]["token"]
        link = f"https://data.example.org/verify#{token}"
        values = {"organization_id": portal.program["id"], "certificates": link, "reason": "not-earned"}
        assert portal.call("certificate_revoke", **values)["revoked"] == 1
        assert portal.call("certificate_revoke", **values)["revoked"] == 0
        for replayed in (token, link, f" {token}\n"):
            found = portal.verify(replayed)
            assert (found["state"], found["reason"]) == ("revoked", "not-earned")
        assert model.Session.query(RevokedCertificate).count() == 1

    def test_another_programs_certificate_stays(self, portal: Portal) -> None:
        issued = portal.issue()[0]
        stranger = factories.Organization(users=[{"name": portal.stranger, "capacity": "editor"}])
        values = {"organization_id": stranger["id"], "reason": "error"}
        with pytest.raises(tk.ValidationError, match="another program"):
            portal.call("certificate_revoke", portal.stranger, certificates=issued["token"], **values)
        # By its number it can be written down, and changes nothing.
        portal.call("certificate_revoke", portal.stranger, certificates=issued["id"], **values)
        assert portal.verify(issued["token"])["state"] == "genuine"

    @pytest.mark.parametrize("values", [{"certificates": "nothing"}, {"reason": "whim"}])
    def test_what_cannot_be_understood_is_told(self, portal: Portal, values: dict[str, str]) -> None:
        sent = {
            "organization_id": portal.program["id"],
            "certificates": "7Q2ZK-0M4TD-XW9AB-3NRPE-51HGVC",
            "reason": "error",
        }
        assert refused(portal, "certificate_revoke", **{**sent, **values})


class TestKeys:
    def test_rotation_keeps_certificates_valid(self, portal: Portal) -> None:
        token = portal.issue()[0]["token"]
        new = portal.call("program_key_rotate", portal.admin, id=portal.program["name"])
        assert portal.verify(token)["state"] == "genuine"
        listed = portal.call("program_key_list", id=portal.program["id"])
        assert [key["state"] for key in listed] == ["active", "retired"]
        assert listed[0] == new
        assert "private" not in str(listed)

    def test_a_compromised_key_takes_its_certificates_with_it(self, portal: Portal) -> None:
        token = portal.issue()[0]["token"]
        key = portal.call("program_key_list", id=portal.program["id"])[0]
        portal.call(
            "program_key_compromise", portal.admin, id=portal.program["id"], key=key["id"], why="stolen"
        )
        found = portal.verify(token)
        assert (found["state"], found["reason"], found["program"]) == (
            "compromised",
            "stolen",
            "Sample Program",
        )
        assert found["certificate"] is None
        assert portal.verify(portal.issue()[0]["token"])["state"] == "genuine"

    def test_keys_that_cannot_be_read_are_told_without_a_place(
        self, portal: Portal, keys_folder: Path
    ) -> None:
        token = portal.issue()[0]["token"]
        (keys_folder / f"{portal.program['id']}.json").write_text("{")
        [message] = refused(portal, "certificate_verify", certificate=token)
        assert str(keys_folder) not in message


ALLOWED = {
    "certificate_preview": {"editor", "admin"},
    "certificate_issue": {"editor", "admin"},
    "certificate_issue_list": {"editor", "admin"},
    "certificate_revoke": {"editor", "admin"},
    "certificate_verify": {"anonymous", "stranger", "editor", "admin"},
    "program_key_list": {"editor", "admin"},
    "program_key_rotate": {"admin"},
    "program_key_compromise": {"admin"},
}


@pytest.mark.parametrize("action", ALLOWED)
def test_who_may_do_what(portal: Portal, action: str) -> None:
    portal.call("program_key_rotate", portal.admin, id=portal.program["id"])
    key = portal.call("program_key_list", id=portal.program["id"])[0]["id"]
    users = {"anonymous": "", "stranger": portal.stranger, "editor": portal.editor, "admin": portal.admin}
    number = "7Q2ZK-0M4TD-XW9AB-3NRPE-51HGVC"
    values = {
        "id": portal.program["id"] if "key" in action else portal.series["id"],
        "uploads": portal.files(),
        **({"key": key, "why": "lost"} if action.endswith("compromise") else {}),
        **({"certificate": "x"} if action.endswith("verify") else {}),
    }
    if action.endswith("revoke"):
        values = {"organization_id": portal.program["id"], "certificates": number, "reason": "error"}
    if "key" in action:
        del values["uploads"]
    allowed = set()
    for role, user in users.items():
        try:
            portal.call(action, user, **values)
            allowed.add(role)
        except tk.NotAuthorized:
            pass
    assert allowed == ALLOWED[action]


def database_text() -> str:
    """Return everything that stands in the database as one text."""
    model.Session.commit()
    connection = model.Session.connection()
    names = sa.inspect(connection).get_table_names()
    rows = [
        str(tuple(row)) for name in names for row in connection.execute(sa.text(f'SELECT * FROM "{name}"'))
    ]
    return "\n".join(rows)


def test_the_sample_names_are_those_of_the_files() -> None:
    assert len(ALWAYS) == len(PRINTED)
