"""The tables of a journal in SQLite; a file says by its numbers that it is one, and of which version."""

from __future__ import annotations

from typing import Final

APPLICATION_ID: Final = 0x534B5941
"""``SKYA``: what ``file`` and SQLite's header say the file is."""

VERSION: Final = 1
"""Of the tables below; a file of a later version is refused, of an earlier one brought up to date."""

TABLES: Final = (
    "CREATE TABLE log (id INTEGER PRIMARY KEY CHECK (id = 0), origin TEXT NOT NULL) STRICT",
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, leaf BLOB NOT NULL, hash BLOB NOT NULL) STRICT",
    "CREATE TABLE node (level INTEGER, place INTEGER, hash BLOB NOT NULL, PRIMARY KEY (level, place))"
    " STRICT, WITHOUT ROWID",
    "CREATE TABLE body (id INTEGER PRIMARY KEY, salt BLOB NOT NULL, content BLOB NOT NULL, hash BLOB NOT NULL) STRICT",
    "CREATE TABLE erasure (id INTEGER PRIMARY KEY, at TEXT NOT NULL) STRICT",
    "CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, root BLOB NOT NULL, note BLOB NOT NULL) STRICT",
    "CREATE TABLE seen (origin TEXT PRIMARY KEY, note BLOB NOT NULL) STRICT",
    "CREATE TABLE refusal (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, reason TEXT NOT NULL,"
    " words TEXT NOT NULL, material BLOB NOT NULL) STRICT",
    "CREATE TABLE refusal_count (reason TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT",
    "CREATE TABLE evidence (id INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,"
    " pieces TEXT NOT NULL, UNIQUE (kind, subject)) STRICT",
)

PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # in WAL mode NORMAL would lose the last commits in a power cut
    "PRAGMA secure_delete = ON",  # an erased body is overwritten, not only unlinked
    "PRAGMA fullfsync = ON",  # for the systems whose fsync does not reach the disk
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)
