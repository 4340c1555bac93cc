"""Attacks on the signed text of a certificate: none passes, none raises, none learns why."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from ckanext.opengovbelize.certificates import tokens
from ckanext.opengovbelize.certificates.keys import Keyring
from ckanext.opengovbelize.certificates.model import NOT_GENUINE, Claims, Revocation, Verdict
from hypothesis import given
from hypothesis import strategies as st

from .samples import CLAIMS, ORGANIZATION, OTHER, VERIFY, claims


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return Keyring(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def token(ring: Keyring) -> str:
    return tokens.issue(CLAIMS, ring.signing(ORGANIZATION))


def check(ring: Keyring, text: str) -> Verdict:
    return tokens.check(text, ring.find, lambda *_: None)


def encoded(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(part: str) -> dict[str, Any]:
    return json.loads(base64.urlsafe_b64decode(part + "=="))


class TestGenuine:
    def test_it_says_what_was_issued(self, ring: Keyring, token: str) -> None:
        found = check(ring, token)
        assert (found.state, found.claims) == ("genuine", CLAIMS)

    @pytest.mark.parametrize(
        "name", ["王小明", "محمد بن عبد الله", "Ix Chʼel Ajaw", "O'Brien <b>&amp;", "n" * 120]
    )
    def test_a_name_in_any_script(self, ring: Keyring, name: str) -> None:
        found = check(ring, tokens.issue(claims(name=name), ring.signing(ORGANIZATION))).claims
        assert isinstance(found, Claims)
        assert found.name == name

    def test_as_it_is_pasted(self, ring: Keyring, token: str) -> None:
        broken = "\r\n  ".join(token[at : at + 60] for at in range(0, len(token), 60))
        for text in (
            f"  {token}\n",
            f"{VERIFY}#{token}",
            f"see {VERIFY}#{broken}",
            f"{VERIFY}%23{token}",
            "\u200b".join((token[:50], token[50:])),
            f"\ufeff{token}\u00a0",
        ):
            assert check(ring, text).state == "genuine", text[:40]

    def test_a_revoked_one_says_since_when(self, ring: Keyring, token: str) -> None:
        since = datetime(2026, 11, 25, tzinfo=UTC)

        def revoked(organization: str, id_: str) -> Revocation | None:
            return Revocation(since, "replaced") if (organization, id_) == (ORGANIZATION, CLAIMS.id) else None

        found = tokens.check(token, ring.find, revoked)
        assert (found.state, found.since, found.reason) == ("revoked", since, "replaced")
        assert found.claims == CLAIMS
        # However it is sent again.
        assert tokens.check(f"{VERIFY}#{token}", ring.find, revoked).state == "revoked"


class TestForged:
    def test_each_letter_matters(self, ring: Keyring, token: str) -> None:
        for at, letter in enumerate(token):
            other = "A" if letter != "A" else "B"
            assert check(ring, token[:at] + other + token[at + 1 :]) == Verdict(NOT_GENUINE), at

    def test_each_bit_of_the_last_letter_matters(self, ring: Keyring, token: str) -> None:
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        passing = [letter for letter in letters if check(ring, token[:-1] + letter).state == "genuine"]
        assert passing == [token[-1]]

    @pytest.mark.parametrize("letter", ["n", "s", "a", "t", "i", "d", "o", "p", "l"])
    def test_no_claim_can_be_changed(self, ring: Keyring, token: str, letter: str) -> None:
        header, payload, signature = token.split(".")
        values = decoded(payload)
        values[letter] = 9 if letter == "t" else f"{values[letter]}x"
        altered = encoded(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode())
        assert check(ring, f"{header}.{altered}.{signature}") == Verdict(NOT_GENUINE)

    def test_claims_of_another_series_with_this_signature(self, ring: Keyring, token: str) -> None:
        other = tokens.issue(claims(series="Another", address="another-2020"), ring.signing(ORGANIZATION))
        header, _payload, signature = token.split(".")
        assert check(ring, f"{header}.{other.split('.')[1]}.{signature}") == Verdict(NOT_GENUINE)

    def test_another_programs_key_signs_nothing_of_this_one(self, ring: Keyring) -> None:
        theirs = ring.signing(OTHER)
        with pytest.raises(ValueError, match="its own key"):
            tokens.issue(CLAIMS, theirs)
        forged = signed(theirs, {"alg": "EdDSA", "kid": theirs.id}, payload_of(CLAIMS))
        assert check(ring, forged) == Verdict(NOT_GENUINE)
        # The same with the name of our key on it.
        ours = ring.signing(ORGANIZATION).id
        assert check(ring, signed(theirs, {"alg": "EdDSA", "kid": ours}, payload_of(CLAIMS))) == Verdict(
            NOT_GENUINE
        )

    @pytest.mark.parametrize("algorithm", ["none", "None", "HS256", "HS512", "ES256", "RS256", ""])
    def test_no_other_algorithm(self, ring: Keyring, algorithm: str) -> None:
        key = ring.listed(ORGANIZATION)[0]
        start = f"{encoded({'alg': algorithm, 'kid': key.id})}.{payload_of(CLAIMS)}"
        mac = hmac.new(key.public.public_bytes_raw(), start.encode(), hashlib.sha256).digest()
        for signature in ("", encoded(mac)):
            assert check(ring, f"{start}.{signature}") == Verdict(NOT_GENUINE)

    @pytest.mark.parametrize(
        "more",
        [
            {"crit": ["x"], "x": 1},
            {"b64": False, "crit": ["b64"]},
            {"jwk": {"kty": "OKP"}},
            {"typ": "JWT"},
            {"jku": "https://evil.example.org"},
        ],
    )
    def test_no_other_header_even_well_signed(self, ring: Keyring, more: dict[str, Any]) -> None:
        key = ring.signing(ORGANIZATION)
        header = {"alg": "EdDSA", "kid": key.id, **more}
        assert check(ring, signed(key, header, payload_of(CLAIMS))) == Verdict(NOT_GENUINE)

    @pytest.mark.parametrize("payload", [b"", b"{}", b"[]", b"null", b"\xff", b'{"i":1}', b"[" * 5000])
    def test_a_signature_over_something_else(self, ring: Keyring, payload: bytes) -> None:
        key = ring.signing(ORGANIZATION)
        forged = signed(key, {"alg": "EdDSA", "kid": key.id}, encoded(payload))
        assert check(ring, forged) == Verdict(NOT_GENUINE)

    def test_huge_and_hostile_texts(self, ring: Keyring, token: str) -> None:
        for text in (
            "",
            "x" * 10_000_000,
            f"{'a' * 4000}.{'b' * 3000}.c",
            f"{token}.{token}",
            f"{token}#",
            f"#{token}#x",
            "a.b.c",
            "....",
            "\x00.\x00.\x00",
            f"{encoded(b'[' * 5000)}.e30.e30",
            f"{encoded({'kid': ['x']})}.e30.e30",
            f"{encoded({'kid': '../../etc/passwd'})}.e30.e30",
            "'; DROP TABLE package; --",
            "<script>alert(1)</script>",
        ):
            assert check(ring, text) == Verdict(NOT_GENUINE), text[:50]

    @given(st.text(max_size=300))
    def test_any_text(self, ring: Keyring, text: str) -> None:
        assert check(ring, text) == Verdict(NOT_GENUINE)


def test_it_fits_a_code_that_phones_read(ring: Keyring) -> None:
    long = claims(name="N" * 60, series="S" * 90, program="P" * 50)
    assert len(f"{VERIFY}#{tokens.issue(long, ring.signing(ORGANIZATION))}") < 700


def payload_of(found: Claims) -> str:
    values = {
        "i": found.id, "n": found.name, "s": found.series, "a": found.address, "t": found.attended, "m": found.sessions,
        "k": found.needed, "l": found.language, "d": found.issued.isoformat(), "p": found.program, "o": found.organization,
    }  # fmt: skip
    return encoded(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode())


def signed(key: Any, header: dict[str, Any], payload: str) -> str:
    start = f"{encoded(header)}.{payload}"
    return f"{start}.{encoded(key.private.sign(start.encode()))}"


def test_the_forger_of_these_tests_can_sign(ring: Keyring) -> None:
    key = ring.signing(ORGANIZATION)
    assert check(ring, signed(key, {"alg": "EdDSA", "kid": key.id}, payload_of(CLAIMS))).state == "genuine"


def test_only_the_folder_of_keys_decides(tmp_path: Path, token: str) -> None:
    assert check(Keyring(tmp_path), token) == Verdict(NOT_GENUINE)
