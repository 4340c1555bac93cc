"""An editor sends records from her computer: she sees what would change, and publishes what she saw."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan.tests import factories
from ckanext.opengovbelize.model import Doubt, LedgerEntry, Run, RunRecord
from ckanext.opengovbelize.runs import uploads as uploading
from ckanext.opengovbelize.sources.uploads import Upload
from freezegun import freeze_time

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

RECORD = """# Lighthouse Open Government Webinars

Series: Lighthouse series

## Webinar {number}: {title}

**Objective:** {introduction}

**Date:** {day}, 10:30 AM - 12:00 PM (Belize time)

**Facilitated by:** Rosa Muster, Lagoon Institute
"""
UNNUMBERED = """# {title}

**Objective:** {introduction}

**Date:** {day}, 10:30 AM - 12:00 PM (Belize time)

**Venue:** {venue}
"""
CHAT = """\
10:41:03 From Pablo Anyone to Everyone: May a village council see what the ministry spent in its area?
10:42:10 From Rosa Muster to Everyone: Yes, ask for the annex by village.
"""
THURSDAY, FRIDAY = "Thursday 13 February 2025", "Friday 14 February 2025"
ATTENDANCE = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n" + "".join(
    f"Visitor {number},visitor{number}@example.org,02/13/2025 10:28:00 AM,02/13/2025 11:58:00 AM,90,Yes\n"
    for number in range(5)
)


def record(
    number: int = 1,
    title: str = "How a plan is made",
    introduction: str = "An invented session.",
    day: str = THURSDAY,
) -> str:
    return RECORD.format(number=number, title=title, introduction=introduction, day=day)


def unnumbered(
    title: str, introduction: str = "An invented talk.", venue: str = "Lighthouse Hall, Belize City"
) -> str:
    return UNNUMBERED.format(title=title, introduction=introduction, day=THURSDAY, venue=venue)


@pytest.fixture
def program() -> dict[str, Any]:
    return organization()


def organization() -> dict[str, Any]:
    user = factories.User()
    made = factories.Organization(users=[{"name": user["name"], "capacity": "editor"}])
    return made | {"editor": user["name"]}


def show(program: dict[str, Any], *files: tuple[str, str | bytes], **said: Any) -> dict[str, Any]:
    uploads = [Upload(name, text.encode() if isinstance(text, str) else text) for name, text in files]
    values = {"owner_org": program["name"], "uploads": uploads, **said}
    return tk.get_action("opengovbelize_record_preview")({"user": program["editor"]}, values)


def publish(program: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    values = {"owner_org": program["name"], "token": answer["token"]}
    return tk.get_action("opengovbelize_record_import")({"user": program["editor"]}, values)


def send(program: dict[str, Any], *files: tuple[str, str | bytes], **said: Any) -> dict[str, Any]:
    return publish(program, show(program, *files, **said))


def outcomes(answer: dict[str, Any]) -> dict[str, str]:
    return {row["label"].partition(",")[0]: row["outcome"] for row in answer["records"]}


def codes(answer: dict[str, Any]) -> list[str]:
    return [problem["code"] for row in answer["records"] for problem in row["problems"]]


def webinar(name: str) -> dict[str, Any]:
    return tk.get_action("package_show")({"user": ""}, {"id": name})


def webinars() -> list[str]:
    query = model.Session.query(model.Package.name).filter_by(type="webinar", state="active")
    return sorted(name for (name,) in query)


def zipped(files: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def rows() -> dict[str, int]:
    names = ("package", "activity", "opengovbelize_ledger", "opengovbelize_run", "opengovbelize_doubt")
    return {
        name: model.Session.execute(sa.text(f"SELECT count(*) FROM {name}")).scalar() or 0 for name in names
    }


def test_a_preview_tells_what_would_be_published_and_writes_nothing(program: dict[str, Any]) -> None:
    before = rows()

    answer = show(program, ("Webinar.md", record()))

    assert answer["counts"]["added"] == 1
    assert answer["records"][0]["fields"]["title"] == "How a plan is made"
    assert answer["token"]
    assert rows() == before


def test_what_was_shown_is_published_and_reported(program: dict[str, Any]) -> None:
    report = send(program, ("Webinar.md", record()))

    assert (outcomes(report), report["finished_at"] is not None) == ({"Webinar.md": "added"}, True)
    shown = webinar(report["records"][0]["name"])
    assert shown["title"] == "How a plan is made"
    assert [row["title"] for row in shown["sources"]] == ["Uploaded records"]
    runs = tk.get_action("opengovbelize_run_list")(
        {"user": program["editor"]}, {"source_id": report["source_id"]}
    )
    assert [run["id"] for run in runs] == [report["id"]]
    assert {row.trust for row in model.Session.query(LedgerEntry)} == {60}


def test_the_same_file_again_is_unchanged_under_any_name(program: dict[str, Any]) -> None:
    send(program, ("Webinar.md", record()))

    again = show(program, ("copy of the record.md", record()))

    assert outcomes(again) == {"copy of the record.md": "unchanged"}
    assert again["token"] == ""


@pytest.mark.parametrize("text", [record, lambda **said: unnumbered("How a plan is made", **said)])
def test_a_corrected_file_under_another_name_updates_the_same_webinar(
    program: dict[str, Any], text: Any
) -> None:
    send(program, ("Webinar.md", text(introduction="An inventd session.")))

    answer = show(program, ("Webinar final (2).md", text(introduction="An invented session, corrected.")))

    assert outcomes(answer) == {"Webinar final (2).md": "updated"}
    change = next(row for row in answer["records"][0]["changes"] if row["field"] == "objective")
    assert (change["old"], change["new"]) == ("An inventd session.", "An invented session, corrected.")
    publish(program, answer)
    assert len(webinars()) == 1
    assert webinar(webinars()[0])["objective"] == "An invented session, corrected."


def test_two_records_under_one_file_name_are_two_webinars(program: dict[str, Any]) -> None:
    send(program, ("Webinar.docx.md", record(1)))

    report = send(program, ("Webinar.docx.md", record(2, "Who reads a plan", day=FRIDAY)))

    assert outcomes(report) == {"Webinar.docx.md": "added"}
    assert len(webinars()) == 2
    assert (
        send(program, ("Webinar.md", unnumbered("A talk")), ("Webinar.md", unnumbered("Budgets explained")))[
            "counts"
        ]["added"]
        == 2
    )


def test_nothing_is_withdrawn_because_an_upload_lacks_it(program: dict[str, Any]) -> None:
    send(program, ("1.md", record(1)), ("2.md", record(2, "Who reads a plan", day=FRIDAY)))

    report = send(program, ("1.md", record(1, introduction="Another text.")))

    assert (report["counts"]["updated"], report["counts"]["withdrawn"], report["problems"]) == (1, 0, [])
    assert len(webinars()) == 2


def test_a_record_and_its_chat_come_together_and_each_may_come_again_alone(program: dict[str, Any]) -> None:
    report = send(program, ("webinar-1.md", record()), ("webinar-1_chat.txt", CHAT))
    assert outcomes(report) == {"webinar-1.md": "added", "webinar-1_chat.txt": "updated"}
    name = webinars()[0]
    said = webinar(name)["questions"]
    assert [row["answer"] for row in said] == ["Yes, ask for the annex by village."]

    send(program, ("webinar-1.md", record(introduction="Another text.")))
    assert (webinar(name)["questions"], webinar(name)["objective"]) == (said, "Another text.")

    longer = CHAT + "10:45:10 From Pablo Anyone to Everyone: Who may read the plan of the ministry?\n"
    report = send(program, ("chat.txt", longer), series="Lighthouse series", session=1)
    assert outcomes(report) == {"chat.txt": "updated"}
    assert (len(webinar(name)["questions"]), webinar(name)["objective"]) == (2, "Another text.")


def test_the_files_of_a_zip_are_taken_one_by_one(program: dict[str, Any]) -> None:
    files = {
        "a/webinar-1.md": record(),
        "a/webinar-1_chat.txt": CHAT,
        "b/broken.docx": "PK\x03\x04 no",
        "a.png": "x",
    }

    report = send(
        program, ("records.zip", zipped(files)), ("2.md", record(2, "Who reads a plan", day=FRIDAY))
    )

    assert report["counts"] | {"withdrawn": 0} == {
        "added": 2, "updated": 1, "unchanged": 0, "withdrawn": 0, "rejected": 1,
    }  # fmt: skip
    assert [problem["code"] for problem in report["problems"]] == ["file-skipped"]


def test_a_broken_zip_costs_no_other_file(program: dict[str, Any]) -> None:
    answer = show(program, ("all.zip", b"PK\x03\x04" + b"x" * 100), ("1.md", record()))

    assert outcomes(answer) == {"all.zip": "rejected", "1.md": "added"}


def test_two_files_of_one_session_are_not_both_taken(program: dict[str, Any]) -> None:
    answer = show(program, ("a.md", record()), ("b.md", record(introduction="Another text.")))

    assert outcomes(answer) == {"a.md": "added", "b.md": "rejected"}
    assert "session-twice" in codes(answer)


def test_what_may_be_the_same_session_waits_for_an_editor_and_is_sent_again(program: dict[str, Any]) -> None:
    send(program, ("talk.md", unnumbered("Reading the public budget")))
    corrected = ("talk.md", unnumbered("Reading a public budget"))

    answer = show(program, corrected)
    assert (outcomes(answer), rows()["opengovbelize_doubt"]) == ({"talk.md": "rejected"}, 0)
    assert outcomes(publish(program, answer)) == {"talk.md": "rejected"}
    doubt = model.Session.query(Doubt).one()
    tk.get_action("opengovbelize_doubt_decide")(
        {"user": program["editor"]}, {"id": doubt.id, "decision": "same"}
    )

    assert outcomes(send(program, corrected)) == {"talk.md": "updated"}
    assert [webinar(name)["title"] for name in webinars()] == ["Reading a public budget"]
    assert outcomes(show(program, corrected)) == {"talk.md": "unchanged"}


def test_sessions_side_by_side_that_come_together_are_two(program: dict[str, Any]) -> None:
    files = [(f"{word}.md", unnumbered(f"Workshop on {word}")) for word in ("maps", "budgets")]

    report = send(program, *files)

    assert report["counts"]["added"] == 2
    assert show(program, *files)["counts"]["unchanged"] == 2


def test_what_an_editor_changed_by_hand_is_told_and_kept(program: dict[str, Any]) -> None:
    name = send(program, ("1.md", record()))["records"][0]["name"]
    site_user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    tk.get_action("package_patch")({"user": site_user}, {"id": name, "objective": "By hand."})

    answer = show(program, ("1.md", record(introduction="From the file.")))

    change = next(row for row in answer["records"][0]["changes"] if row["field"] == "objective")
    assert (change["state"], change["old"], change["new"]) == ("locked", "By hand.", "From the file.")
    publish(program, answer)
    assert webinar(name)["objective"] == "By hand."


def test_a_plan_is_the_same_plan_under_another_file_name_and_another_name(program: dict[str, Any]) -> None:
    plan = (
        "plan:\n  title: Lagoon plan\n  start: 2020\n  end: 2022\n"
        "commitments:\n  - stage: final\n    number: 1\n    title: {title}\n"
    )
    report = send(program, ("plan.yaml", plan.format(title="Open budgets")))
    assert report["counts"]["added"] == 2

    assert show(program, ("other.yaml", plan.format(title="Open budgets")))["counts"]["unchanged"] == 2
    report = send(program, ("mended.yaml", plan.format(title="Open budgets for all")), plan="Lagoon plan")

    assert (report["counts"]["added"], report["counts"]["updated"]) == (0, 1)
    assert (
        model.Session.query(model.Package).filter_by(type="commitment").one().title == "Open budgets for all"
    )
    assert model.Session.query(LedgerEntry).count() == 2


def test_a_corrected_plan_is_the_same_plan_under_another_of_its_names(program: dict[str, Any]) -> None:
    table = "Title,Other names,Start,End,Description\n{},{},2020,2022,{}\n"
    send(program, ("plan.csv", table.format("Lagoon plan", "First plan", "Of the lagon.")))

    report = send(program, ("plan (2).csv", table.format("First plan", "Lagoon plan", "Of the lagoon.")))

    assert (report["counts"]["added"], report["counts"]["updated"]) == (0, 1)
    (plan,) = model.Session.query(model.Package).filter_by(type="action_plan")
    assert plan.notes == "Of the lagoon."
    assert model.Session.query(LedgerEntry).count() == 1


def test_an_attendance_report_is_refused_with_where_it_belongs(program: dict[str, Any]) -> None:
    answer = show(program, ("who.csv", ATTENDANCE))

    assert (outcomes(answer), codes(answer), answer["token"]) == (
        {"who.csv": "rejected"},
        ["attendance-report"],
        "",
    )
    assert "“Publish participant figures”" in answer["records"][0]["problems"][0]["message"]


def test_a_list_of_who_took_part_is_refused_with_where_it_belongs(program: dict[str, Any]) -> None:
    answer = show(program, ("sheet.csv", "Name,Sector,Email\nVisitor One,Media,one@example.org\n"))

    assert outcomes(answer) == {"sheet.csv": "rejected"}
    assert "“Publish participant figures”" in answer["records"][0]["problems"][0]["message"]
    assert "Visitor" not in json.dumps(answer)


def test_a_corrected_venue_is_no_second_session(program: dict[str, Any]) -> None:
    send(program, ("talk.md", unnumbered("A talk")))

    report = send(program, ("talk.md", unnumbered("A talk", venue="Reef House, Dangriga")))

    assert outcomes(report) == {"talk.md": "updated"}
    assert [webinar(name)["venue_name"] for name in webinars()] == ["Reef House"]


def test_a_number_that_went_to_another_session_by_hand_makes_a_new_one(program: dict[str, Any]) -> None:
    name = send(program, ("1.md", record(1)))["records"][0]["name"]
    site_user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    tk.get_action("package_patch")({"user": site_user}, {"id": name, "session_number": 7})

    report = send(program, ("1.md", record(1, "Who reads a plan", day=FRIDAY)))

    assert outcomes(report) == {"1.md": "added"}
    assert sorted(webinar(each)["title"] for each in webinars()) == ["How a plan is made", "Who reads a plan"]


@pytest.mark.parametrize(
    "name",
    [
        "\x00",
        "x" * 5000 + ".md",
        "<script>alert(1)</script>.md",
        "../../etc/passwd",
        "\udcff.md",
        "a\\b\\c.md",
    ],
)
def test_strange_names_of_files_cost_nothing(program: dict[str, Any], name: str) -> None:
    assert send(program, (name, record()))["counts"]["added"] == 1


def test_a_nul_in_the_name_of_an_organization_names_none(program: dict[str, Any]) -> None:
    with pytest.raises(tk.NotAuthorized):
        show({**program, "name": "\x00nobody"}, ("1.md", record()))


def test_a_nul_in_the_name_of_a_series_costs_no_record(program: dict[str, Any]) -> None:
    report = send(program, ("talk.md", unnumbered("A talk")), series="Reef\x00 series")

    assert outcomes(report) == {"talk.md": "added"}


@pytest.mark.parametrize("said", [{"series": "x" * 501}, {"session": "first"}, {"session": "-1"}])
def test_what_cannot_be_said_of_files_is_told(program: dict[str, Any], said: dict[str, str]) -> None:
    with pytest.raises(tk.ValidationError):
        show(program, ("1.md", record()), **said)


def test_tables_that_tell_the_same_twice_are_not_both_taken(program: dict[str, Any]) -> None:
    row = "Number,Title,Stage,Plan\n1,{title},final,Lagoon plan\n"
    plan = ("plan.csv", "Title,Start,End\nLagoon plan,2020,2022\n")

    answer = show(
        program, ("a.csv", row.format(title="Open budgets")), ("b.csv", row.format(title="Budgets")), plan
    )

    assert outcomes(answer) == {"plan.csv": "added", "a.csv": "added", "b.csv": "rejected"}
    assert "row-twice" in codes(answer)


def test_no_choice_too_many_records_and_an_unreadable_file_are_told_in_words(
    program: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        show(program)
    assert "Choose" in refused.value.error_dict["file"][0]  # pyright: ignore[reportIndexIssue, reportArgumentType]
    assert codes(show(program, ("empty.md", ""))) == ["file-empty"]

    monkeypatch.setitem(tk.config, "ckanext.opengovbelize.max_upload_records", 1)
    many = [("1.md", record(1)), ("2.md", record(2, "Who reads a plan", day=FRIDAY))]
    for files in (many, [("all.zip", zipped(dict(many)))]):
        with pytest.raises(tk.ValidationError) as refused:
            show(program, *files)
        assert "more than 1 records" in refused.value.error_dict["file"][0]  # pyright: ignore


def test_a_text_over_the_operators_limit_is_told_and_costs_itself_alone(
    program: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(tk.config, "ckanext.opengovbelize.max_record_characters", 1_000)
    long = record(2, "Who reads a plan", day=FRIDAY) + "\nA paragraph of a long report. " * 40

    answer = show(
        program, ("1.md", record()), ("2.md", long), ("1_chat.txt", CHAT * 8), ("1_captions.vtt", "WEBVTT\n")
    )

    assert outcomes(answer) | {"1_captions.vtt": ""} == {
        "1.md": "added", "2.md": "rejected", "1_chat.txt": "rejected", "1_captions.vtt": "",
    }  # fmt: skip
    assert codes(answer).count("text-too-long") == 2


def test_a_token_is_refused_when_it_is_old_altered_foreign_or_for_another_organization(
    program: dict[str, Any],
) -> None:
    with freeze_time("2025-05-01 10:00"):
        old = show(program, ("1.md", record()))["token"]
    token = show(program, ("1.md", record()))["token"]
    other = organization()
    colleague = factories.User()["name"]
    for where, who in ((program, colleague), (other, program["editor"])):
        tk.get_action("organization_member_create")(
            {"ignore_auth": True, "user": program["editor"]},
            {"id": where["id"], "username": who, "role": "editor"},
        )

    for who, where, sent in (
        (program["editor"], program, old),
        (program["editor"], program, token[:-2] + "xx"),
        (program["editor"], program, "no token"),
        (program["editor"], other, token),
        (colleague, program, token),
    ):
        with pytest.raises(tk.ValidationError) as refused:
            publish(where | {"editor": who}, {"token": sent})
        assert "token" in refused.value.error_dict
    assert webinars() == []


def test_what_was_shown_is_void_once_a_colleague_has_sent_the_same_record(program: dict[str, Any]) -> None:
    first = show(program, ("1.md", record(introduction="My text.")))
    send(program, ("1.md", record(introduction="A colleague's text.")))

    with pytest.raises(tk.ValidationError) as refused:
        publish(program, first)

    assert "meanwhile" in refused.value.error_dict["token"][0]  # pyright: ignore
    assert webinar(webinars()[0])["objective"] == "A colleague's text."


def test_of_two_who_publish_the_same_record_at_the_same_moment_one_is_refused(
    program: dict[str, Any],
) -> None:
    """Both had found that nothing was sent meanwhile, and the second took the place of the first, unseen."""
    tokens = [show(program, ("1.md", record(introduction=text))) for text in ("First text.", "Second text.")]

    with ThreadPoolExecutor(2) as pool:
        with model.meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
            # Nobody can publish for the organization until both are on their way.
            held = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
            connection.execute(held, {"key": f"opengovbelize {program['id']}"})
            both = [pool.submit(published_or_refused, program, token) for token in tokens]
            wait_for_two_that_are_held_up()
        told = [each.result(30) for each in both]

    assert sorted(told) == ["published", "refused"]
    assert webinar(webinars()[0])["objective"] == ("First text.", "Second text.")[told.index("published")]


def published_or_refused(program: dict[str, Any], answer: dict[str, Any]) -> str:
    try:
        publish(program, answer)
        return "published"
    except tk.ValidationError as error:
        assert "meanwhile" in error.error_dict["token"][0]  # pyright: ignore
        return "refused"
    finally:
        model.Session.remove()


def wait_for_two_that_are_held_up() -> None:
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with model.meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        while connection.execute(waiting).scalar() != 2:
            connection.rollback()


def test_what_a_colleague_publishes_while_a_preview_is_made_was_not_compared_with(
    program: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    gather = uploading.pipeline.gather

    def gather_slowly(*args: Any, **values: Any) -> Any:
        gathered = gather(*args, **values)
        monkeypatch.setattr(uploading.pipeline, "gather", gather)
        send(program, ("other.md", record(introduction="A colleague's text.")))
        return gathered

    monkeypatch.setattr(uploading.pipeline, "gather", gather_slowly)
    answer = show(program, ("1.md", record(introduction="First text.")))

    assert published_or_refused(program, answer) == "refused"
    assert webinar(webinars()[0])["objective"] == "A colleague's text."


def test_publishing_twice_changes_nothing_more(program: dict[str, Any]) -> None:
    answer = show(program, ("1.md", record()))
    publish(program, answer)

    assert publish(program, answer)["counts"]["unchanged"] == 1
    assert len(webinars()) == 1


@pytest.mark.parametrize("action", ["opengovbelize_record_preview", "opengovbelize_record_import"])
def test_visitors_members_and_editors_of_others_send_nothing(program: dict[str, Any], action: str) -> None:
    member = factories.User()["name"]
    tk.get_action("organization_member_create")(
        {"ignore_auth": True, "user": program["editor"]},
        {"id": program["id"], "username": member, "role": "member"},
    )
    token = show(program, ("1.md", record()))["token"]
    values = {"owner_org": program["name"], "uploads": [Upload("1.md", record().encode())], "token": token}

    for user in ("", member, organization()["editor"]):
        with pytest.raises(tk.NotAuthorized):
            tk.get_action(action)({"user": user}, dict(values))
    with pytest.raises(tk.NotAuthorized):
        tk.get_action(action)({"user": program["editor"]}, {**values, "owner_org": "nobody-at-all"})
    assert webinars() == []


@pytest.mark.parametrize("action", ["record_preview", "record_import", "source_preview"])
def test_a_system_administrator_is_told_that_there_is_no_such_organization(
    program: dict[str, Any], action: str
) -> None:
    """Who may do everything gets past the question who edits; a deleted organization is none either."""
    administrator = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    gone = factories.Organization(state="deleted")
    for organization in ("nobody", gone["name"]):
        values = {"owner_org": organization, "token": "x", "url": "https://example.org/1.md"}
        with pytest.raises(tk.ObjectNotFound, match="no such organization"):
            tk.get_action(f"opengovbelize_{action}")({"user": administrator}, values)


def test_nothing_private_is_in_preview_token_report_ledger_or_log(
    program: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="ckanext.opengovbelize")
    private = ("Quetzalina", "Zwergfeld", "quetzalina@example.net", "+501 622-0147")
    text = record(introduction="Ask Quetzalina Zwergfeld, quetzalina@example.net or +501 622-0147.")
    chat = "10:41:03 From Quetzalina Zwergfeld to Everyone: I am Quetzalina. Who may read it? +501 622-0147\n"
    files = [("notes of quetzalina@example.net.md", text), ("notes of quetzalina@example.net_chat.txt", chat)]

    answer = show(program, *files)
    report = publish(program, answer)

    from ckanext.opengovbelize.logic import signing

    token = signing.open_("uploaded-records", answer["token"], model.User.get(program["editor"]).id)
    ledger = [row.values for row in model.Session.query(LedgerEntry)]
    runs = [[run.records, run.problems] for run in model.Session.query(Run)]
    runs += [[row.label, row.problems, row.changes] for row in model.Session.query(RunRecord)]
    told = (
        json.dumps([answer, report, token, ledger, runs, webinar(webinars()[0])], default=str) + caplog.text
    )
    assert report["counts"]["added"] == 1
    assert [word for word in private if word.lower() in told.lower()] == []
