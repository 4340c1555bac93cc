"""What is written for CKAN, the servers and the process manager."""

from __future__ import annotations

from configparser import ConfigParser, RawConfigParser
from pathlib import Path

import pytest

from stack import ini, postgres, redis_server, settings, supervisor
from stack.errors import StackError
from stack.settings import ROOT, SERVERS, Settings
from stack.supervisor import Program

ADDRESSES = {name: f"server://user:p%40ss@127.0.0.1/{name.lower()}" for name in SERVERS}


@pytest.fixture
def portal(tmp_path: Path) -> Settings:
    return settings.load("portal", {}, tmp_path)


def read_ini(portal: Settings) -> ConfigParser:
    parser = ConfigParser(defaults={"here": str(portal.state)})
    parser.read(portal.ini)
    return parser


class TestIni:
    def test_addresses_survive_the_file_with_their_per_cent_signs(self, portal: Settings) -> None:
        ini.write(portal, ADDRESSES)
        assert read_ini(portal)["app:main"]["sqlalchemy.url"] == ADDRESSES["CKAN_SQLALCHEMY_URL"]

    def test_no_logger_of_ckan_runs_at_debug(self, portal: Settings) -> None:
        ini.write(portal, ADDRESSES)
        parser = read_ini(portal)
        levels = {name: parser[name]["level"] for name in parser.sections() if name.startswith("logger_")}
        assert levels == {"logger_root": "WARNING", "logger_ours": "INFO"}

    def test_cookies_are_for_https_only_behind_a_tls_proxy(self, tmp_path: Path) -> None:
        behind = settings.load("portal", {"PORTAL_URL": "https://data.example.org"}, tmp_path)
        assert ini.options(behind, ADDRESSES)["SESSION_COOKIE_SECURE"] == "true"
        assert ini.options(behind, ADDRESSES)["ckan.site_url"] == "https://data.example.org"

    def test_the_operators_own_options_win(self, portal: Settings) -> None:
        portal.state.mkdir()
        (portal.state / "local.ini").write_text("ckan.site_title = 100% open\nSECRET_KEY = mine\n")
        ini.write(portal, ADDRESSES)
        written = read_ini(portal)["app:main"]
        assert written["ckan.site_title"] == "100% open"

    def test_own_options_that_cannot_be_read_are_said_so(self, portal: Settings) -> None:
        portal.state.mkdir()
        (portal.state / "local.ini").write_text("just words\n")
        with pytest.raises(StackError, match=r"local\.ini"):
            ini.write(portal, ADDRESSES)

    def test_the_tests_and_the_portal_load_the_same_plugins_and_schemas(self, portal: Settings) -> None:
        ini.write(portal, ADDRESSES)
        tests = RawConfigParser()
        tests.read(ROOT / "test.ini")
        assert tests["app:main"]["use"] == "config:stack/common.ini"
        assert read_ini(portal)["app:main"]["use"] == f"config:{ROOT}/stack/common.ini"
        for name in ("ckan.plugins", "scheming.presets", "scheming.dataset_schemas"):
            assert name not in tests["app:main"]


class TestPostgres:
    def test_statements_and_values_are_never_logged(self, portal: Settings) -> None:
        line = " ".join(postgres.command(portal, 20_001))
        assert "log_min_error_statement=panic" in line
        assert "log_error_verbosity=terse" in line
        assert "listen_addresses=127.0.0.1" in line
        assert "fsync=off" not in line

    def test_each_database_gets_its_part_of_the_permissions(self) -> None:
        ((database, script),) = postgres.permission_scripts("ckan_default", "datastore_default")
        assert database == "datastore_default"
        assert "GRANT SELECT ON ALL TABLES IN SCHEMA public TO datastore_default" in script

    def test_reader_and_owner_of_the_datastore_are_different_users(self, portal: Settings) -> None:
        urls = postgres.urls(portal, 20_001)
        write, read = (urls[name].split("//")[1].split(":")[0] for name in settings.DATABASES[1:])
        assert (write, read) == ("ckan_default", "datastore_default")


def test_redis_keeps_messages_and_its_clients_do_not_time_out(portal: Settings) -> None:
    redis_server.write_configuration(portal, 20_002)
    assert "appendonly yes\n" in (portal.state / "redis.conf").read_text()
    assert redis_server.url(portal, 20_002).endswith("?socket_timeout=86400")


class TestSupervisor:
    def test_every_program_is_restarted_and_its_log_rotated(self, portal: Settings) -> None:
        text = supervisor.configuration(portal, 20_003, [Program("web", ["run", "with space", "100%"])])
        parser = ConfigParser(interpolation=None)
        parser.read_string(text)
        web = parser["program:web"]
        assert web["autorestart"] == "true"
        assert web["command"] == "run 'with space' 100%%"
        assert int(web["stdout_logfile_backups"]) > 0
        assert parser["inet_http_server"]["port"].startswith("127.0.0.1:")
