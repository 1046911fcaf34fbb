"""How long the items of ASTERIX records are: what is needed to walk from one to the next.

A layout lists items in the order of a category's field reference numbers. ``fixed(n)`` is n octets; ``chain(n)`` goes
on, n octets at a time, while the last bit of its last octet is set; ``many(n)`` is a count and so many times n octets;
``FREE`` begins with its own length; ``parts(…)`` begins with a chain of bits that say which of its parts follow.

Sources: EUROCONTROL SPEC-0149-12 (CAT021, editions 2.1 to 2.7, which are equally long, and 0.23 to 0.26), -4 (CAT048,
1.27 to 1.32) and -9 (CAT062, 1.16 to 1.21).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from skyaccord.model.tracks import Ints

NONE, FIXED, CHAIN, MANY, OWN_LENGTH, PARTS = range(6)


@dataclass(frozen=True, slots=True)
class Item:
    """One item, or part of one; ``size`` is its length or its unit."""

    name: str
    form: int
    size: int = 0
    parts: tuple[Item, ...] = field(default=())


SPARE: Final = Item("", NONE)


@dataclass(frozen=True, slots=True)
class Layout:
    """A category's items as arrays, and the column that each needed one gets. Parts are rows of tables of their own."""

    form: Ints
    size: Ints
    column: Ints
    part_table: Ints  # row of the tables of parts
    part_form: Ints  # (tables, parts)
    part_size: Ints
    part_column: Ints
    columns: tuple[str, ...]


def make_layout(items: Sequence[Item], columns: Sequence[str]) -> Layout:
    """Return a layout as arrays. ``columns`` names needed items, and parts as "380/ADR"."""
    tables = [item for item in items if item.form == PARTS]
    widest = max([len(item.parts) for item in tables], default=0)
    shape = max(len(tables), 1), max(widest, 1)
    form, size, column = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.full(shape, -1)
    for row, item in enumerate(tables):
        for k, part in enumerate(item.parts):
            form[row, k], size[row, k] = part.form, part.size
            column[row, k] = _index(columns, f"{item.name}/{part.name}")
    return Layout(
        np.array([item.form for item in items]),
        np.array([item.size for item in items]),
        np.array([_index(columns, item.name) for item in items]),
        np.array([tables.index(item) if item.form == PARTS else -1 for item in items]),
        form,
        size,
        column,
        tuple(columns),
    )


def _index(columns: Sequence[str], name: str) -> int:
    return columns.index(name) if name in columns else -1


def _fixed(text: str) -> tuple[Item, ...]:
    """Return items of fixed length from "010:2 040:3"; a name without length is a chain of octets, ``-`` a spare."""
    return tuple(_item(*word.partition(":")[::2]) for word in text.split())


def _item(name: str, size: str) -> Item:
    if name == "-":
        return SPARE
    if size.startswith("x"):
        return Item(name, MANY, int(size[1:]))
    return Item(name, FIXED, int(size)) if size else Item(name, CHAIN, 1)


def _parts(name: str, text: str) -> Item:
    return Item(name, PARTS, 0, _fixed(text))


_RE: Final = Item("RE", OWN_LENGTH)
_SP: Final = Item("SP", OWN_LENGTH)
_WEATHER: Final = "WS:2 WD:2 TMP:2 TRB:1"
_INTENT: Final = "TIS TID:x15"

CAT021: Final = (
    *_fixed("010:2 040 161:2 015:1 071:3 130:6 131:8"),
    *_fixed("072:3 150:2 151:2 080:3 073:3 074:4 075:3"),
    *_fixed("076:4 140:2 090 210:1 070:2 230:2 145:2"),
    *_fixed("152:2 200:1 155:2 157:2 160:4 165:2 077:3"),
    *_fixed("170:6 020:1"),
    _parts("220", _WEATHER),
    *_fixed("146:2 148:2"),
    _parts("110", _INTENT),
    *_fixed("016:1 008:1 271 132:1 250:x8 260:7 400:1"),
    _parts(
        "295",
        "AOS:1 TRD:1 M3A:1 QI:1 TI1:1 MAM:1 GH:1 FL:1 ISA:1 FSA:1 AS:1 TAS:1 MH:1 BVR:1 GVR:1 GV:1 TAR:1 TI2:1 TS:1 "
        "MET:1 ROA:1 ARA:1 SCC:1",
    ),
    *_fixed("- - - - -"),
    _RE,
    _SP,
)


def cat021_before_2(position_octets: int) -> tuple[Item, ...]:
    """Return the items of editions 0.23 (position in 6 octets) and 0.24 to 0.26 (in 8)."""
    return (
        *_fixed(f"010:2 040:2 030:3 130:{position_octets} 080:3 140:2 090:2"),
        *_fixed("210:1 230:2 145:2 150:2 151:2 152:2 155:2"),
        *_fixed("157:2 160:4 165 170:6 095:1 032:1 200:1"),
        *_fixed("020:1"),
        _parts("220", _WEATHER),
        *_fixed("146:2 148:2"),
        _parts("110", _INTENT),
        *_fixed("070:2 131:1"),
        *_fixed("- - - - -"),
        _RE,
        _SP,
    )


CAT048: Final = (
    *_fixed("010:2 140:3 020 040:4 070:2 090:2"),
    _parts("130", "SRL:1 SRR:1 SAM:1 PRL:1 PAM:1 RPD:1 APD:1"),
    *_fixed("220:3 240:6 250:x8 161:2 042:4 200:4 170"),
    *_fixed("210:4 030 080:2 100:4 110:2"),
    _parts("120", "CAL:2 RDS:x6"),
    *_fixed("230:2 260:7 055:1 050:2 065:1 060:2"),
    _SP,
    _RE,
)

CAT062: Final = (
    *_fixed("010:2 - 015:1 070:3 105:8 100:6 185:4"),
    *_fixed("210:2 060:2 245:7"),
    _parts(
        "380",
        "ADR:3 ID:6 MHG:2 IAS:2 TAS:2 SAL:2 FSS:2 TIS TID:x15 COM:2 SAB:2 ACS:7 BVR:2 GVR:2 "
        "RAN:2 TAR:2 TAN:2 GS:2 VUN:1 MET:8 EMC:1 POS:6 GAL:2 PUN:1 MB:x8 IAR:2 MAC:2 BPS:2",
    ),
    *_fixed("040:2 080"),
    _parts("290", "TRK:1 PSR:1 SSR:1 MDS:1 ADS:2 ES:1 VDL:1 UAT:1 LOP:1 MLT:1"),
    *_fixed("200:1"),
    _parts(
        "295",
        "MFL:1 MD1:1 MD2:1 MDA:1 MD4:1 MD5:1 MHG:1 IAS:1 TAS:1 SAL:1 FSS:1 TID:1 COM:1 SAB:1 ACS:1 BVR:1 GVR:1 "
        "RAN:1 TAR:1 TAN:1 GSP:1 VUN:1 MET:1 EMC:1 POS:1 GAL:1 PUN:1 MB:1 IAR:1 MAC:1 BPS:1",
    ),
    *_fixed("136:2 130:2 135:2 220:2"),
    _parts(
        "390",
        "TAG:2 CS:7 IFI:4 FCT:1 TAC:4 WTC:1 DEP:4 DST:4 RDS:3 CFL:2 CTL:2 TOD:x4 AST:6 STS:1 STD:7 STA:7 PEM:2 PEC:7",
    ),
    *_fixed("270 300:1"),
    _parts("110", "SUM:1 PMN:4 POS:6 GA:2 EM1:2 TOS:1 XP:1"),
    *_fixed("120:2"),
    Item("510", CHAIN, 3),
    _parts("500", "APC:4 COV:2 APW:4 AGA:1 ABA:1 ATV:2 AA:2 ARC:1"),
    _parts("340", "SID:2 POS:4 HEIGHT:2 MDC:2 MDA:2 TYP:1"),
    *_fixed("- - - - -"),
    _RE,
    _SP,
)
