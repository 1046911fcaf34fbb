"""The report in a real browser: nothing fails, nothing is fetched, nothing runs off the side at two widths."""

from __future__ import annotations

from pathlib import Path

import pytest

from skyaccord.batch.question import Question
from skyaccord.batch.report import write_report
from skyaccord.batch.report.from_review import report_content
from skyaccord.batch.review import review
from skyaccord.memorandum.presets import preset
from tests.browser.browse import browse

pytestmark = pytest.mark.browser

NAME = "syria-2015-public-outline"

PROBE = """<!doctype html><title>probe</title>
<iframe id="page" src="{page}" width="{width}" height="3000"></iframe>
<script>
document.getElementById("page").onload = (event) => {{
  const page = event.target.contentDocument, root = page.documentElement;
  const find = page.querySelector("input");
  const rows = () => [...page.querySelectorAll("tbody tr")].filter((row) => row.offsetParent !== null).length;
  const before = rows();
  if (find) {{ find.value = "no such aircraft"; find.dispatchEvent(new Event("input", {{bubbles: true}})); }}
  document.title = JSON.stringify({{
    overflow: root.scrollWidth - root.clientWidth, svgs: page.querySelectorAll("svg").length, before, after: rows(),
    severity: page.querySelectorAll(".severity").length,
    small: [...page.querySelectorAll("p, td, th, li, text")].filter(
      (e) => e.textContent.trim() && parseFloat(getComputedStyle(e).fontSize) < 9).length,
  }});
}};
</script>"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    question = Question(("scenario:mediterranean-2020-05-26",), preset(NAME), with_conduct=True)
    write_report(report_content(review(question), NAME), folder / "report.html")
    return folder / "report.html"


@pytest.mark.parametrize("width", [390, 1400])
def test_page_opens_without_errors_and_fits_its_width(chromium: str, page: Path, width: int) -> None:
    seen, log = browse(chromium, page, PROBE, width)
    assert seen["overflow"] <= 0, "something runs off the side"
    assert seen["svgs"] >= 4
    assert seen["severity"] == 2
    assert seen["small"] == 0, "text below 9 px"
    assert "CONSOLE" not in log, log


def test_table_is_filtered_as_one_types(chromium: str, page: Path) -> None:
    seen, _ = browse(chromium, page, PROBE, 1400)
    assert seen["after"] < seen["before"]
