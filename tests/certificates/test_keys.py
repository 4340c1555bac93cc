"""Keys of programs: made once, never shown, never half written."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from ckanext.opengovbelize.certificates import keys, tokens
from ckanext.opengovbelize.certificates.keys import Keyring, KeysUnusable

from .samples import ORGANIZATION, OTHER, claims


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys")


def sign_once(folder: Path) -> str:
    return Keyring(folder).signing(ORGANIZATION).id


def state(ring: Keyring, token: str) -> str:
    return tokens.check(token, ring.find, lambda *_: None).state


class TestFile:
    def test_only_its_user_can_read_it(self, ring: Keyring) -> None:
        ring.signing(ORGANIZATION)
        for path in ring.folder.iterdir():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
        assert stat.S_IMODE(ring.folder.stat().st_mode) == 0o700

    def test_two_processes_make_one_key(self, ring: Keyring) -> None:
        with ProcessPoolExecutor(4) as pool:
            made = set(pool.map(sign_once, [ring.folder] * 8))
        assert len(made) == 1
        assert [key.id for key in ring.listed(ORGANIZATION)] == list(made)

    def test_an_interrupted_write_leaves_the_old_keys(
        self, ring: Keyring, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = ring.signing(ORGANIZATION).id

        def interrupted(descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", interrupted)
        with pytest.raises(KeysUnusable, match="cannot be written"):
            ring.rotate(ORGANIZATION)
        monkeypatch.undo()
        assert ring.signing(ORGANIZATION).id == old
        assert ring.rotate(ORGANIZATION).id != old

    @pytest.mark.parametrize("content", ["", "{", '{"keys": [{}]}', '{"keys": 3}', "[]"])
    def test_a_damaged_file_is_told_without_what_is_in_it(self, ring: Keyring, content: str) -> None:
        ring.signing(ORGANIZATION)
        path = ring.folder / f"{ORGANIZATION}.json"
        secret = json.loads(path.read_text())["keys"][0]["private"]
        path.write_text(content or json.dumps({"keys": [{"private": secret, "state": "active"}]}))
        with pytest.raises(KeysUnusable) as told:
            ring.signing(ORGANIZATION)
        assert str(path) in str(told.value)
        assert "backup" in str(told.value)
        assert secret not in repr(told.value)

    @pytest.mark.parametrize("organization", ["../elsewhere", "", "a/b", "x\x00", "." * 3])
    def test_no_id_leads_out_of_the_folder(self, ring: Keyring, organization: str) -> None:
        with pytest.raises(KeysUnusable):
            ring.signing(organization)
        assert not ring.folder.exists()


class TestStates:
    def test_what_a_retired_key_signed_stays_valid_and_it_signs_no_more(self, ring: Keyring) -> None:
        old = ring.signing(ORGANIZATION)
        token = tokens.issue(claims(), old)
        new = ring.rotate(ORGANIZATION)
        assert ring.signing(ORGANIZATION).id == new.id != old.id
        assert [(key.id, key.state) for key in ring.listed(ORGANIZATION)] == [
            (new.id, keys.ACTIVE),
            (old.id, keys.RETIRED),
        ]
        assert state(ring, token) == "genuine"

    def test_nothing_that_a_compromised_key_signed_is_valid(self, ring: Keyring) -> None:
        old = ring.signing(ORGANIZATION)
        token = tokens.issue(claims(), old)
        ring.compromise(ORGANIZATION, old.id, "stolen")
        found = tokens.check(token, ring.find, lambda *_: None)
        assert (found.state, found.reason, found.claims) == ("compromised", "stolen", None)
        assert found.organization == ORGANIZATION
        # The next certificate is signed with a new key, and that is good.
        assert state(ring, tokens.issue(claims(), ring.signing(ORGANIZATION))) == "genuine"

    def test_a_retired_key_can_be_compromised_and_stays_so(self, ring: Keyring) -> None:
        old = ring.signing(ORGANIZATION).id
        ring.rotate(ORGANIZATION)
        first = ring.compromise(ORGANIZATION, old, "lost")
        assert ring.compromise(ORGANIZATION, old, "stolen") == first
        ring.rotate(ORGANIZATION)
        assert ring.listed(ORGANIZATION)[-1].state == keys.COMPROMISED

    def test_private_halves_go_with_the_state(self, ring: Keyring) -> None:
        for _ in range(3):
            ring.signing(ORGANIZATION)
            ring.rotate(ORGANIZATION)
        ring.compromise(ORGANIZATION, ring.signing(ORGANIZATION).id, "lost")
        rows = json.loads((ring.folder / f"{ORGANIZATION}.json").read_text())["keys"]
        assert len(rows) == 4
        assert not any("private" in row for row in rows)

    def test_a_program_has_its_own_keys(self, ring: Keyring) -> None:
        mine, theirs = ring.signing(ORGANIZATION), ring.signing(OTHER)
        with pytest.raises(KeyError):
            ring.compromise(ORGANIZATION, theirs.id, "stolen")
        assert [key.organization for key in map(ring.find, (mine.id, theirs.id)) if key] == [
            ORGANIZATION,
            OTHER,
        ]

    def test_a_signing_key_does_not_show_itself(self, ring: Keyring) -> None:
        assert "rivate" not in repr(ring.signing(ORGANIZATION))
