"""What the operator chose, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from stack import files, settings
from stack.errors import StackError


def test_the_defaults(tmp_path: Path) -> None:
    portal = settings.load("portal", {}, tmp_path)
    assert portal.port == 5000
    assert portal.url == "http://127.0.0.1:5000"
    assert portal.servers == ("postgres", "redis", "solr")
    assert portal.state == tmp_path / ".portal"


def test_what_was_chosen_is_remembered_until_it_is_chosen_anew(tmp_path: Path) -> None:
    settings.remember(settings.load("portal", {"PORTAL_PORT": "5001"}, tmp_path))
    assert settings.load("portal", {}, tmp_path).port == 5001
    assert settings.load("portal", {"PORTAL_PORT": "5002"}, tmp_path).port == 5002
    assert settings.load("portal", {"PORTAL_PORT": ""}, tmp_path).port == 5000


def test_the_proxys_address_is_the_portals(tmp_path: Path) -> None:
    portal = settings.load("portal", {"PORTAL_URL": "https://data.example.org"}, tmp_path)
    assert portal.url == "https://data.example.org"
    assert portal.local_url == "http://127.0.0.1:5000"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_PORT", "http"),
        ("PORTAL_URL", "data.example.org"),
        ("PORTAL_URL", "https://example.org/data"),
        ("PORTAL_WORKERS", "none"),
        ("PORTAL_CONSUMERS", "0"),
        ("PORTAL_SOLR_MEMORY", "much"),
    ],
)
def test_a_setting_that_cannot_work_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(StackError, match=name):
        settings.load("portal", {name: value}, tmp_path)


class TestServersOfOnesOwn:
    databases = {name: f"postgresql://someone@db.example.org/{name.lower()}" for name in settings.DATABASES}

    def test_nothing_of_their_kind_is_started(self, tmp_path: Path) -> None:
        given = self.databases | {"CKAN_SOLR_URL": "http://solr.example.org/solr/ckan"}
        assert settings.load("portal", given, tmp_path).servers == ("redis",)

    def test_half_a_database_server_is_refused(self, tmp_path: Path) -> None:
        half = {"CKAN_SQLALCHEMY_URL": self.databases["CKAN_SQLALCHEMY_URL"]}
        with pytest.raises(StackError, match="CKAN_DATASTORE_WRITE_URL is missing"):
            settings.load("portal", half, tmp_path)

    def test_only_what_was_given_reaches_ckan_through_the_environment(self, tmp_path: Path) -> None:
        portal = settings.load("portal", self.databases, tmp_path)
        environ = settings.environment(
            portal, {"CKAN_SOLR_URL": "http://left.over/", "CKAN_INI": "/elsewhere"}
        )
        assert environ["CKAN_SQLALCHEMY_URL"] == self.databases["CKAN_SQLALCHEMY_URL"]
        assert "CKAN_SOLR_URL" not in environ
        assert "CKAN_INI" not in environ


def test_a_damaged_file_of_settings_counts_as_none(tmp_path: Path) -> None:
    files.write(tmp_path / ".portal" / "settings.json", '{"PORTAL_PORT": "50')
    assert settings.load("portal", {}, tmp_path).port == 5000
