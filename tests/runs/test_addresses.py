"""Which addresses of a source's pages may be kept in clear."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.privacy.policy import Policy
from ckanext.opengovbelize.runs.addresses import may_be_kept

OWN = "https://opengov.example.org/program/webinars/"
POLICY = Policy(hash_key=b"a key of this test")


@pytest.mark.parametrize(
    "address",
    [
        f"{OWN}1",
        f"{OWN}ecosystem-2020-1",
        f"{OWN}2020/03/05/how-a-plan-is-made.html",
        f"{OWN}?page=2&id=12",
        f"{OWN}taller%20de%20cocreaci%C3%B3n",
        "https://opengov.example.org/records/budget.pdf",
        "https://opengov.example.org",
        # What everybody may read in the source's own address.
        OWN,
    ],
)
def test_what_says_nothing_private_may(address: str) -> None:
    assert may_be_kept(address, OWN, POLICY)


@pytest.mark.parametrize(
    "address",
    [
        f"{OWN}maria-lopez-on-budgets",
        f"{OWN}mar%C3%ADa-l%C3%B3pez",
        "https://opengov.example.org/~asample/webinar.html",
        f"{OWN}AbC9xYz12",
        f"{OWN}620-0103",
        f"{OWN}ana@example.bz",
        f"{OWN}?token=12345",
        f"{OWN}?key=1",
        f"{OWN}?q=budget",
        f"{OWN}?Kx82hQ",
        "https://ana:secret@opengov.example.org/1",
        f"{OWN}#maria",
        "https://ana-sample.example.net/1",
        f"{OWN}{'long-' * 60}",
    ],
)
def test_a_name_a_token_or_what_nobody_knows_may_not(address: str) -> None:
    assert not may_be_kept(address, OWN, POLICY)


def test_what_was_erased_may_not() -> None:
    from ckanext.opengovbelize.privacy.hashing import keyed_hash

    erased = frozenset({(1, keyed_hash(POLICY.hash_key, "budget"))})
    policy = Policy(hash_key=POLICY.hash_key, erased=erased)
    assert may_be_kept(f"{OWN}budget", OWN, POLICY)
    assert not may_be_kept(f"{OWN}budget", OWN, policy)
