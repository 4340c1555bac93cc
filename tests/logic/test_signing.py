"""What somebody was shown can be sent back by her alone, for a while, and as it was."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckanext.opengovbelize.logic import signing
from freezegun import freeze_time


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tk.config, "ckanext.opengovbelize.hash_key", "a secret of the tests")
    monkeypatch.setitem(tk.config, "ckanext.opengovbelize.preview_minutes", 60)


def refusal(kind: str, token: str, user: str) -> str:
    with pytest.raises(signing.Refused) as refused:
        signing.open_(kind, token, user)
    return refused.value.code


def test_what_was_signed_comes_back() -> None:
    token = signing.sign("records", "ana", {"rows": [1, "two", None]})

    assert signing.open_("records", token, "ana") == {"rows": [1, "two", None]}


@pytest.mark.parametrize(
    ("kind", "user", "cut"), [("figures", "ana", 0), ("records", "luis", 0), ("records", "ana", 3)]
)
def test_of_another_kind_or_user_or_altered_it_is_refused(kind: str, user: str, cut: int) -> None:
    token = signing.sign("records", "ana", {"rows": []})

    assert refusal(kind, token[: len(token) - cut], user) == "altered"
    assert refusal("records", "", "ana") == "altered"


def test_it_expires() -> None:
    with freeze_time("2025-05-01 10:00"):
        token = signing.sign("records", "ana", {})
    with freeze_time("2025-05-01 10:59"):
        assert signing.open_("records", token, "ana") == {}
    with freeze_time("2025-05-01 11:01"):
        assert refusal("records", token, "ana") == "expired"


def test_with_another_secret_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    token = signing.sign("records", "ana", {})
    monkeypatch.setitem(tk.config, "ckanext.opengovbelize.hash_key", "another secret")

    assert refusal("records", token, "ana") == "altered"
