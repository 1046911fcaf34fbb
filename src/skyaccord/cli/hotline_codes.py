"""What waits as QR codes on a page to show or print, and the texts of codes that were read, as lines."""

from __future__ import annotations

from html import escape

from skyaccord.errors import SkyaccordError
from skyaccord.hotline.fallback.armour import write_armour
from skyaccord.hotline.fallback.codes import read_codes, write_codes
from skyaccord.hotline.fallback.draw_codes import draw_svg
from skyaccord.hotline.fallback.outcome import Damaged, Outcome
from skyaccord.hotline.fallback.read_armour import read_armour

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 16px/1.4 system-ui, sans-serif; margin: 2rem; color: #111; background: #fff }}
figure {{ display: inline-block; margin: 0 2rem 2rem 0; text-align: center; break-inside: avoid }}
svg {{ width: 340px; height: 340px }}
pre {{ font-size: 13px }}
</style></head><body><h1>{title}</h1>
<p>Read the codes in any order, write what they say one a line to a file, and import that. The lines say the same.</p>
{codes}<pre>{lines}</pre></body></html>
"""


def draw_page(title: str, armour: str) -> str:
    """Return one HTML page, with nothing from elsewhere, that shows lines as codes and the lines themselves."""
    texts = write_codes(_whole(read_armour(armour), "the export"))
    figures = (
        f"<figure>{picture}<figcaption>{n} of {len(texts)}</figcaption></figure>\n"
        for n, picture in enumerate(draw_svg(texts), start=1)
    )
    return _PAGE.format(title=escape(title), codes="".join(figures), lines=escape(armour))


def are_codes(text: str) -> bool:
    """Return whether text is what codes say, one a line."""
    return text.lstrip().startswith("SKYACCORD1/")


def lines_of(text: str, place: str) -> str:
    """Return the lines that codes stand for.

    Raises:
        SkyaccordError: a code is missing, belongs elsewhere or was misread; it is named.
    """
    return write_armour(_whole(read_codes(text.split()), place))


def _whole(outcome: Outcome, place: str) -> bytes:
    if isinstance(outcome, Damaged):
        faults = "; ".join(f"line {fault.row}: {fault.words}" if fault.row else fault.words for fault in outcome.faults)
        raise SkyaccordError(f"{place}: {faults}. Read these codes again")
    return outcome.data
