"""Which ports a clone uses."""

from __future__ import annotations

import socket

import pytest

from stack import ports
from stack.errors import StackError


class TestIsFree:
    def test_a_port_with_a_listener_is_taken(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            assert not ports.is_free(server.getsockname()[1])

    def test_a_port_is_free_again_when_its_listener_is_gone(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        assert ports.is_free(port)


class TestChoose:
    def test_the_remembered_port_is_kept_while_it_is_free(self) -> None:
        assert ports.choose(["solr"], {"solr": 20_123}, "clone", lambda port: True) == {"solr": 20_123}

    def test_a_remembered_port_that_is_taken_by_now_is_replaced(self) -> None:
        chosen = ports.choose(["solr"], {"solr": 20_123}, "clone", lambda port: port != 20_123)
        assert chosen["solr"] != 20_123

    def test_two_servers_never_share_a_port(self) -> None:
        names = ["postgres", "redis", "solr", "supervisor"]
        chosen = ports.choose(names, {"postgres": 20_001, "redis": 20_001}, "clone", lambda port: True)
        assert len(set(chosen.values())) == len(names)
        assert all(ports.FIRST <= port < ports.LAST for port in chosen.values())

    def test_two_clones_start_at_different_places(self) -> None:
        first, second = (
            ports.choose(["solr"], {}, seed, lambda port: True) for seed in ("/a/.portal", "/b/.portal")
        )
        assert first != second

    def test_no_free_port_is_said_in_a_sentence(self) -> None:
        with pytest.raises(StackError, match="No port is free"):
            ports.choose(["solr"], {}, "clone", lambda port: False)


class TestParse:
    def test_a_number(self) -> None:
        assert ports.parse("5001", "PORTAL_PORT") == 5001

    @pytest.mark.parametrize("text", ["", "http", "0", "65536", "-1", "5000.0", "٥٠٠٠"])
    def test_anything_else_is_refused_with_an_example(self, text: str) -> None:
        with pytest.raises(StackError, match="PORTAL_PORT=5001"):
            ports.parse(text, "PORTAL_PORT")
