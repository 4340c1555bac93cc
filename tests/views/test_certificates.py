"""The coordinator's page: files of all sessions in, a ZIP with certificates out, nothing kept."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any

import pypdf
import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories

from tests.certificates.portal import ALWAYS, Portal, keys_folder, portal, sheet

__all__ = ["keys_folder", "portal"]

pytestmark = pytest.mark.server

ADDRESS = "/webinar_series/practice-2021/certificates"


def headers(user: str) -> dict[str, str]:
    return {"Authorization": factories.APIToken(user=user)["token"]}


def files(*names: str, only: tuple[int, ...] = (1, 2, 3)) -> dict[str, Any]:
    return {
        f"file-practice-2021-{number}": (io.BytesIO(sheet(*(names or ALWAYS))), f"list-{number}.csv")
        for number in only
    }


def send(app: Any, portal: Portal, fields: dict[str, Any], **options: Any) -> Any:
    address = options.pop("address", ADDRESS)
    return app.post(
        address, data=fields, headers=headers(portal.editor), content_type="multipart/form-data", **options
    )


def page(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.body, "html.parser")


def test_it_is_for_editors_of_the_program(app: Any, portal: Portal) -> None:
    app.get(ADDRESS, status=403)
    app.get(ADDRESS, headers=headers(portal.stranger), status=403)
    assert app.get(ADDRESS, headers=headers(portal.editor)).status_code == 200
    app.get("/webinar_series/practice-2021-1/certificates", headers=headers(portal.editor), status=404)


def test_the_form_asks_for_the_files_of_each_session(app: Any, portal: Portal) -> None:
    found = page(app.get(ADDRESS, headers=headers(portal.editor)))
    assert [field["name"] for field in found.select("input[type=file]")] == [
        f"file-practice-2021-{number}" for number in (1, 2, 3)
    ]
    assert "all 3 sessions" in found.get_text()


def test_it_shows_who_has_earned_one(app: Any, portal: Portal) -> None:
    found = page(send(app, portal, files()))
    assert [field["value"] for field in found.select(".ogb-earner input[type=text]")] == [
        "Ana María Quetzalrio",
        "Ix Ch’el Quetzalrio",
        "Luis Quetzalrio",
        "王小明",
    ]
    assert "4 certificates for 4 people who attended." in found.get_text()


def test_missing_files_are_told_in_words(app: Any, portal: Portal) -> None:
    found = page(send(app, portal, files(only=(1, 2)), address="/es" + ADDRESS))
    assert "La serie tiene 3 sesiones, y hay archivos de 2." in " ".join(found.get_text().split())
    assert not found.select("button[data-download]")


def test_a_letter_without_font_is_told(app: Any, portal: Portal) -> None:
    found = page(send(app, portal, files("Ana \U000e1234 Ejemplo")))
    assert "no font for these letters" in found.select(".ogb-look-at")[0].get_text()


def test_the_download_holds_a_pdf_for_each_and_the_list(app: Any, portal: Portal) -> None:
    key = page(send(app, portal, files())).select_one(".ogb-earner input[type=text]")
    assert key is not None
    fields = {**files(), "step": "download", "language": "es", str(key["name"]): "Ana Q. Corregida"}
    answer = send(app, portal, fields)
    assert answer.headers["Content-Type"] == "application/zip"
    assert 'filename="certificates-practice-2021.zip"' in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    rows = list(csv.DictReader(io.StringIO(archive.read("certificates.csv").decode("utf-8-sig"))))
    assert len(rows) == 4
    assert rows[0]["Name"] == "Ana Q. Corregida"
    text = " ".join(
        pypdf.PdfReader(io.BytesIO(archive.read(rows[0]["File"]))).pages[0].extract_text().split()
    )
    assert "Certificado de asistencia" in text
    assert rows[0]["Certificate"] in text
    assert "/es/verify" in text
    [link] = [
        annotation.get_object()["/A"]["/URI"]
        for annotation in pypdf.PdfReader(io.BytesIO(archive.read(rows[0]["File"]))).pages[0]["/Annots"]
    ]
    assert "auténtico" in app.post("/es/verify", data={"certificate": link}).body


def test_nobody_and_nothing_is_no_download(app: Any, portal: Portal) -> None:
    for fields in (files(only=(1,)), {}):
        answer = send(app, portal, {**fields, "step": "download"}, status=400)
        assert page(answer).select(".alert-danger")


def test_certificates_are_revoked_here(app: Any, portal: Portal) -> None:
    issued = portal.issue()
    fields = {
        "step": "revoke",
        "certificates": f"x,{issued[0]['id']}\ny,{issued[1]['id']}",
        "reason": "error",
    }
    assert "2 certificates are revoked now." in send(app, portal, fields).body
    assert portal.verify(issued[0]["token"])["state"] == "revoked"
    wrong = send(app, portal, {**fields, "certificates": "none"}, status=400)
    assert "No certificate number is in this text." in wrong.body


def test_what_is_kept_is_said(app: Any, portal: Portal) -> None:
    portal.issue()
    text = page(app.get(ADDRESS, headers=headers(portal.editor))).get_text()
    assert "a number that is not kept" in text


def test_a_thousand_names_can_be_corrected_at_once(app: Any, portal: Portal) -> None:
    fields = {f"name.list-1.csv:{number}": "Somebody Else" for number in range(3000)}
    answer = send(app, portal, {**files(), **fields})
    assert answer.status_code == 200


def test_no_answer_is_stored_and_nothing_is_in_a_session(app: Any, portal: Portal) -> None:
    answer = send(app, portal, files())
    assert "no-store" in answer.headers["Cache-Control"]
    assert "public" not in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Quetzalrio" not in str(answer.headers)
    # The next page knows nothing of it.
    assert not re.search("Quetzalrio|王小明", app.get(ADDRESS, headers=headers(portal.editor)).body)


@pytest.mark.parametrize("address", [ADDRESS, "/webinar_series/practice-2021/participants"])
def test_forms_answer_in_the_language_in_which_they_are_shown(app: Any, portal: Portal, address: str) -> None:
    shown = page(app.get(f"/es{address}", headers=headers(portal.editor)))

    forms = shown.select("article form[method=post], form#attendance, form#certificates")
    assert forms
    assert {form["action"].split("#")[0] for form in forms} == {f"/es{address}"}
