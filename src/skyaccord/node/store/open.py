"""Open the store that a configuration names, brought up to date."""

from __future__ import annotations

from skyaccord.node.folder import Folder
from skyaccord.node.store.migrate import migrate
from skyaccord.node.store.sqlite import SqliteEngine
from skyaccord.node.store.store import Engine, Store


def open_store(folder: Folder, url: str | None, now_s: float) -> Store:
    """Return a node's store, made where there is none.

    Args:
        folder: the node's folder; the SQLite file lies in it.
        url: of a PostgreSQL database, or ``None``.
        now_s: seconds since 1970; written beside each migration that is applied.

    Raises:
        StoreError: it is in use, of a later version, damaged or out of reach.
    """
    store = Store(_engine(folder, url))
    try:
        migrate(store, now_s)
    except BaseException:
        store.close()
        raise
    return store


def _engine(folder: Folder, url: str | None) -> Engine:
    if url is None:
        return SqliteEngine(folder.store, folder.lock)
    from skyaccord.node.store.postgresql import PostgresqlEngine  # loads psycopg, which SQLite does not need

    return PostgresqlEngine(url)
