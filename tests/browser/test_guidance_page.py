"""The page of guidance in a real browser: it fits, nothing fails, and its steps can be gone through."""

from __future__ import annotations

from pathlib import Path

import pytest

from skyaccord.batch.daa.run import run_scenario
from skyaccord.tracks.formats.daa_states import read_daa_states
from tests.browser.browse import browse
from tests.detect.guidance.scenes import PROFILE

pytestmark = pytest.mark.browser

PROBE = """<!doctype html><title>probe</title>
<iframe id="page" src="{page}" width="{width}" height="2000"></iframe>
<script>
document.getElementById("page").onload = (event) => {{
  const page = event.target.contentDocument, root = page.documentElement;
  const shown = () => [...page.querySelectorAll(".step")].findIndex((step) => !step.hidden);
  const first = shown(), bar = page.getElementById("when");
  bar.value = "3";
  bar.dispatchEvent(new Event("input", {{bubbles: true}}));
  document.title = JSON.stringify({{
    overflow: root.scrollWidth - root.clientWidth, steps: page.querySelectorAll(".step").length, first, then: shown(),
    sectors: page.querySelectorAll(".step:not([hidden]) .rose .g-near, .step:not([hidden]) .rose .g-mid").length,
    told: page.getElementById("told").textContent === "6 s" ? 1 : 0,
    advised: page.querySelectorAll(".advised").length,
    small: [...page.querySelectorAll("p, td, th, li, text")].filter(
      (e) => e.textContent.trim() && parseFloat(getComputedStyle(e).fontSize) < 9).length,
  }});
}};
</script>"""

NAMES = "NAME lat lon alt trk gs vs time"
UNITS = "[none] [deg] [deg] [ft] [deg] [knot] [fpm] [s]"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guidance")
    lines = [NAMES, UNITS]
    for t in range(0, 62, 2):  # head on at 10,000 ft, 500 kt of closure, nearest at 60 s
        way = 250.0 * t / 3600.0 / 60.0
        lines += [f"own, 0.0, {way:.8f}, 10000, 90, 250, 0, {t}"]
        lines += [f"<b>x, 0.0, {8.3333 / 60.0 - way:.8f}, 10000, 270, 250, 0, {t}"]
    path = folder / "head-on.daa"
    path.write_text("\n".join(lines) + "\n")
    found = run_scenario(read_daa_states(path), "head-on", PROFILE, folder, is_drawn=True)
    assert found.page is not None
    return found.page


@pytest.mark.parametrize("width", [390, 1400])
def test_page_opens_without_errors_and_shows_the_step_that_is_chosen(chromium: str, page: Path, width: int) -> None:
    seen, log = browse(chromium, page, PROBE, width)
    assert seen["overflow"] <= 0, "something runs off the side"
    assert seen["steps"] == 31
    assert (seen["first"], seen["then"], seen["told"]) == (0, 3, 1)
    assert seen["sectors"] > 0, "head on forbids the way ahead"
    assert seen["advised"] > 3, "shortly before, only the advisory counts"
    assert seen["small"] == 0, "text below 9 px"
    assert "CONSOLE" not in log, log


def test_a_name_from_the_file_is_text_and_no_element(page: Path) -> None:
    assert "<b>x" not in page.read_text("utf-8")
    assert "&lt;b&gt;x" in page.read_text("utf-8")
