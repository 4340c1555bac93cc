"""Whatever is planted in a record: nothing private comes out, and the screen never fails."""

from __future__ import annotations

import json
from dataclasses import replace

from ckanext.opengovbelize.folding import squeeze
from ckanext.opengovbelize.privacy.policy import Policy
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records.drafts import Draft
from ckanext.opengovbelize.records.session import Link, Material, Message, Person, SessionRecord
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from .conftest import KEY, POLICY, make_record
from .screened import output, published

_SYLLABLES = st.sampled_from(
    ["zor", "vek", "qui", "blu", "trax", "mool", "fiz", "gnu", "wex", "ño", "ék", "juq"]
)
_WORD = st.lists(_SYLLABLES, min_size=3, max_size=4).map("".join)
_NAME = st.tuples(_WORD, _WORD)
_DISGUISES = st.sampled_from(
    [
        str,
        str.upper,
        str.lower,
        lambda text: text.replace(" ", "  \n"),
        lambda text: " ".join(text),
        lambda text: text.replace(" ", ""),
        lambda text: "\u200b".join(text),
        lambda text: "".join(
            chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text
        ),
        lambda text: text.replace("e", "е").replace("o", "о"),
    ]
)
_CARRIERS = st.sampled_from(
    [
        "What does {} say about the budget of the schools?",
        "how is the budget published, {} would like an example",
        "{}: how often is the budget of the schools published?",
        "How is the budget published? {}",
        "¿Cada cuánto publica {} el presupuesto de las escuelas?",
        "Quisiera saber cómo se publica el presupuesto, escriban a {}",
        "hello, I am {} from the coast",
        "The guide is here, says {}: https://example.org/guide",
        "{}",
    ]
)
_DISPLAYS = st.sampled_from(["{}", "{} [Ministry of Tides]", "{}: Reef Radio", "{} - UB", "{} (2)", "Dr. {}"])


@st.composite
def _planted(draw: st.DrawFn) -> tuple[SessionRecord, list[str]]:
    """Return a record with private strings all over, and these strings."""
    names = [draw(_NAME) for _ in range(2)]
    chat, secrets = [], []
    for first, last in names:
        full = f"{first.capitalize()} {last.capitalize()}"
        number = "6" + "".join(draw(st.lists(st.sampled_from("1234567890"), min_size=6, max_size=6)))
        email = f"{first}.{last}@example.com".encode("ascii", "ignore").decode()
        handle = f"@{first}_{number[-3:]}"
        secrets += [first + last, number, email, handle]
        author = draw(_DISPLAYS).format(full)
        for secret in (
            full,
            email,
            f"{number[:3]}-{number[3:]}",
            handle,
            first.capitalize(),
            last.capitalize(),
        ):
            chat.append((author, draw(_CARRIERS).format(draw(_DISGUISES)(secret))))
        speaker = draw(st.sampled_from(["Orla Sandpiper", "Solana Reedwater", "Wren Halcyon", "guest"]))
        chat.append((speaker, draw(_CARRIERS).format(draw(_DISGUISES)(full))))
    chat.append(("guest", "Which licence do the maps of the coast have?"))
    where = draw(
        st.sampled_from(["introduction", "objective", "rationale", "title", "venue_name", "file", "series"])
    )
    first, last = names[0]
    return make_record(
        *chat, **{where: draw(_DISGUISES)(f"with {first.capitalize()} {last.capitalize()}")}
    ), secrets


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_planted())
def test_no_planted_string_comes_out(planted: tuple[SessionRecord, list[str]]) -> None:
    record, secrets = planted
    draft = screen(record, replace(POLICY, transcript=True))
    text = output(draft)
    for secret in secrets:
        assert squeeze(secret) not in text
    assert "Which licence do the maps of the coast have?" in published(draft)
    assert [row["name"] for row in draft.fields["people"]] == [
        "Solana Reedwater",
        "Orla Sandpiper",
        "Wren Halcyon",
    ]


_ANY = st.text(max_size=60)


@settings(max_examples=100, deadline=None)
@given(
    st.builds(
        SessionRecord,
        file=_ANY,
        title=_ANY,
        objective=_ANY,
        series=_ANY,
        address=_ANY,
        people=st.lists(st.builds(Person, role=_ANY, name=_ANY, affiliation=_ANY, email=_ANY), max_size=3),
        links=st.lists(st.builds(Link, kind=_ANY, url=_ANY, title=_ANY), max_size=3),
        materials=st.lists(st.builds(Material, kind=_ANY, url=_ANY), max_size=3),
        messages=st.lists(
            st.builds(Message, number=st.integers(), author=_ANY, text=_ANY, reply_to=_ANY), max_size=6
        ),
    )
)
@example(SessionRecord(file="", title="\ud800\x00", people=[Person("", "\ud800"), Person("x", "ǅ" * 500)]))
@example(SessionRecord(file="", links=[Link("shared", "http://[::1"), Link("shared", "http://a\udc00")]))
def test_the_screen_never_fails_and_its_draft_can_be_stored(record: SessionRecord) -> None:
    draft = screen(record, Policy(KEY, transcript=True, erased=frozenset({(1, "x")})))
    stored = json.dumps(draft.as_dict(), ensure_ascii=False).encode()
    assert Draft.from_dict(json.loads(stored)) == draft
