"""The sample answers of docs/api.md about participant figures and uploads are those of the portal."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from ckanext.opengovbelize.logic.attendance.uploads import Upload
from ckanext.opengovbelize.sources import uploads

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
DOCUMENTED = {
    action: json.loads(answer)
    for action, answer in re.findall(
        r"<!-- answer: (\w+) -->\n```json\n(.*?)```", (ROOT / "docs" / "api.md").read_text("utf-8"), re.DOTALL
    )
}


def agrees(documented: Any, answer: Any) -> bool:
    """Tell whether everything that a sample says is in the answer; it may leave things out, ``…`` is anything."""
    if documented == "…":
        return True
    if isinstance(documented, dict):
        return isinstance(answer, dict) and all(
            name in answer and agrees(value, answer[name]) for name, value in documented.items()
        )
    if isinstance(documented, list):
        return isinstance(answer, list) and all(
            any(agrees(one, other) for other in answer) for one in documented
        )
    return documented == answer


@pytest.fixture
def editor(organization: dict[str, Any]) -> str:
    series = factories.Dataset(
        type="webinar_series", name="sample-2021", owner_org=organization["id"], publication_state="released"
    )
    for number, title in ((1, "Publishing the first dataset"), (3, "Escribir un compromiso")):
        factories.Dataset(
            type="webinar",
            name=f"sample-2021-{number}",
            title=title,
            in_series=[series["id"]],
            session_number=number,
            mode="hybrid",
            start=f"2021-05-0{number}T10:30:00-06:00",
            owner_org=organization["id"],
            invented=True,
            publication_state="released",
        )
    user = factories.User()["name"]
    tk.get_action("organization_member_create")(
        {"ignore_auth": True, "user": user},
        {"id": organization["id"], "username": user, "role": "editor"},
    )
    return user


def call(action: str, user: str = "", **values: Any) -> Any:
    return json.loads(json.dumps(tk.get_action(action)({"user": user}, values)))


def test_answers_about_published_figures(run_json: Any, editor: str) -> None:
    assert run_json(SAMPLES / "figures")[0] == 0
    name = "sample-2021-1-participants"
    resource = next(row["id"] for row in call("package_show", id=name)["resources"])

    wanted = {"dimension_1": "sector", "category_1": ["education", "media"], "mode": "_T"}
    answers = {
        "datastore_search": call("datastore_search", resource_id=resource, filters=wanted, limit=2),
        "opengovbelize_statistics_release_list": call("opengovbelize_statistics_release_list", id=name),
        "opengovbelize_statistics_release_show": call(
            "opengovbelize_statistics_release_show", id=name, release=1
        ),
    }

    for action, answer in answers.items():
        assert agrees(DOCUMENTED[action], answer), action


def test_answers_about_files_of_attendance(editor: str) -> None:
    sheet = SAMPLES / "formats" / "attendance-sign-in.csv"
    large = "\n".join(["Name,Sector", *(f"Person {number},Government" for number in range(40))]).encode()

    def preview(data: bytes) -> Any:
        return call(
            "opengovbelize_attendance_preview",
            editor,
            id="sample-2021-3",
            dimensions=["sector"],
            uploads=[Upload("", sheet.name, data)],
        )

    small = preview(sheet.read_bytes())
    done = call("opengovbelize_attendance_publish", editor, id="sample-2021-3", token=preview(large)["token"])

    assert agrees(DOCUMENTED["opengovbelize_attendance_preview"], small)
    assert agrees(DOCUMENTED["opengovbelize_attendance_publish"], done)


def test_the_answer_about_uploaded_records(editor: str, organization: dict[str, Any]) -> None:
    record = SAMPLES / "formats" / "session-record.md"

    answer = call(
        "opengovbelize_record_preview",
        editor,
        owner_org=organization["name"],
        uploads=[uploads.Upload(record.name, record.read_bytes())],
    )

    assert agrees(DOCUMENTED["opengovbelize_record_preview"], answer)


def test_the_answer_about_a_certificate() -> None:
    answer = call("opengovbelize_certificate_verify", certificate="not a certificate")

    assert answer == DOCUMENTED["opengovbelize_certificate_verify"]
