"""A coordinator previews participant figures and publishes them; nobody else does, and nothing is kept between."""

from __future__ import annotations

import io
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from ckanext.opengovbelize.catalogue import certificates
from ckanext.opengovbelize.logic.attendance.uploads import Upload
from freezegun import freeze_time
from werkzeug.datastructures import FileStorage

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

SECTORS = ("Government",) * 30 + ("Academia",) * 25 + ("Media",) * 2


def sheet(sectors: tuple[str, ...] = SECTORS, first: int = 0) -> bytes:
    """A sign-in sheet with so many people of these sectors."""
    lines = [
        f"Attendee {number},{sector},attendee{number}@example.org"
        for number, sector in enumerate(sectors, first)
    ]
    return "\n".join(["Name,Sector,Email", *lines]).encode()


@pytest.fixture
def program() -> dict[str, Any]:
    user = factories.User()
    return factories.Organization(users=[{"name": user["name"], "capacity": "editor"}]) | {
        "editor": user["name"]
    }


def session(program: dict[str, Any], number: int = 1, **values: Any) -> dict[str, Any]:
    defaults = {
        "type": "webinar",
        "name": f"practice-2021-{number}",
        "title": f"Practice {number}",
        "session_number": number,
        "start": "2021-03-04T10:30:00-06:00",
        "end": "2021-03-04T12:00:00-06:00",
        "mode": "in-person",
        "owner_org": program["id"],
        "publication_state": "released",
    }
    return factories.Dataset(**{**defaults, **values})


def series_with(program: dict[str, Any], sessions: int) -> dict[str, Any]:
    series = factories.Dataset(
        type="webinar_series",
        name="practice-2021",
        title="Practice",
        owner_org=program["id"],
        publication_state="released",
    )
    for number in range(1, sessions + 1):
        session(program, number, in_series=[series["id"]])
    return series


def preview(
    program: dict[str, Any], dataset: dict[str, Any], *files: Upload, **wanted: Any
) -> dict[str, Any]:
    values = {"id": dataset["id"], "uploads": list(files), **wanted}
    return tk.get_action("opengovbelize_attendance_preview")({"user": program["editor"]}, values)


def publish(program: dict[str, Any], dataset: dict[str, Any], token: str, **wanted: Any) -> dict[str, Any]:
    values = {"id": dataset["id"], "token": token, **wanted}
    return tk.get_action("opengovbelize_attendance_publish")({"user": program["editor"]}, values)


def sector_table(answer: dict[str, Any]) -> dict[str, Any]:
    return {
        row["category_1"]: row["value"]
        for row in answer["tables"]
        if row["dimension_1"] == "sector" and row["mode"] == "_T"
    }


def test_a_preview_tells_what_would_be_published_and_writes_nothing(program: dict[str, Any]) -> None:
    webinar = session(program)
    before = model.Session.query(model.Package).count()

    answer = preview(program, webinar, Upload("", "sheet.csv", sheet()))

    assert answer["files"][0]["counts"]["unique_attendees"] == 57
    assert sector_table(answer)["public-service"] == 30
    assert sector_table(answer)["media"] is None
    assert answer["token"]
    assert model.Session.query(model.Package).count() == before


def test_what_was_previewed_is_published(program: dict[str, Any]) -> None:
    webinar = session(program)
    answer = preview(program, webinar, Upload("", "sheet.csv", sheet()))

    done = publish(program, webinar, answer["token"])

    assert (done["name"], done["release"]) == ("practice-2021-1-participants", 1)
    shown = tk.get_action("package_show")({"user": ""}, {"id": done["name"]})
    resource = next(row["id"] for row in shown["resources"] if row["datastore_active"])
    found = tk.get_action("datastore_search")(
        {"user": ""}, {"resource_id": resource, "filters": {"dimension_1": "sector"}, "limit": 100}
    )
    values = {
        row["category_1"]: (row["value"], row["status"]) for row in found["records"] if row["mode"] == "_T"
    }
    assert values["public-service"] == (30, "A")
    assert values["media"] == (None, "Q")


def test_figures_of_an_evening_are_of_that_day_where_the_program_is(program: dict[str, Any]) -> None:
    webinar = session(program)
    with freeze_time("2021-05-02 03:00"):
        answer = preview(program, webinar, Upload("", "sheet.csv", sheet()))
        done = publish(program, webinar, answer["token"])

    shown = tk.get_action("package_show")({"user": ""}, {"id": done["name"]})
    releases = tk.get_action("opengovbelize_statistics_release_list")({"user": ""}, {"id": done["name"]})
    assert (shown["released"], releases[0]["released"]) == ("2021-05-01", "2021-05-01")


def test_the_token_holds_no_figure_that_is_withheld(program: dict[str, Any]) -> None:
    from ckanext.opengovbelize.logic.attendance import signing

    webinar = session(program)
    answer = preview(program, webinar, Upload("", "sheet.csv", sheet()))

    opened = signing.open_(answer["token"], model.User.get(program["editor"]).id)

    assert any(row.status == "Q" for row in opened.rows)
    assert all(row.value is None for row in opened.rows if row.status != "A")


def test_a_token_is_refused_when_it_is_old_altered_foreign_or_for_another_webinar(
    program: dict[str, Any],
) -> None:
    webinar, other = session(program), session(program, 2)
    with freeze_time("2021-05-01 10:00"):
        old = preview(program, webinar, Upload("", "sheet.csv", sheet()))["token"]
    token = preview(program, webinar, Upload("", "sheet.csv", sheet()))["token"]
    colleague = factories.User()["name"]
    tk.get_action("organization_member_create")(
        {"ignore_auth": True, "user": program["editor"]},
        {"id": program["id"], "username": colleague, "role": "editor"},
    )

    for who, about, sent in (
        (program["editor"], webinar, old),
        (program["editor"], webinar, token[:-2] + "xx"),
        (program["editor"], webinar, ""),
        (program["editor"], other, token),
        (colleague, webinar, token),
    ):
        with pytest.raises(tk.ValidationError) as refused:
            publish({"editor": who}, about, sent)
        assert "token" in refused.value.error_dict


def test_a_preview_is_void_once_other_figures_came(program: dict[str, Any]) -> None:
    webinar = session(program)
    first = preview(program, webinar, Upload("", "sheet.csv", sheet()))["token"]
    second = preview(program, webinar, Upload("", "sheet.csv", sheet(SECTORS + ("Government",) * 20)))[
        "token"
    ]
    publish(program, webinar, first)

    with pytest.raises(tk.ValidationError) as refused:
        publish(program, webinar, second)

    assert "published meanwhile" in str(refused.value.error_dict)


def test_only_editors_of_the_program_preview_and_publish(program: dict[str, Any]) -> None:
    webinar = session(program)
    token = preview(program, webinar, Upload("", "sheet.csv", sheet()))["token"]
    stranger = factories.Organization(
        users=[{"name": (other := factories.User()["name"]), "capacity": "admin"}]
    )

    assert stranger["id"] != program["id"]
    for user in (other, ""):
        with pytest.raises(tk.NotAuthorized):
            preview({"editor": user}, webinar, Upload("", "sheet.csv", sheet()))
        with pytest.raises(tk.NotAuthorized):
            publish({"editor": user}, webinar, token)


def test_a_correction_of_a_few_people_leaves_the_breakdown_at_its_release(program: dict[str, Any]) -> None:
    webinar = session(program)
    publish(program, webinar, preview(program, webinar, Upload("", "sheet.csv", sheet()))["token"])

    answer = preview(program, webinar, Upload("", "sheet.csv", sheet((*SECTORS, "Government"))))
    done = publish(program, webinar, answer["token"])

    assert {one["code"] for one in answer["refusals"]} == {"too-close"}
    shown = tk.get_action("package_show")({"user": ""}, {"id": done["name"]})
    resource = next(row["id"] for row in shown["resources"] if row["datastore_active"])
    found = tk.get_action("datastore_search")({"user": ""}, {"resource_id": resource, "limit": 200})
    total = next(
        row
        for row in found["records"]
        if not row["dimension_1"] and row["mode"] == "_T" and row["measure"] == "attended"
    )
    of_sector = [row for row in found["records"] if row["dimension_1"] == "sector"]
    assert (total["value"], total["release"]) == (58, 2)
    assert {row["release"] for row in of_sector} == {1}


def test_a_series_is_published_as_a_whole_when_all_files_are_there(program: dict[str, Any]) -> None:
    series = series_with(program, 2)
    first, second = Upload("practice-2021-1", "1.csv", sheet()), Upload("2", "2.csv", sheet(first=20))

    part = preview(program, series, first)
    whole = preview(program, series, first, second)

    totals = {
        row["measure"]: row["value"]
        for row in whole["tables"]
        if row["session"] == "_T" and not row["dimension_1"] and row["mode"] == "_T"
    }
    assert not any(row["session"] == "_T" for row in part["tables"])
    assert (totals["attendances"], totals["participants"]) == (114, 77)
    assert publish(program, series, whole["token"])["name"] == "practice-2021-participants"


def test_speakers_of_the_webinar_are_no_participants(program: dict[str, Any]) -> None:
    webinar = session(program, people=[{"role": "speaker", "name": "Attendee 3"}])

    answer = preview(program, webinar, Upload("", "sheet.csv", sheet()))

    assert next(row["value"] for row in answer["tables"] if row["measure"] == "attended") == 56


def test_files_arrive_through_the_api_too(program: dict[str, Any]) -> None:
    webinar = session(program)
    sent = FileStorage(io.BytesIO(sheet()), "sheet.csv")

    answer = tk.get_action("opengovbelize_attendance_preview")(
        {"user": program["editor"]}, {"id": webinar["name"], "file": sent, "dimensions": ["sector"]}
    )

    assert sector_table(answer)["public-service"] == 30
    assert not any(row["dimension_1"] == "gender" for row in answer["tables"])


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"dimensions": ["shoe size"]}, "dimensions"),
        ({"same": ["nonsense"]}, "same"),
        ({"crossings": ["sector"]}, "dimensions"),
    ],
)
def test_what_cannot_be_is_told(program: dict[str, Any], wanted: dict[str, Any], field: str) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        preview(program, session(program), Upload("", "sheet.csv", sheet()), **wanted)

    assert field in refused.value.error_dict


def test_no_file_is_told() -> None:
    user = factories.User()["name"]
    organization = factories.Organization(users=[{"name": user, "capacity": "editor"}])
    webinar = session(organization)

    with pytest.raises(tk.ValidationError, match="Choose the attendance files"):
        preview({"editor": user}, webinar)


class TestCertificates:
    """How many certificates a series has is one of its figures."""

    def row(self, program: dict[str, Any], series: dict[str, Any], issued: int) -> dict[str, Any]:
        certificates.note_issue(series["id"], issued, 10, user_id="")
        files = [Upload(str(number), f"sheet{number}.csv", sheet()) for number in (1, 2)]
        answer = preview(program, series, *files)
        return next(row for row in answer["tables"] if row["measure"] == "certificates")

    def test_their_number_is_published_with_the_series(self, program: dict[str, Any]) -> None:
        row = self.row(program, series_with(program, 2), 40)

        assert (row["session"], row["value"], row["status"]) == ("_T", 40, "A")

    def test_it_is_withheld_where_a_few_people_have_none(self, program: dict[str, Any]) -> None:
        assert self.row(program, series_with(program, 2), 56)["status"] == "Q"
