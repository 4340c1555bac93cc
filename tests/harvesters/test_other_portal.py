"""Another CKAN as a source: everything it publishes, what changed, what is gone, and what must not come along."""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.lib import search
from ckan.tests import factories, helpers
from ckanext.opengovbelize.catalogue import report_book, reports
from ckanext.opengovbelize.progress import rules
from ckanext.opengovbelize.runs import batches, pipeline, settings
from ckanext.opengovbelize.sources import Found, Limits, Opened, SourceConfig, open_source

from .. import plans
from ..logic.fields.conftest import example
from .other_portal import Live, OtherPortal, record, served
from .test_records_harvester import counts

pytestmark = [pytest.mark.server]

# Whatever the other portal or this one makes by itself.
NOT_COMPARED = frozenset(
    (
        *("id", "owner_org", "organization", "creator_user_id", "metadata_created", "metadata_modified"),
        *("sources", "num_tags", "num_resources", "title_translated"),
    )
)


@pytest.fixture(scope="module")
def states() -> dict[str, Any]:
    """The states of the other portal, recorded once for all tests."""
    return {}


def registry() -> None:
    """A program with one of everything: a described series, a full session, a plan with reports, data, figures."""
    plans.sample()
    correct_a_report()
    user = helpers.call_action("get_site_user")["name"]
    as_admin = {"user": user, "ignore_auth": True}
    changes = {"series": {"name": "lagoon-2020", "title": "Lagoon series 2020", "aliases": ["Lagoon talks"]}}
    tk.get_action("package_create")(dict(as_admin), example("webinar_series", **changes["series"]))
    for number in (1, 2):
        session = example(
            "webinar", name=f"lagoon-2020-{number}", in_series=["lagoon-2020"], session_number=number
        )
        session["title"] = f"Session {number}: reading a lagoon"
        tk.get_action("package_create")(dict(as_admin), session)
    take_part(model.Group.get("sample-program"), user)
    tk.get_action("package_create")(
        dict(as_admin),
        {
            "type": "dataset",
            "name": "water-levels",
            "title": "Water levels",
            "notes": "Levels of an invented lagoon.",
            "owner_org": "sample-program",
            "license_id": "cc-by",
            "tag_string": "water",
            "resources": [{"url": "https://www.example.org/levels.csv", "name": "Levels", "format": "CSV"}],
        },
    )


def take_part(program: Any, user: str) -> None:
    """Publish how many people took part, of which a breakdown is withheld."""
    table = (
        b"session,mode,participants\nlagoon-2020-1,,60\nlagoon-2020-1,online,40\nlagoon-2020-1,in-person,20\n"
    )
    source = settings.local_source("counts", program, SourceConfig())
    gathered = pipeline.gather(source, Opened([Found("counts.csv", "counts.csv", table)], 1), SourceConfig())
    for batch in batches.split(gathered):
        assert [row.outcome for row in batches.publish(batch, source, user)] == ["added"]


def correct_a_report() -> None:
    """Report on a period too late, and correct that, as the room that writes reports does."""
    commitment = tk.get_action("package_show")({"ignore_auth": True}, {"id": "sample-plan-final-1"})
    user = helpers.call_action("get_site_user")["name"]
    reports.save(
        commitment["id"],
        [
            report_book.Incoming(
                rules.Report("1.1", "2021-H2", "SP", progress=said, reason=reason), reported=day
            )
            for said, reason, day in (
                ("Ten boards publish.", "", date(2022, 3, 1)),
                ("Nine boards publish.", "One was counted twice.", date(2022, 3, 8)),
            )
        ],
        by=None,
        user=user,
        on=date(2022, 4, 1),
        as_import=True,
    )


def change() -> None:
    """What the other portal does between two runs: one session corrected, one taken back, a dataset too."""
    user = helpers.call_action("get_site_user")["name"]

    def patch(name: str, **values: Any) -> None:
        tk.get_action("package_patch")({"user": user, "ignore_auth": True}, {"id": name, **values})

    patch("lagoon-2020-1", objective="To read a lagoon twice.")
    patch("lagoon-2020-2", publication_state="withdrawn")
    patch("water-levels", private=True)


@pytest.fixture
def other(
    request: Any, states: dict[str, Any], with_plugins: None, app: Any, clean_db: None, clean_index: None
) -> OtherPortal:
    if not states:
        registry()
        states["first"] = record(app, "sample-program")
        change()
        states["second"] = record(app, "sample-program")
        request.getfixturevalue("reset_db")()
        search.clear_all()
    return OtherPortal(states["first"])


@pytest.fixture
def here(
    states: dict[str, Any], other: OtherPortal, portal: Any, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> Any:
    """This portal, empty after the other one was recorded; the program's institution has an organization here too."""
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.allowed_hosts", ["127.0.0.1"])
    factories.Organization(name="water-department", title="Sample Water Department")
    with served(other) as address:
        portal.other, portal.states = other, states
        portal.address = address
        yield portal


def shown(name: str) -> dict[str, Any]:
    model.Session.expire_all()
    return tk.get_action("package_show")({"ignore_auth": True, "use_cache": False}, {"id": name})


def comparable(package: dict[str, Any], there: Any) -> dict[str, Any]:
    """Return a dataset without what is each portal's own: ids become names, rows of resources lose theirs."""
    names = {row["id"]: row["name"] for row in there}
    organizations = {
        row["id"]: row["title"] for row in helpers.call_action("organization_list", all_fields=True)
    }
    plain = {name: value for name, value in copy.deepcopy(package).items() if name not in NOT_COMPARED}
    for field in ("in_series", "in_plan", "derived_from"):
        if field in plain:
            ids = plain[field] if isinstance(plain[field], list) else [plain[field]]
            plain[field] = sorted(names.get(id_, id_) for id_ in ids)
    plain["tags"] = sorted(tag["name"] for tag in plain.get("tags", []))
    schema = tk.h.scheming_get_dataset_schema(package["type"])
    of_resources = {field["field_name"] for field in schema["resource_fields"]} - {"code"}
    plain["resources"] = [
        {name: row[name] for name in of_resources if row.get(name)} for row in plain["resources"]
    ]
    for row in plain.get("indicators", []):
        row["lead"] = organizations.get(row.get("lead"), row.get("lead"))
    for row in plain.get("questions", []):
        row.pop("code")
    # The sample's row of a correction without a history: no portal has such.
    plain["reports"] = [row for row in plain.get("reports", []) if row["code"] != "1.2_2021-H2"]
    return plain


def rejected(report: dict[str, Any]) -> dict[str, list[str]]:
    return {row["label"]: row["reasons"] for row in report["records"] if row["outcome"] == "rejected"}


FIGURES = "participant_statistics/lagoon-2020-1-participants"


def test_everything_comes_over_as_it_is_there(here):
    there = here.other.state
    source_id = here.source(here.address, reviewed=True)
    report = here.run(source_id)
    # Figures are controlled beside what is published, so that their sessions have to be there before.
    assert rejected(report) == {FIGURES: ["session-unknown"]}
    titles = {row["id"]: row["title"] for row in there.organizations.values()}
    described = [
        package for package in there.packages.values() if package["type"] != "participant_statistics"
    ]
    local = [shown(package["name"]) for package in described]
    for package, copied in zip(described, local, strict=True):
        expected = comparable(package, described)
        for row in expected.get("indicators", []):
            row["lead"] = titles.get(row.get("lead"), row.get("lead"))
        assert comparable(copied, local) == expected, package["name"]
        assert copied["private"] is False

    here.other.searches()
    report = here.run(source_id)
    assert datasets(report) == {"unchanged": len(described), "added": 1}
    assert figures(shown("lagoon-2020-1-participants")) == [("_T", 60), ("in-person", 20), ("online", 40)]
    # Only the figures, and what named a session that came later or an institution that is not here.
    assert only(
        {
            FIGURES,
            "commitment/sample-plan-final-1",
            "commitment/sample-plan-final-2",
        },
        fetched(here.other),
    )
    assert datasets(here.run(source_id)) == {"unchanged": len(described) + 1}
    assert only({"commitment/sample-plan-final-2"}, fetched(here.other))

    here.other.state = here.states["second"]
    report = here.run(source_id)
    assert datasets(report) == {"unchanged": len(described) - 2, "updated": 1, "withdrawn": 2}
    assert only({"webinar/lagoon-2020-1", "commitment/sample-plan-final-2"}, fetched(here.other))
    assert shown("lagoon-2020-1")["objective"] == "To read a lagoon twice."
    assert shown("lagoon-2020-2")["private"] is True
    assert shown("water-levels")["private"] is True

    here.other.state = here.states["first"]
    assert datasets(here.run(source_id)) == {"unchanged": len(described) - 2, "updated": 3}
    assert shown("lagoon-2020-2")["private"] is shown("water-levels")["private"] is False


def test_where_addresses_are_taken_everything_comes_over_under_others(here):
    registry()
    source_id = here.source(here.address, reviewed=True)
    first = here.run(source_id)
    assert rejected(first) == {FIGURES: ["session-unknown"]}
    count = datasets(first)["added"]
    assert shown("lagoon-2020-1-harbour")["in_series"] == [shown("lagoon-2020-harbour")["id"]]
    commitment = shown("sample-plan-final-1-harbour")
    assert commitment["in_plan"] == shown("sample-plan-harbour")["id"]
    assert [row["reference"] for row in commitment["events"]] == ["draft-list", "sample-2020-1-harbour"]

    assert datasets(here.run(source_id)) == {"unchanged": count, "added": 1}
    assert figures(shown("lagoon-2020-1-harbour-participants")) == [
        ("_T", 60),
        ("in-person", 20),
        ("online", 40),
    ]
    assert datasets(here.run(source_id)) == {"unchanged": count + 1}


def test_series_of_one_title_stay_apart_and_keep_their_sessions_under_other_addresses(
    app: Any, portal: Any, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other portal's program is here too, so that all addresses are taken; a session is added between runs."""
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.allowed_hosts", ["127.0.0.1"])
    program = factories.Organization(name="talks-program")["id"]

    def publish(kind: str, name: str, **values: Any) -> None:
        plans.create(type=kind, name=name, owner_org=program, **values)

    for year in ("talks-2021", "talks-2022"):
        publish("webinar_series", year, title="Lagoon talks", aliases=["Lagoon talks"])
        publish("webinar", f"{year}-1", title="A lagoon", in_series=[year], session_number=1)
    other = OtherPortal(record(app, "talks-program"))
    with served(other) as address:
        source_id = portal.source(address)
        assert counts(portal.run(source_id)) == {"added": 4}
        publish("webinar", "talks-2021-2", title="Two lagoons", in_series=["talks-2021"], session_number=2)
        other.state = record(app, "talks-program")
        assert counts(portal.run(source_id)) == {"added": 1, "unchanged": 4}
    here = {
        name: shown(f"{name}-harbour")["in_series"]
        for name in ("talks-2021-1", "talks-2021-2", "talks-2022-1")
    }
    of_2021, of_2022 = shown("talks-2021-harbour")["id"], shown("talks-2022-harbour")["id"]
    assert here == {"talks-2021-1": [of_2021], "talks-2021-2": [of_2021], "talks-2022-1": [of_2022]}


def test_a_portal_that_breaks_changes_nothing_and_its_words_go_nowhere(here):
    here.other.most = 3
    source_id = here.source(here.address)
    assert counts(here.run(source_id))["added"]
    here.other.broken = True
    report = here.run(source_id)
    assert [problem["code"] for problem in report["problems"]] == ["address-status"]
    assert "private words" not in str(report)
    assert shown("lagoon-2020-1")["private"] is False


def only(wanted: set[str], asked: set[str]) -> bool:
    """Tell whether what was wanted was asked for, and hardly more: neighbours come along."""
    return wanted <= asked and len(asked) <= 2 * len(wanted)


def datasets(report: dict[str, Any]) -> dict[str, int]:
    """Return the outcomes without those of progress reports, which are records where their commitment is read."""
    return dict(Counter(row["outcome"] for row in report["records"] if row["type"] != "progress_report"))


def fetched(other: OtherPortal) -> set[str]:
    """Return what was asked for whole since the last look."""
    ids = {
        id_
        for search in other.searches()
        if "fl" not in search
        for id_ in re.findall(r'"([\w-]{36})"', search["fq"])
    }
    listed = {row["id"]: f"{row['dataset_type']}/{row['name']}" for row in other.state.listed}
    return {listed[id_] for id_ in ids}


def figures(package: dict[str, Any]) -> list[tuple[str, int]]:
    table = next(row for row in package["resources"] if row["format"] == "CSV")
    rows = helpers.call_action("datastore_search", resource_id=table["id"])["records"]
    return sorted(
        (row["mode"], row["value"]) for row in rows if row["measure"] == "attended" and not row["dimension_1"]
    )


def test_the_real_search_answers_what_is_asked(app, clean_db, clean_index, ckan_config):
    """The questions that the source puts, put to a real CKAN."""
    registry()
    with served(Live(app)) as address:
        opened = open_source(f"{address}/organization/sample-program", SourceConfig(), Limits(hosts=None))
        found = [each.fetch() for each in opened.records if each.fetch]
    assert opened.count == len(found) == 14
    assert {each.problem for each in found if not each.label.startswith("participant")} == {None}
    kinds = [each.label.partition("/")[0] for each in found]
    assert list(dict.fromkeys(kinds)) == [
        *("webinar_series", "webinar", "action_plan", "commitment", "participant_statistics", "dataset"),
    ]
    derived = next(each for each in found if each.label == "commitment/sample-plan-final-1")
    assert sorted(json.loads(derived.data)["references"].values()) == ["draft 1", "merged 2", "sample-plan"]
