"""E-mail about runs, through CKAN's mailer to a real SMTP server on this machine."""

from __future__ import annotations

import email
import email.policy
import logging
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from aiosmtpd.controller import Controller
from ckan import model
from ckan.tests import helpers
from ckanext.opengovbelize.model import Run
from ckanext.opengovbelize.runs import letters

from .conftest import Portal, record

pytestmark = [pytest.mark.server]

OPERATOR, CONTACT = "portal@example.org", "records@example.org"
# An address in a record that cannot be published, and in the file's name.
PRIVATE = "private.person@example.net"


class Box:
    """What the server was given."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuses = False
        # What it answers instead of taking a letter to an address.
        self.answers: dict[str, str] = {}

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuses:
            return "451 Try again later"
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]
        return "250 OK"

    def to(self, address: str) -> list[str]:
        return [letter.get_content() for letter in self.letters if letter["To"] == address]


@pytest.fixture
def box(app: Any, monkeypatch: pytest.MonkeyPatch, ckan_config: Any) -> Iterator[Box]:
    box = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setitem(ckan_config, "smtp.server", f"127.0.0.1:{port}")
    monkeypatch.setitem(ckan_config, "smtp.starttls", False)
    monkeypatch.setitem(ckan_config, "smtp.mail_from", "portal@example.org")
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.report_emails", [OPERATOR])
    with app.flask_app.test_request_context():
        yield box
    server.stop()


def harvest(portal: Portal, source_id: str) -> str:
    """Run a source to its end, and return the id of its report."""
    return portal.run(source_id)["id"]


def test_operator_and_contact_are_told_of_rejections_once(portal: Portal, box: Box) -> None:
    portal.write("one.md", record(1))
    portal.write(f"broken {PRIVATE}.md", f"Nothing of a session, but {PRIVATE}")
    source_id = portal.source(contact=CONTACT)
    run_id = harvest(portal, source_id)
    assert letters.send().as_dict() == {"letters": 2, "runs": 1}
    assert letters.send().as_dict() == {"letters": 0, "runs": 0}

    (operator,), (contact,) = box.to(OPERATOR), box.to(CONTACT)
    report = helpers.call_action("opengovbelize_run_show", id=run_id)
    assert f"{report['counts']['added']} added" in operator
    assert f"{report['counts']['rejected']} rejected" in operator
    (rejected,) = [row for row in report["records"] if row["outcome"] == "rejected"]
    assert rejected["problems"][0]["message"] in " ".join(contact.split())
    for letter in (operator, contact):
        assert f"/opengovbelize/run/{run_id}" in letter
    assert not any(PRIVATE in letter.as_string() + letter.get_content() for letter in box.letters)

    # The same rejection in the next run is no news.
    harvest(portal, source_id)
    assert letters.send().as_dict() == {"letters": 0, "runs": 1}


def test_nobody_is_written_to_where_all_is_in_order(portal: Portal, box: Box) -> None:
    portal.write("one.md", record(1))
    harvest(portal, portal.source(contact=CONTACT))
    assert letters.send().as_dict() == {"letters": 0, "runs": 1}
    assert not box.letters


def test_a_source_that_cannot_be_read_is_told(portal: Portal, box: Box) -> None:
    harvest(portal, portal.source("file:/nowhere", contact=CONTACT))
    assert letters.send().letters == 2
    assert "not below a directory" in " ".join(box.to(CONTACT)[0].split())


def test_a_portal_in_spanish_writes_in_spanish(
    portal: Portal, box: Box, ckan_config: Any, monkeypatch: Any
) -> None:
    monkeypatch.setitem(ckan_config, "ckan.locale_default", "es")
    harvest(portal, portal.source("file:/nowhere", contact=CONTACT))
    letters.send()
    assert "no está en un directorio abierto a las fuentes" in " ".join(box.to(CONTACT)[0].split())


def test_what_the_mail_server_refuses_is_sent_later(portal: Portal, box: Box, caplog: Any) -> None:
    portal.write("broken.md", "")
    harvest(portal, portal.source(contact=CONTACT))
    box.refuses = True
    # What the form of a source was given is logged from INFO on, which the portal's logs leave out.
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        assert letters.send().as_dict() == {"letters": 0, "runs": 0}
        box.refuses = False
        assert letters.send().letters == 2
    assert "could not be sent" in caplog.text
    assert model.Session.query(Run.notified_at).scalar()
    # Of the mail server's own, which stands in this process, the portal knows nothing.
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    assert CONTACT not in "\n".join(ours)
    assert OPERATOR not in "\n".join(ours)


@pytest.mark.parametrize(
    ("answer", "later"), [("550 No such user", False), ("450 Try again later", True)], ids=["never", "later"]
)
def test_an_address_that_is_refused_holds_up_no_other_letter(
    portal: Portal, box: Box, answer: str, later: bool
) -> None:
    for name, contact in (("one", CONTACT), ("two", "others@example.org")):
        portal.write(f"{name}/broken.md", "")
        harvest(portal, portal.source((portal.folder / name).as_uri(), name, contact=contact))
    box.answers[CONTACT] = answer
    assert letters.send().as_dict() == {"letters": 3, "runs": 1 if later else 2}
    # Nothing is sent twice while one address is refused, and it gets its letter once it is not.
    assert letters.send().letters == 0
    box.answers.clear()
    assert letters.send().as_dict() == {"letters": int(later), "runs": int(later)}
    assert len(box.to(OPERATOR)) == 2 and len(box.to(CONTACT)) == int(later)


def test_an_address_that_is_refused_for_good_is_asked_once_while_another_is_put_off(
    portal: Portal, box: Box
) -> None:
    portal.write("broken.md", "")
    harvest(portal, portal.source(contact=CONTACT))
    box.answers |= {OPERATOR: "550 No such user", CONTACT: "450 Try again later"}
    assert letters.send().as_dict() == {"letters": 0, "runs": 0}
    box.answers.clear()
    assert letters.send().as_dict() == {"letters": 1, "runs": 1}
    assert (len(box.to(OPERATOR)), len(box.to(CONTACT))) == (0, 1)


def test_a_sender_that_was_forgotten_is_told_and_costs_no_letter(
    portal: Portal, box: Box, monkeypatch: Any, ckan_config: Any, caplog: Any
) -> None:
    portal.write("broken.md", "")
    harvest(portal, portal.source())
    portal.write("well/one.md", record(1))
    harvest(portal, portal.source((portal.folder / "well").as_uri(), "well-source"))
    # Loading CKAN's logging switches off the loggers that were there before.
    monkeypatch.setattr(letters.log, "disabled", False)
    with monkeypatch.context() as patch:
        patch.setitem(ckan_config, "smtp.mail_from", None)
        # What needs no letter waits for none.
        assert (letters.send().runs, letters.send().runs) == (1, 0)
    assert "smtp.mail_from" in caplog.text
    assert letters.send().letters == 1


def test_only_editors_see_the_contact(portal: Portal, box: Box, app: Any) -> None:
    portal.source(contact=CONTACT)
    for action in ("harvest_source_show", "package_show"):
        with pytest.raises(tk.NotAuthorized):
            helpers.call_action(action, {"user": "", "ignore_auth": False}, id="harbour-records")
        shown = helpers.call_action(
            action, {"user": portal.editor["name"], "ignore_auth": False}, id="harbour-records"
        )
        assert CONTACT in str(shown)
    found = helpers.call_action("package_search", {"user": "", "ignore_auth": False}, q="*:*")
    assert CONTACT not in str(found)


@pytest.mark.parametrize(
    "contact", ["nobody", "a@b", "a@example.org, b@example.org", "a@example.org\nBcc: b@example.org", 7]
)
def test_a_contact_is_one_address(portal: Portal, contact: Any) -> None:
    with pytest.raises(tk.ValidationError, match="one e-mail address"):
        portal.source(contact=contact)
