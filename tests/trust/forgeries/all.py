"""Every forgery, family by family."""

from __future__ import annotations

from tests.trust.forgeries import addresses, bodies, checkpoints, encodings, keys, logs, order, receipts, signatures

FORGERIES = [
    *addresses.FORGERIES,
    *order.FORGERIES,
    *keys.FORGERIES,
    *signatures.FORGERIES,
    *bodies.FORGERIES,
    *encodings.FORGERIES,
    *logs.FORGERIES,
    *receipts.FORGERIES,
    *checkpoints.FORGERIES,
]
