"""The page on which anybody checks a certificate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan.config.middleware.flask_app import csrf

from tests.certificates.portal import Portal, keys_folder, portal

__all__ = ["keys_folder", "portal"]

pytestmark = pytest.mark.server


def check(app: Any, text: str, address: str = "/verify", **options: Any) -> Any:
    return app.post(address, data={"certificate": text}, **options)


def verdict(answer: Any) -> str:
    found = BeautifulSoup(answer.body, "html.parser").select_one(".ogb-verdict")
    return found.get_text(" ", strip=True) if found else ""


def test_a_genuine_certificate_says_what_it_says(app: Any, portal: Portal) -> None:
    issued = portal.issue()[0]
    answer = check(app, f"https://data.example.org/verify#{issued['token']}")
    for part in (
        "This certificate is genuine",
        issued["name"],
        "Practice in the open",
        "3 of 3 sessions",
        issued["id"],
    ):
        assert part in verdict(answer), part


def test_in_spanish(app: Any, portal: Portal) -> None:
    answer = check(app, portal.issue(language="es")[0]["token"], "/es/verify")
    assert "Este certificado es auténtico" in verdict(answer)
    assert "3 de 3 sesiones" in verdict(answer)


def test_a_name_is_text(app: Any, portal: Portal) -> None:
    uploads = portal.files("<script>alert</script> O'Sample & Co")
    answer = check(app, portal.issue(uploads=uploads)[0]["token"])
    page = BeautifulSoup(answer.body, "html.parser")
    name = page.select_one(".ogb-says dd")
    assert name is not None
    assert name["dir"] == "auto"
    assert name.get_text() == "<script>alert</script> O'Sample & Co"
    assert not [script for script in page.find_all("script") if script.get_text() == "alert"]


def test_revoked_and_compromised_say_since_when_and_why(app: Any, portal: Portal) -> None:
    issued = portal.issue()[0]
    portal.call(
        "certificate_revoke",
        organization_id=portal.program["id"],
        certificates=issued["id"],
        reason="replaced",
    )
    told = verdict(check(app, issued["token"]))
    assert "was revoked" in told
    assert "A newer certificate replaces it." in told
    assert "not valid since" in told

    key = portal.call("program_key_list", id=portal.program["id"])[0]["id"]
    portal.call("program_key_compromise", portal.admin, id=portal.program["id"], key=key, why="stolen")
    told = verdict(check(app, issued["token"]))
    assert "came into other hands" in told
    assert "Sample Program declared so" in told
    assert issued["name"] not in told


@pytest.mark.parametrize("text", ["nonsense", "a.b.c", "<b>.x.y", "x" * 7000, "é" * 3000])
def test_everything_else_gets_one_and_the_same_answer(app: Any, portal: Portal, text: str) -> None:
    token = portal.issue()[0]["token"]
    altered = token[:-9] + ("A" if token[-9] != "A" else "B") + token[-8:]
    assert verdict(check(app, text)) == verdict(check(app, altered)) != ""


def test_a_huge_body_is_refused_before_it_is_read(app: Any, portal: Portal) -> None:
    answer = check(app, "x" * 100_000, status=413)
    assert "not a genuine certificate" in verdict(answer)


def test_an_empty_field_says_what_to_do(app: Any, portal: Portal) -> None:
    assert "Paste the certificate first." in check(app, "  ", status=400).body


def test_keys_that_cannot_be_read_are_no_verdict(app: Any, portal: Portal, keys_folder: Path) -> None:
    token = portal.issue()[0]["token"]
    (keys_folder / f"{portal.program['id']}.json").write_text("{")
    told = verdict(check(app, token, status=503))
    assert "cannot be checked at the moment" in told
    assert "genuine" not in told


class TestNothingIsKept:
    @pytest.mark.parametrize("case", ["form", "genuine", "forged", "empty", "huge"])
    def test_no_answer_is_stored_anywhere(self, app: Any, portal: Portal, case: str) -> None:
        answers = {
            "form": lambda: app.get("/verify"),
            "genuine": lambda: check(app, portal.issue()[0]["token"]),
            "forged": lambda: check(app, "a.b.c"),
            "empty": lambda: check(app, "", status=400),
            "huge": lambda: check(app, "x" * 100_000, status=413),
        }
        answer = answers[case]()
        assert "no-store" in answer.headers["Cache-Control"]
        assert "public" not in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in answer.headers
        robots = BeautifulSoup(answer.body, "html.parser").select_one("meta[name=robots]")
        assert robots is not None
        assert robots["content"] == "noindex"

    def test_it_needs_no_cookie_and_no_token_of_a_form(
        self, app: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with app.flask_app.test_request_context("/verify", method="POST"):
            assert csrf._is_exempt()
            # CKAN exempts, for as long as a process lives, whatever was once called with an API token:
            # no other address shows reliably that exemption is the exception.
            monkeypatch.setattr(csrf, "_exempt_views", set())
            assert not csrf._is_exempt()

    def test_it_has_no_script_of_its_own_in_the_page(self, app: Any, portal: Portal) -> None:
        page = BeautifulSoup(app.get("/verify").body, "html.parser")
        main = page.select_one("article")
        assert main is not None
        assert not main.find_all("script", src=False)
        assert any("verify.js" in str(script.get("src")) for script in page.find_all("script"))

    def test_no_log_has_the_certificate_or_the_name(
        self, app: Any, portal: Portal, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("DEBUG")
        issued = portal.issue()[0]
        check(app, issued["token"])
        check(app, issued["token"][:-5])
        assert "Quetzalrio" not in caplog.text
        assert issued["token"].split(".")[1] not in caplog.text
