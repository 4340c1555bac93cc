"""Any given name with any family name of the lists is withheld, wherever a text of the organisers has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckanext.opengovbelize.privacy.name_words import known_phrases, thing_words
from ckanext.opengovbelize.privacy.vocabulary import word_set
from ckanext.opengovbelize.records.drafts import Draft
from ckanext.opengovbelize.records.session import Link, Material
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from .screened import output

_GIVEN = sorted(word_set("given_names") - word_set("place_given_names"))
_FAMILY = sorted(word_set("family_names") - word_set("capitals"))
_PLACES: list[Callable[[str], dict[str, Any]]] = [
    lambda name: {"introduction": f"The boats are counted by {name} in May."},
    lambda name: {"introduction": f"We took over from {name}, who counts boats."},
    lambda name: {"introduction": f"present: the clerk, {name.lower()}, and others"},
    lambda name: {"introduction": "The boats were counted by {}\n{} in May.".format(*name.split())},
    lambda name: {"title": f"Reading a Budget with {name}"},
    lambda name: {"title": f"{name}: how boats are counted"},
    lambda name: {"venue_name": f"Home of {name}"},
    lambda name: {"organisers": f"Reef Office; {name}"},
    lambda name: {"topics": [name]},
    lambda name: {"audience": f"Fishers and {name}"},
    lambda name: {"series": f"Webinars of {name}"},
    lambda name: {"date_as_stated": f"Friday with {name}"},
    lambda name: {"file": f"{name}.md"},
    lambda name: {"place": f"sheet {name}"},
    lambda name: {"links": [Link("shared", "https://data.example.org/1", name)]},
    lambda name: {"links": [Link("shared", f"https://data.example.org/{name.replace(' ', '-')}.pdf", "")]},
    lambda name: {"materials": [Material("video", "https://data.example.org/1", f"Talk by {name}")]},
]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(_GIVEN), st.sampled_from(_FAMILY), st.sampled_from(_PLACES))
@example("keisha", "penner", _PLACES[3])
@example("ixchel", "choc", _PLACES[13])
def test_no_name_of_the_lists_comes_out(
    screened: Callable[..., Draft], first: str, last: str, put: Callable[[str], dict[str, Any]]
) -> None:
    name = f"{first} {last}"
    assume(first != last and name not in known_phrases() and not {first, last} & thing_words())
    values = put(name.title())
    assert f"{first}{last}" not in output(screened(**values)), values
