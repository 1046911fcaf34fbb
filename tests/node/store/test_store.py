"""A store keeps its promises on both databases."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from skyaccord.errors import StoreError
from skyaccord.node.folder import Folder
from skyaccord.node.store.dialect import Kind
from skyaccord.node.store.migrate import Migration, known_migrations, migrate
from skyaccord.node.store.open import open_store
from skyaccord.node.store.store import Store
from tests.node.people.cast import NOW_S

ROW = ("blue", "duty", "observer")
INSERT = "INSERT INTO person (name, duty, role, is_active) VALUES (?, ?, ?, 1)"
COUNT = "SELECT count(*) FROM person"


def test_what_a_transaction_did_is_there_after_opening_anew(folder: Folder, url: str | None, store: Store) -> None:
    with store.transaction():
        store.all(INSERT, *ROW)
    store.close()
    again = open_store(folder, url, NOW_S)
    assert again.all("SELECT name, duty, role FROM person") == [ROW]
    again.close()


def add_and_fail(store: Store) -> None:
    with store.transaction():
        store.all(INSERT, *ROW)
        raise ZeroDivisionError


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        add_and_fail(store)
    assert store.one(COUNT) == (0,)


def test_an_inner_failure_undoes_the_outer_transaction_even_where_it_is_caught(store: Store) -> None:
    def outer() -> None:
        with store.transaction(), suppress(ZeroDivisionError):
            add_and_fail(store)

    with pytest.raises(StoreError, match="Try all of it again"):
        outer()
    assert store.one(COUNT) == (0,)
    with store.transaction():
        store.all(INSERT, *ROW)
    assert store.one(COUNT) == (1,)


def test_threads_take_turns(store: Store) -> None:
    store.all(INSERT, *ROW)

    def add() -> None:
        for _ in range(20):
            with store.transaction():
                (step,) = store.one("SELECT code_step FROM person") or (0,)
                store.all("UPDATE person SET code_step = ?", step + 1)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert store.one("SELECT code_step FROM person") == (80,)


def test_octets_numbers_and_absence_come_back_as_they_were(store: Store) -> None:
    values = (b"\x00\xff'%?", 2**62, 1796083200.123456, None)
    store.all(INSERT, *ROW)
    store.all("UPDATE person SET code_secret = ?, code_step = ?, password_until_s = ?, certificate = ?", *values)
    assert store.all("SELECT code_secret, code_step, password_until_s, certificate FROM person") == [values]


def test_foreign_keys_hold(store: Store) -> None:
    with pytest.raises(StoreError, match=r"(?i)foreign key"):
        store.all("INSERT INTO known_address (name, address, at_s) VALUES ('nobody', 'x', 0)")


def test_types_hold(store: Store) -> None:
    store.all(INSERT, *ROW)
    with pytest.raises((StoreError, psycopg.ProgrammingError)):
        store.all("UPDATE person SET code_step = ?", "many")


def test_a_second_writer_is_refused_with_the_cure(folder: Folder, url: str | None, store: Store) -> None:
    with pytest.raises(StoreError, match="Another process has this node open"):
        open_store(folder, url, NOW_S)
    store.close()
    open_store(folder, url, NOW_S).close()


def test_a_second_process_is_refused(folder: Folder, url: str | None, store: Store) -> None:
    program = (
        "import sys, pathlib; from skyaccord.node.folder import Folder\n"
        "from skyaccord.node.store.open import open_store\n"
        "open_store(Folder(pathlib.Path(sys.argv[1])), sys.argv[2] or None, 0.0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder.path), url or ""],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "it is locked" in done.stderr


def test_migrations_are_applied_once(folder: Folder, url: str | None, store: Store) -> None:
    numbers = [each.number for each in known_migrations()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [row[0] for row in store.all("SELECT number FROM migration ORDER BY number")] == numbers
    assert migrate(store, NOW_S) == numbers[-1]
    assert store.one("SELECT count(*) FROM migration") == (len(numbers),)


def test_a_later_migration_is_applied_to_a_store_that_has_content(store: Store) -> None:
    store.all(INSERT, *ROW)
    known = known_migrations()
    later = Migration(known[-1].number + 1, "more", "ALTER TABLE person ADD COLUMN more {integer} NOT NULL DEFAULT 7")
    migrate(store, NOW_S, (*known, later))
    assert store.all("SELECT name, more FROM person") == [("blue", 7)]


def test_a_store_of_a_later_program_is_refused(folder: Folder, url: str | None, store: Store) -> None:
    known = known_migrations()
    migrate(store, NOW_S, (*known, Migration(known[-1].number + 1, "more", "CREATE TABLE more (x {integer})")))
    store.close()
    with pytest.raises(StoreError, match=rf"this program knows {known[-1].number}\. Use the skyaccord that wrote it"):
        open_store(folder, url, NOW_S)


def test_a_store_with_other_migrations_is_refused(store: Store) -> None:
    first, *rest = known_migrations()
    with pytest.raises(StoreError, match="is not the one that this program knows"):
        migrate(store, NOW_S, (Migration(first.number, first.name, first.text + "\n"), *rest))


def test_a_migration_that_fails_leaves_nothing(store: Store) -> None:
    known = known_migrations()
    text = "CREATE TABLE half (x {integer}){strict}\n\nINSERT INTO half (x) VALUES (NULL / 0), (1 / 0, 2)"
    with pytest.raises(Exception, match=r"(?i)values"):
        migrate(store, NOW_S, (*known, Migration(known[-1].number + 1, "broken", text)))
    tables = (
        "sqlite_schema WHERE name"
        if store.dialect.kind is Kind.SQLITE
        else "information_schema.tables WHERE table_name"
    )
    assert store.one(f"SELECT count(*) FROM {tables} = 'half'") == (0,)  # noqa: S608
    assert migrate(store, NOW_S) == known[-1].number


def test_a_broken_connection_is_made_again(postgresql: object, tmp_path: Path) -> None:
    url = postgresql.fresh()  # type: ignore[attr-defined]
    store = open_store(Folder(tmp_path), url, NOW_S)
    store.all(INSERT, *ROW)
    (pid,) = store.one("SELECT pg_backend_pid()") or (0,)
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
    with pytest.raises(StoreError, match="Check the server"), store.transaction():
        store.all(INSERT, "green", *ROW[1:])
    assert store.all("SELECT name FROM person") == [("blue",)]
    store.close()


def test_a_server_that_is_not_there_is_said_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Start the server") as refused:
        open_store(Folder(tmp_path), f"postgresql://node:hidden@/x?host={tmp_path}", NOW_S)
    assert "hidden" not in str(refused.value)


def test_files_of_the_store_are_the_owners_alone(folder: Folder) -> None:
    before = os.umask(0)
    try:
        store = open_store(folder, None, NOW_S)
        store.all(INSERT, *ROW)
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in folder.path.glob("node.*")}
        store.close()
    finally:
        os.umask(before)
    assert set(modes) >= {"node.sqlite", "node.sqlite-wal", "node.lock"}
    assert set(modes.values()) == {0o600}


def test_commits_reach_the_disk(store: Store) -> None:
    if store.dialect.kind is Kind.SQLITE:
        asked = {name: store.one(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys")}
        assert asked == {"journal_mode": ("wal",), "synchronous": (2,), "foreign_keys": (1,)}
    else:
        assert store.one("SHOW synchronous_commit") == ("on",)
        assert store.one("SHOW fsync") == ("on",)


def test_another_file_is_not_taken_for_a_store(folder: Folder) -> None:
    import sqlite3

    with sqlite3.connect(folder.store) as other:
        other.execute("CREATE TABLE diary (x)")
    other.close()
    with pytest.raises(StoreError, match="it is no store of a node"):
        open_store(folder, None, NOW_S)
    folder.store.write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match="SQLite says"):
        open_store(folder, None, NOW_S)
