"""What the logs leave out."""

from __future__ import annotations

import ipaddress
import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stack import logs


class TestTruncate:
    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            ("203.0.113.77", "203.0.113.0"),
            ("2001:db8:1234:5678:9abc:def0:1234:5678", "2001:db8:1234::"),
            ("[2001:db8::1]", "2001:db8::"),
            ("::ffff:203.0.113.77", "203.0.113.0"),
            ("fe80::1%eth0", "fe80::"),
            ("", "-"),
            ("not an address", "-"),
        ],
    )
    def test_the_visitors_part_goes(self, address: str, expected: str) -> None:
        assert logs.truncate(address) == expected


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_no_full_address_is_left_in_a_text(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    shown = logs.without_visitors(f"Invalid request from ip={address}: too long")
    assert shown == f"Invalid request from ip={logs.truncate(str(address))}: too long"


def test_times_and_words_stay() -> None:
    line = "2026-11-24 00:49:55,120 INFO [ckanext.harvest] Version 2.12.0 of opengovbelize:schemas done"
    assert logs.without_visitors(line) == line


def test_a_query_is_dropped() -> None:
    assert logs.without_visitors("GET /dataset?q=a+name HTTP/1.1") == "GET /dataset?... HTTP/1.1"


class TestQuietFormatter:
    formatter = logs.QuietFormatter("%(levelname)s %(message)s")

    def line(self, message: object, *args: object, exc_info: object = None) -> str:
        record = logging.LogRecord("ckan", logging.ERROR, __file__, 1, message, args, exc_info)  # type: ignore[arg-type]
        return self.formatter.format(record)

    def test_an_error_is_told_by_kind_and_place(self) -> None:
        try:
            raise ValueError("Jane Private")
        except ValueError:
            text = self.line("It failed", exc_info=sys.exc_info())
        assert "Jane" not in text
        assert "ValueError" in text
        assert "test_an_error_is_told_by_kind_and_place" in text

    def test_the_text_of_an_earlier_error_is_left_out_too(self) -> None:
        try:
            try:
                raise KeyError("Jane Private")
            except KeyError as error:
                raise RuntimeError("Jane again") from error
        except RuntimeError:
            assert "Jane" not in self.line("It failed", exc_info=sys.exc_info())

    def test_an_error_as_message_or_argument_is_told_by_kind(self) -> None:
        assert self.line(ValueError("Jane Private")) == "ERROR builtins.ValueError"
        assert (
            self.line("It failed: %s", ValueError("Jane Private")) == "ERROR It failed: builtins.ValueError"
        )
