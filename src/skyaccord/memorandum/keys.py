"""Every key that a memorandum file may have. What is not in this table is refused.

There is no key for a target, a weapon or a source of intelligence, and there will be none.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

FILE: Final = "file"
MEMORANDUM: Final = "memorandum"
AREA: Final = "area"
VALID: Final = "valid"
PARTY: Final = "party"
COMMUNICATIONS: Final = "communications"
HOTLINE: Final = "hotline"
ACKNOWLEDGE: Final = "acknowledge"
PROVISION: Final = "provision"
SOURCE: Final = "source"
NAMED_AREA: Final = "named area"
NAMED_LINE: Final = "named line"

KEYS: Final = MappingProxyType(
    {
        FILE: ("memorandum", "party", "area", "line", "communications", "provision"),
        MEMORANDUM: ("title", "parties", "excluded", "valid", "area", "notes"),
        VALID: ("from", "until"),
        AREA: ("polygon", "floor", "ceiling", "datum"),
        PARTY: ("name", "root"),
        NAMED_AREA: ("polygon", "centre", "radius", "floor", "ceiling", "datum", "name"),
        NAMED_LINE: ("points", "name"),
        COMMUNICATIONS: ("frequencies", "hotline"),
        HOTLINE: ("check_every", "acknowledge"),
        ACKNOWLEDGE: ("emergency", "flash", "immediate", "priority", "routine"),
        PROVISION: (
            "id",
            "text",
            "modality",
            "evidence",
            "keep",
            "breach",
            "restore",
            "reenter",
            "alternatives",
            "actor",
            "source",
            "notes",
        ),
        SOURCE: ("text", "confidence"),
    }
)

NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What parties, areas and lines may be called: these names are keys here and stand in rules without quotes."""
