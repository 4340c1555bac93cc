"""Who has earned a certificate."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from ckanext.opengovbelize.certificates import rules
from ckanext.opengovbelize.certificates.rules import Refusal, Rule, Session
from hypothesis import given
from hypothesis import strategies as st

from .samples import in_the_room, online, people, person, registered_only

THREE = [Session(name, 90 * 60) for name in ("s1", "s2", "s3")]


ALL_THREE = Rule(3)


def earned(*persons, rule: Rule = ALL_THREE, sessions=THREE) -> list[str]:
    found = rules.qualify(people(*persons), rule, sessions)
    assert found.refusals == []
    return [earner.name for earner in found.earners if earner.earned]


class TestSessions:
    def test_all_of_them_however_one_came(self) -> None:
        assert earned(
            person("Ana Ejemplo", s1=online(), s2=in_the_room(), s3=online()),
            person("Luis Ejemplo", s1=online(), s2=online()),
            person("Eva Sample", s1=online(), s2=online(), s3=registered_only()),
        ) == ["Ana Ejemplo"]

    def test_n_of_m(self) -> None:
        two = person("Two Sample", s1=online(), s3=in_the_room())
        one = person("One Sample", s1=online())
        assert earned(two, one, rule=Rule(3, needed=2)) == ["Two Sample"]

    def test_fewer_files_than_planned_sessions_is_a_refusal(self) -> None:
        found = rules.qualify(people(person("Ana Ejemplo", s1=online(), s2=online())), Rule(3), THREE[:2])
        assert found.refusals == [Refusal("sessions-missing", wanted=3, given=2)]
        assert found.earners == []

    def test_so_it_is_for_n_of_m(self) -> None:
        found = rules.qualify(people(), Rule(3, needed=2), THREE[:2])
        assert [refusal.code for refusal in found.refusals] == ["sessions-missing"]

    def test_no_files_at_all(self) -> None:
        assert rules.qualify(people(), Rule(), []).refusals == [
            Refusal("sessions-missing", wanted=1, given=0)
        ]

    def test_a_rule_that_asks_for_more_than_there_is(self) -> None:
        found = rules.qualify(people(), Rule(3, needed=4), THREE)
        assert found.refusals == [Refusal("rule-impossible", wanted=4, given=3)]

    def test_a_session_more_than_planned_belongs_to_all(self) -> None:
        assert earned(person("Ana Ejemplo", s1=online(), s2=online()), rule=Rule(2)) == []

    @given(st.integers(1, 3))
    def test_every_way_of_attending(self, needed: int) -> None:
        names = ("s1", "s2", "s3")
        ways = list(chain.from_iterable(combinations(names, size) for size in range(1, 4)))
        persons = [person("-".join(way) + " X", **{session: online() for session in way}) for way in ways]
        assert set(earned(*persons, rule=Rule(3, needed))) == {
            "-".join(way) + " X" for way in ways if len(way) >= needed
        }


class TestShareOfTheTime:
    def test_half_is_enough_where_half_is_asked(self) -> None:
        assert earned(
            person("Half Sample", s1=online(45), s2=online(90), s3=online(200)),
            person("Less Sample", s1=online(44.9), s2=online(90), s3=online(90)),
            rule=Rule(3, share=50),
        ) == ["Half Sample"]

    def test_a_line_without_times_counts_and_is_told(self) -> None:
        found = rules.qualify(
            people(person("Ana Ejemplo", s1=online(90), s2=in_the_room(), s3=online(None))),
            Rule(3, share=80),
            THREE,
        )
        [earner] = found.earners
        assert earner.earned
        assert [(doubt.code, doubt.sessions) for doubt in earner.doubts] == [("no-times", ("s2", "s3"))]

    def test_without_a_share_there_is_nothing_to_tell(self) -> None:
        [earner] = rules.qualify(people(person("Ana Ejemplo", s1=in_the_room())), Rule(1), THREE[:1]).earners
        assert earner.doubts == ()

    def test_a_session_of_unknown_length_is_a_refusal(self) -> None:
        found = rules.qualify(people(), Rule(2, share=50), [Session("s1", 5400), Session("s2")])
        assert found.refusals == [Refusal("length-unknown", sessions=("s2",))]


class TestDoubts:
    def test_who_spoke_in_a_session_may_have_earned_one(self) -> None:
        rows = (("s1", "s1.csv", 5), ("s2", "s2.csv", 6), ("s3", "s3.csv", 7))
        speaker = person("Ana Ejemplo", rows=rows, s1=online(), s2=online())
        found = rules.qualify(people(speaker), Rule(3), THREE)
        [earner] = found.earners
        assert not earner.earned
        assert [(doubt.code, doubt.sessions) for doubt in earner.doubts] == [("public-role", ("s3",))]

    @pytest.mark.parametrize(
        ("names", "doubts"),
        [
            ((), ["no-name"]),
            (("iPad 2",), ["odd-name"]),
            (("Ana",), ["odd-name"]),
            (("ana@example.org",), ["odd-name"]),
            (("王小明",), []),
            (("Ana Ejemplo", "Ana María Ejemplo"), []),
            (("Ana Ejemplo", "Ana Muestra"), ["several-names"]),
        ],
    )
    def test_names(self, names: tuple[str, ...], doubts: list[str]) -> None:
        [earner] = rules.qualify(people(person(*names, s1=online())), Rule(1), THREE[:1]).earners
        assert [doubt.code for doubt in earner.doubts] == doubts

    def test_two_of_one_name(self) -> None:
        first = person("Ana Ejemplo", s1=online(), rows=(("s1", "s1.csv", 2),))
        second = person("ANA  EJEMPLO", s1=online(), rows=(("s1", "s1.csv", 3),))
        found = rules.qualify(people(first, second), Rule(1), THREE[:1])
        assert [doubt.code for earner in found.earners for doubt in earner.doubts] == ["same-name"] * 2

    def test_two_at_one_computer_have_keys_of_their_own(self) -> None:
        row = (("s1", "s1.csv", 2),)
        found = rules.qualify(
            people(person("Ana & Luis", s1=online(), rows=row), person(s1=online(), rows=row)),
            Rule(1),
            THREE[:1],
        )
        assert {earner.key for earner in found.earners} == {"s1.csv:2", "s1.csv:2:2"}


def test_they_are_sorted_as_people_look_for_them() -> None:
    assert earned(
        *(person(name, s1=online()) for name in ("Zoë Sample", "álvaro Ejemplo", "Bea Muestra")),
        rule=Rule(1),
        sessions=THREE[:1],
    ) == ["álvaro Ejemplo", "Bea Muestra", "Zoë Sample"]


def test_no_person_shows_itself_in_a_repr() -> None:
    found = rules.qualify(people(person("Ana Ejemplo", s1=online())), Rule(1), THREE[:1])
    assert "Ana" not in repr(found) + repr(found.earners)
