"""Times and durations as software and people write them, and as damage leaves them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from ckanext.opengovbelize.records.attendance.moments import Moments, seconds

BELIZE = ZoneInfo("America/Belize")


@pytest.mark.parametrize(
    "text",
    [
        "04/23/2020 10:21:33 AM",
        "4/23/20, 10:21:33 AM",
        "Apr 23, 2020 10:21:33",
        "23 de abril de 2020, 10:21:33 a. m.",
        "2020-04-23 10:21:33",
        "2020-04-23T10:21:33",
        "2020-04-23 16:21:33+00:00",
        "2020-04-23T12:21:33.000-04:00",
        "10:21:33 AM, Apr 23, 2020",
        "2020/04/23 10:21:33",
    ],
)
def test_one_moment_in_many_forms(text):
    moment = Moments(["04/23/2020 10:00"], BELIZE).read(text)
    assert moment is not None
    assert moment.astimezone(BELIZE).isoformat() == "2020-04-23T10:21:33-06:00"


@pytest.mark.parametrize(
    "text",
    ["", "--", "soon", "69", "2020", "04/23/2020", "10:21", "04/23/2020 25:00:00", "31/02/2020 10:00"]
    + ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "99/99/9999 99:99"],
)
def test_what_is_no_moment(text):
    assert Moments([], BELIZE).read(text) is None


@pytest.mark.parametrize(
    ("texts", "day_first"),
    [
        (["04/05/2020 10:00", "04/23/2020 10:00"], False),
        (["04/05/2020 10:00", "23/04/2020 10:00"], True),
        (["Hora de entrada", "04/05/2020 10:00"], True),
        (["Join Time", "04/05/2020 10:00"], False),
        (["615-01-02", "04/05/2020 10:00"], False),
    ],
)
def test_the_order_of_day_and_month_is_learned_from_the_file(texts, day_first):
    assert Moments(texts, BELIZE).day_first is day_first


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1h 34m 30s", 94.5), ("98 mins", 98), ("1 hora 35 minutos", 95), ("59m 30s", 59.5), ("1h", 60)]
    + [("01:34:30", 94.5), ("1:34", 94), ("45:30", 45.5), ("90", 90), ("90,5", 90.5)],
)
def test_one_duration_in_many_forms(text, minutes):
    assert seconds(text) == minutes * 60


@pytest.mark.parametrize("text", ["", "nan", "inf", "-5", "1e300", "long", "99999999999 mins", "9" * 400])
def test_what_is_no_duration(text):
    assert seconds(text) is None
