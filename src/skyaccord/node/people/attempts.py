"""How often one may try to sign in, so that guessing is slow and nobody is kept out for ever.

The rule. An attempt counts as wrong until it has shown itself right, so that many at once gain nothing.

* **A name from one address**: after 5 wrong ones within 15 minutes each further one waits, 2 s, 4 s and so on up to
  5 minutes.
* **One address**, whatever the names: 30 wrong ones within 15 minutes, then the oldest must be 15 minutes old.
* **One name from addresses it never signed in from**: 20 wrong ones an hour from all of them together.
* An address from which that person has signed in within 30 days is held up by the first rule alone: what strangers do
  from elsewhere does not keep an officer from the desk. Signing in with a certificate is never held up, and open
  sessions go on.

An IPv6 address stands for its /64, which is what one customer has.
"""

from __future__ import annotations

import ipaddress
from typing import Final

from skyaccord.node.store.store import Store

WINDOW_S: Final = 900.0
FREE: Final = 5
LONGEST_WAIT_S: Final = 300.0
OF_ADDRESS: Final = 30
STRANGERS_WINDOW_S: Final = 3600.0
OF_STRANGERS: Final = 20
KNOWN_FOR_S: Final = 30 * 86_400.0


def network_of(address: str) -> str:
    """Return what an address is counted as."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def begin_attempt(store: Store, name: str, address: str, now_s: float) -> tuple[int, float]:
    """Count an attempt and return its number and 0, or return 0 and the seconds that it must wait."""
    source = network_of(address)
    with store.transaction():
        store.all("DELETE FROM attempt WHERE at_s <= ? OR at_s > ?", now_s - STRANGERS_WINDOW_S, now_s + WINDOW_S)
        wait_s = _wait(store, name, source, now_s)
        if wait_s > 0.0:
            return 0, wait_s
        number = (store.one("SELECT coalesce(max(id), 0) FROM attempt") or (0,))[0] + 1
        store.all("INSERT INTO attempt (id, name, address, at_s) VALUES (?, ?, ?, ?)", number, name, source, now_s)
    return number, 0.0


def was_right(store: Store, name: str, address: str, now_s: float) -> None:
    """Forget the attempts of a name from an address, and remember that the person signed in there."""
    source = network_of(address)
    with store.transaction():
        store.all("DELETE FROM attempt WHERE name = ? AND address = ?", name, source)
        store.all("DELETE FROM known_address WHERE name = ? AND address = ?", name, source)
        store.all("DELETE FROM known_address WHERE at_s <= ?", now_s - KNOWN_FOR_S)
        store.all("INSERT INTO known_address (name, address, at_s) VALUES (?, ?, ?)", name, source, now_s)


def _wait(store: Store, name: str, source: str, now_s: float) -> float:
    since = now_s - WINDOW_S
    own = _times(store, "name = ? AND address = ? AND at_s > ?", name, source, since)
    wait_s = 0.0
    if len(own) >= FREE:
        wait_s = own[0] + min(2.0 ** (len(own) - FREE + 1), LONGEST_WAIT_S) - now_s
    if _is_known(store, name, source, now_s):
        return wait_s
    of_address = _times(store, "address = ? AND at_s > ?", source, since)
    if len(of_address) >= OF_ADDRESS:
        wait_s = max(wait_s, of_address[OF_ADDRESS - 1] + WINDOW_S - now_s)
    strangers = _times(
        store,
        "name = ? AND at_s > ? AND address NOT IN (SELECT address FROM known_address WHERE name = ? AND at_s > ?)",
        *(name, now_s - STRANGERS_WINDOW_S, name, now_s - KNOWN_FOR_S),
    )
    if len(strangers) >= OF_STRANGERS:
        wait_s = max(wait_s, strangers[OF_STRANGERS - 1] + STRANGERS_WINDOW_S - now_s)
    return wait_s


def _times(store: Store, condition: str, *values: object) -> list[float]:
    """Return when attempts were made, the latest first."""
    sql = f"SELECT at_s FROM attempt WHERE {condition} ORDER BY at_s DESC LIMIT 100"  # noqa: S608 - our own text
    return [row[0] for row in store.all(sql, *values)]


def _is_known(store: Store, name: str, source: str, now_s: float) -> bool:
    sql = "SELECT 1 FROM known_address WHERE name = ? AND address = ? AND at_s > ?"
    return store.one(sql, name, source, now_s - KNOWN_FOR_S) is not None
