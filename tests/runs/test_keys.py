"""What makes a record another one, and what makes its content changed."""

from __future__ import annotations

from dataclasses import replace

from ckanext.opengovbelize.privacy.policy import Policy
from ckanext.opengovbelize.runs import keys
from ckanext.opengovbelize.sources import SourceConfig

KEY = b"a key"
POLICY = Policy(hash_key=KEY)


def content(data=b"Webinar 1", policy=POLICY, config=None, records=1, organization="program"):
    return keys.content_hash(KEY, data, keys.salt(policy, config or SourceConfig(), organization), records)


def test_the_same_content_has_the_same_hash_and_tells_its_number_of_records():
    assert content() == content()
    assert keys.records_in(content(records=3)) == 3


def test_one_changed_letter_is_a_change_be_it_case_or_accent():
    assert len({content(b"Webinar 1"), content(b"webinar 1"), content("Webinár 1".encode())}) == 3


def test_what_else_decides_about_publication_is_part_of_the_hash():
    others = [
        content(policy=replace(POLICY, email_domains=("example.org",))),
        content(policy=replace(POLICY, transcript=True)),
        content(policy=replace(POLICY, erased=frozenset({(2, "hash")}))),
        content(config=SourceConfig(series="harbour-2025")),
        content(config=SourceConfig(format="text")),
        content(config=SourceConfig(reviewed=True)),
        content(organization="another"),
    ]
    assert len({content(), *others}) == 8


def test_what_decides_about_other_things_is_not():
    assert content(config=SourceConfig(shrink_percent=100, listing="*", trust=9)) == content()


def test_a_record_is_known_by_its_exact_address_and_place_in_it():
    assert (
        len({keys.record_key(KEY, "a.md"), keys.record_key(KEY, "A.md"), keys.record_key(KEY, "a.md", 2)})
        == 3
    )
    # A file name need not be text.
    assert keys.record_key(KEY, "\udcff.md") != keys.record_key(KEY, "a.md")


def test_a_source_made_by_hand_is_one_per_address_and_organization():
    assert keys.source_id(KEY, "org", "file:///a") == keys.source_id(KEY, "org", "file:///a")
    assert len({keys.source_id(KEY, *pair) for pair in (("org", "/a"), ("org", "/b"), ("two", "/a"))}) == 3


def test_what_is_known_by_its_subject_keeps_apart_what_it_adds_and_what_it_is_about():
    session = keys.subject_key(KEY, "session", "lagoon 1")

    others = [
        keys.subject_key(KEY, "chat", "lagoon 1"),
        keys.subject_key(KEY, "session", "lagoon 2"),
        keys.subject_key(KEY, "session", "lagoon 1", 2),
        keys.subject_key(b"another key", "session", "lagoon 1"),
    ]
    assert session == keys.subject_key(KEY, "session", "lagoon 1")
    assert len({session, *others}) == 5
    assert [keys.is_of_kind(key, "session") for key in (session, *others)] == [True, False, True, True, True]
