"""Trust between sources and locks of editors, as plain values. Needs no server."""

from __future__ import annotations

from ckanext.opengovbelize.catalogue import diff, merge
from ckanext.opengovbelize.catalogue.merge import Statement
from hypothesis import given
from hypothesis import strategies as st


def row(code: str, text: str = "") -> dict[str, str]:
    return {"code": code, "title": text or code}


def test_a_field_comes_from_the_first_source_that_has_it():
    merged = merge.combine(
        [
            Statement("a", "A", "", {"title": "From A", "notes": ""}),
            Statement("b", "B", "", {"title": "From B", "notes": "From B"}),
        ]
    )

    assert merged == {"title": "From A", "notes": "From B"}


def test_rows_of_all_sources_are_kept_each_from_the_first_that_has_its_code():
    merged = merge.combine(
        [
            Statement("a", "A", "", {"links": [row("one", "A")]}),
            Statement("b", "B", "", {"links": [row("one", "B"), row("two", "B")]}),
        ]
    )

    assert merged["links"] == [row("one", "A"), row("two", "B")]


def test_what_ckan_rewrote_is_no_change_of_an_editor():
    resolution = merge.resolve(
        target={"start": "2020-03-05T16:30:00Z"},
        sent={"start": "2020-03-05T16:30:00Z"},
        shown={"start": "2020-03-05T10:30:00-06:00"},
        current={"start": "2020-03-05T10:30:00-06:00"},
    )

    assert resolution.values == {"start": "2020-03-05T10:30:00-06:00"}
    assert resolution.locks == []


def test_line_ends_of_a_form_are_no_change_of_an_editor():
    assert merge.same("one\r\ntwo", "one\ntwo ")


def test_an_editor_who_reorders_rows_keeps_the_order():
    rows = [row("one"), row("two")]

    resolution = merge.resolve(
        {"links": [*rows, row("three")]}, {"links": rows}, {"links": rows}, {"links": rows[::-1]}
    )

    assert [link["code"] for link in resolution.values["links"]] == ["two", "one", "three"]


values = st.dictionaries(
    st.sampled_from(["title", "notes"]), st.sampled_from(["", "red", "green", "blue"]), max_size=2
)
rows = st.lists(st.sampled_from("abc"), unique=True).flatmap(
    lambda codes: st.tuples(*[st.builds(row, st.just(code), st.sampled_from(["1", "2"])) for code in codes])
)
catalogues = st.builds(lambda fields, links: {**fields, "links": list(links)}, values, rows)


def published(target: merge.Values, sent=None, shown=None, current=None):
    """What CKAN shows after publishing, and what we remember of it."""
    resolution = merge.resolve(target, sent or {}, shown or {}, current or {})
    after = {**(current or {}), **resolution.values}
    after = {name: value for name, value in after.items() if merge.canonical(value) is not None}
    return after, resolution.sent, merge.rebase(resolution, after)


@given(catalogues)
def test_publishing_twice_changes_nothing(target):
    after, sent, shown = published(target)

    assert merge.same(after, target)
    assert published(target, sent, shown, after) == (after, sent, shown)


@given(catalogues, catalogues, st.lists(catalogues, max_size=3))
def test_what_an_editor_changed_stays_whatever_sources_say_later(first, edited, later):
    before, sent, shown = published(first)
    current = edited
    touched = {name for name in ("title", "notes") if not merge.same(before.get(name), edited.get(name))}
    old, new = merge.by_code(before.get("links")), merge.by_code(edited["links"])
    touched_rows = {code for code in {**old, **new} if not merge.same(old.get(code), new.get(code))}

    for target in later:
        # What sources say just as the editor does is no longer the editor's alone.
        touched -= {
            name for name in touched if target.get(name) and merge.same(target[name], edited.get(name))
        }
        said = merge.by_code(target["links"])
        touched_rows -= {
            code for code in touched_rows if code in said and merge.same(said[code], new.get(code))
        }
        current, sent, shown = published(target, sent, shown, current)
        links = merge.by_code(current.get("links"))
        assert all(merge.same(current.get(name), edited.get(name)) for name in touched)
        assert all(merge.same(links.get(code), new.get(code)) for code in touched_rows)


@given(catalogues, catalogues)
def test_without_an_editor_the_sources_alone_count(first, second):
    before, sent, shown = published(first)

    after, _, _ = published(second, sent, shown, before)

    assert merge.same(after, second)


def test_changes_name_field_row_and_both_values():
    old = {"title": "Old", "links": [row("one"), row("two", "Two")]}
    new = {"title": "New", "links": [row("two", "Zwei"), row("three", "Three")]}

    assert diff.changes(old, new) == [
        {"field": "title", "old": "Old", "new": "New", "state": "changed"},
        {"field": "links", "old": "one", "new": "", "state": "changed", "row": "one"},
        {
            "field": "links",
            "old": "Two; title: Two",
            "new": "Zwei; title: Zwei",
            "state": "changed",
            "row": "two",
        },
        {"field": "links", "old": "", "new": "Three", "state": "changed", "row": "three"},
    ]


def test_long_texts_are_cut_around_what_differs():
    same = "word " * 200

    (change,) = diff.changes({"notes": same + "old end"}, {"notes": same + "new end"})

    assert "old end" in change["old"]
    assert "new end" in change["new"]
    assert max(len(change["old"]), len(change["new"])) < 130
