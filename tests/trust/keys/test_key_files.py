"""Private keys at rest: under a passphrase in a file of their own, or in the system's store."""

from __future__ import annotations

import json
import os
import stat
import sys
import types
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skyaccord.errors import KeyStoreError, PassphraseError
from skyaccord.model.canonical_json import canonical
from skyaccord.trust.keys.key_file import LEAST_COST, lock_key, read_key_file, unlock_key, write_key_file
from skyaccord.trust.keys.signing_key import SigningKey, generate
from skyaccord.trust.keys.system_keyring import SERVICE, fetch_key, store_key
from skyaccord.trust.notes.base64_text import decode_base64
from tests.trust.cast import key

KEY = key("blue root")
CHEAP = LEAST_COST
LOCKED = lock_key(KEY, "correct horse", CHEAP)


def test_a_key_comes_back_from_its_file_which_its_owner_alone_can_read(tmp_path: Path) -> None:
    path = tmp_path / "root.key"
    write_key_file(path, KEY, "größter Wal", CHEAP)
    assert read_key_file(path, "größter Wal").seed == KEY.seed
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["root.key"]


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "root.key"
    path.write_text("something else")
    with pytest.raises(KeyStoreError, match="not overwritten"):
        write_key_file(path, KEY, "x", CHEAP)
    assert path.read_text() == "something else"
    assert os.listdir(tmp_path) == ["root.key"]


def test_a_folder_that_is_not_there_and_a_file_that_is_not_there_are_said(tmp_path: Path) -> None:
    with pytest.raises(KeyStoreError, match="cannot be written"):
        write_key_file(tmp_path / "none" / "root.key", KEY, "x", CHEAP)
    with pytest.raises(KeyStoreError, match="cannot be read"):
        read_key_file(tmp_path / "root.key", "x")


@pytest.mark.parametrize("passphrase", ["", "correct hors", "correct horse ", "Correct horse"])
def test_another_passphrase_has_an_error_of_its_own(passphrase: str) -> None:
    with pytest.raises(PassphraseError, match="does not open"):
        unlock_key(LOCKED, passphrase)


def test_an_empty_passphrase_locks_nothing() -> None:
    with pytest.raises(PassphraseError, match="empty"):
        lock_key(KEY, "", CHEAP)


def test_neither_the_file_nor_what_prints_a_key_shows_the_private_part() -> None:
    content = json.loads(LOCKED)
    octets = b"".join(decode_base64(value) or b"" for value in content.values() if isinstance(value, str))
    assert KEY.seed not in octets
    assert KEY.seed.hex() not in repr(KEY)
    assert repr(KEY) == str(KEY) == f"SigningKey({KEY.fingerprint})"


def test_two_files_of_one_key_share_neither_salt_nor_nonce_nor_ciphertext() -> None:
    one, other = json.loads(LOCKED), json.loads(lock_key(KEY, "correct horse", CHEAP))
    assert {name for name in one if one[name] == other[name]} == {"cost", "format", "public_key"}


@pytest.mark.parametrize("cost", [0, 1 << 9, (1 << 10) + 1, 1 << 21, 1 << 40, "1024", 1024.5])
def test_a_file_cannot_ask_for_any_cost(cost: object) -> None:
    data = canonical(json.loads(LOCKED) | {"cost": cost})
    with pytest.raises(KeyStoreError, match="cost"):
        unlock_key(data, "correct horse")


def test_every_member_is_authenticated() -> None:
    other = json.loads(lock_key(key("green root"), "correct horse", 2 * CHEAP))
    for name in json.loads(LOCKED):
        data = canonical(json.loads(LOCKED) | {name: other[name]})
        if data != LOCKED.rstrip():
            with pytest.raises(PassphraseError):
                unlock_key(data, "correct horse")


def test_another_form_is_said() -> None:
    with pytest.raises(KeyStoreError, match="skyaccord/key/1"):
        unlock_key(canonical(json.loads(LOCKED) | {"format": "skyaccord/key/2"}), "correct horse")
    with pytest.raises(KeyStoreError, match="no key file"):
        unlock_key(b"-----BEGIN PRIVATE KEY-----\n", "correct horse")


@settings(max_examples=60)
@given(st.integers(0, len(LOCKED) - 1), st.integers(1, 255))
def test_any_changed_octet_is_refused(at: int, change: int) -> None:
    data = bytearray(LOCKED)
    data[at] ^= change
    with pytest.raises(KeyStoreError):
        unlock_key(bytes(data), "correct horse")


def test_a_private_key_has_32_octets_and_new_ones_differ() -> None:
    with pytest.raises(KeyStoreError, match="31 octets"):
        SigningKey(bytes(31))
    assert generate() != generate()


class Store(types.ModuleType):
    """What the package keyring offers, in a dictionary."""

    def __init__(self) -> None:
        super().__init__("keyring")
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, name: str, password: str) -> None:
        self.kept[service, name] = password

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))


def test_a_key_comes_back_from_the_systems_store(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store()
    monkeypatch.setitem(sys.modules, "keyring", store)
    store_key(KEY)
    assert fetch_key(KEY.fingerprint) == KEY
    assert list(store.kept) == [(SERVICE, KEY.fingerprint)]
    with pytest.raises(KeyStoreError, match="has no key"):
        fetch_key(key("green root").fingerprint)
    store.kept[SERVICE, key("green root").fingerprint] = store.kept[SERVICE, KEY.fingerprint]
    with pytest.raises(KeyStoreError, match="another key"):
        fetch_key(key("green root").fingerprint)


def test_the_real_package_offers_what_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = pytest.importorskip("keyring")
    kept = Store()

    class InMemory(keyring.backend.KeyringBackend):  # type: ignore[misc, name-defined]
        priority = 1

        def set_password(self, service: str, username: str, password: str) -> None:
            kept.set_password(service, username, password)

        def get_password(self, service: str, username: str) -> str | None:
            return kept.get_password(service, username)

    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    try:
        store_key(KEY)
        assert fetch_key(KEY.fingerprint) == KEY
    finally:
        keyring.set_keyring(before)


def test_a_store_that_is_not_there_or_fails_is_said_with_a_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(KeyStoreError, match=r"skyaccord\[keyring\]"):
        store_key(KEY)
    broken = Store()
    monkeypatch.setattr(broken, "get_password", lambda *_: 1 / 0)
    monkeypatch.setitem(sys.modules, "keyring", broken)
    with pytest.raises(KeyStoreError, match="does not answer"):
        fetch_key(KEY.fingerprint)
