"""NIC, the navigation integrity category of a position, from its type code and the supplements sent elsewhere.

Supplement B comes with an airborne position (versions 2 and later), A with the operational status (S in version 1).
Where a supplement is not known, the lower category is taken. Aircraft of version 0 (or of a version not yet heard)
state another quantity, a protection limit; they get the highest category whose containment radius is not smaller.
Surface positions of types 7 and 8 need supplement C, which is not read: the lower category is taken there too.

Source: RTCA DO-260B, tables 2-11 and N-4.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.model.tracks import Ints
from skyaccord.tracks.formats.decoded import UNKNOWN, Codes

_BASIC: Final = {
    # type code: category without supplement
    5: 11, 6: 10, 7: 8, 8: 0,
    9: 11, 10: 10, 11: 8, 12: 7, 13: 6, 14: 5, 15: 4, 16: 2, 17: 1, 18: 0,
    20: 11, 21: 10, 22: 0,
}  # fmt: skip
_RAISED: Final = {11: 9, 16: 3}
"""By supplement S in version 1, by A and B together from version 2 on."""

_VERSION_0: Final = _BASIC | {16: 1}


def integrity_categories(type_code: Ints, version: Codes, nic_a: Codes, nic_b: Ints, nic_s: Codes) -> Codes:
    """Return NIC of positions; `UNKNOWN` where the type code is none of a position."""
    nic = np.where(version >= 1, _lookup(_BASIC)[type_code], _lookup(_VERSION_0)[type_code])
    is_raised = ((version == 1) & (nic_s == 1)) | ((version >= 2) & (nic_a == 1) & (nic_b == 1))
    raised = _lookup(_RAISED)[type_code]
    return np.where(is_raised & (raised != UNKNOWN), raised, nic).astype(np.int8)


def _lookup(table: dict[int, int]) -> Ints:
    return np.array([table.get(code, UNKNOWN) for code in range(32)])
