"""Every forgery, family by family."""

from __future__ import annotations

from tests.trust.forgeries import addresses, bodies, encodings, keys, order, signatures

FORGERIES = [
    *addresses.FORGERIES,
    *order.FORGERIES,
    *keys.FORGERIES,
    *signatures.FORGERIES,
    *bodies.FORGERIES,
    *encodings.FORGERIES,
]
