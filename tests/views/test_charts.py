"""Charts are images that tell in words what they show; everything in them is escaped."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

from ckanext.opengovbelize.views import charts
from hypothesis import given
from hypothesis import strategies as st

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>alert(1)</script>&'


def drawn(markup: str) -> ElementTree.Element:
    """Parse a chart as a browser does that is strict."""
    return ElementTree.fromstring(str(markup).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def texts(chart: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in chart.iter(f"{SVG}text")]


def bars(counts: list[int]) -> ElementTree.Element:
    codes = ("NS", "LP", "SP", "C", "none")
    parts = [
        charts.Part(code, code, f"{code} {count}", count) for code, count in zip(codes, counts, strict=False)
    ]
    return drawn(charts.stacked([("2021-H1", parts)], id_="c", title="T", description="D"))


@given(st.lists(st.integers(0, 200), min_size=1, max_size=5).filter(any))
def test_the_parts_of_a_bar_fill_it_without_gap_or_overlap(counts: list[int]) -> None:
    rects = [rect for rect in bars(counts).iter(f"{SVG}rect") if rect.get("class")]

    assert len(rects) == sum(1 for count in counts if count)
    place = 0.0
    for rect in rects:
        assert abs(float(rect.get("x", "").rstrip("%")) - place) < 0.01
        place += float(rect.get("width", "").rstrip("%"))
    assert abs(place - 100) < 0.05


def test_letters_stand_only_where_there_is_room_for_them() -> None:
    assert texts(bars([1, 0, 99])) == ["2021-H1", "SP 99"]


def test_a_chart_is_an_image_with_title_and_description() -> None:
    chart = bars([1])

    assert chart.get("role") == "img"
    labels = {element.get("id"): element.text for element in chart if element.get("id")}
    assert [labels[id_] for id_ in chart.get("aria-labelledby", "").split()] == ["T", "D"]


def test_a_time_line_keeps_every_day_inside() -> None:
    day = date(2021, 6, 30)
    lines = [
        charts.Line("1.1 A", date(2021, 1, 1), date(2021, 12, 31), "milestone"),
        charts.Line("Indicator", None, None, "indicator", (charts.Mark(day, "SP", "Substantial"),)),
        charts.Line("Late", date(2019, 1, 1), date(2030, 1, 1), "indicator"),
    ]
    chart = drawn(
        charts.timeline(
            lines,
            span=(date(2021, 1, 1), date(2021, 12, 31)),
            today=day,
            today_label="Today",
            id_="t",
            title=HOSTILE,
            description="D",
        )
    )

    places = [
        float(value.rstrip("%"))
        for element in chart.iter()
        for name in ("x", "x1", "x2")
        if (value := element.get(name, "")).endswith("%")
    ]
    assert places
    assert all(0 <= place <= 100 for place in places)
    assert {"Today", "SP", "2021"} <= set(texts(chart))


def test_today_is_not_written_over_a_year() -> None:
    chart = drawn(
        charts.timeline(
            [charts.Line("1.1 A", None, date(2022, 12, 31), "milestone")],
            span=(date(2021, 1, 1), date(2022, 12, 31)),
            today=date(2021, 12, 20),
            today_label="Today",
            id_="t",
            title="T",
            description="D",
        )
    )

    assert "2021" in texts(chart)
    assert "Today" in texts(chart)
    assert "2022" not in texts(chart)


def test_lineage_draws_a_line_for_each_derivation_that_can_be_seen() -> None:
    nodes = [
        [charts.Node("a", "Draft 1", HOSTILE, "draft", ()), charts.Node("b", "Draft 2", "B", "merged", ())],
        [charts.Node("c", "Commitment 1", "C", "final", ("a", "b", "hidden"), current=True)],
    ]

    chart = drawn(charts.lineage(nodes, id_="l", title="T", description="D"))

    assert len(list(chart.iter(f"{SVG}path"))) == 2
    assert "script" not in {element.tag.rpartition("}")[2] for element in chart.iter()}
