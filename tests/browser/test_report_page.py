"""The report in a real browser: nothing fails, nothing is fetched, nothing runs off the side at two widths."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from skyaccord.batch.question import Question
from skyaccord.batch.report import write_report
from skyaccord.batch.report.from_review import report_content
from skyaccord.batch.review import review
from skyaccord.memorandum.presets import preset

pytestmark = pytest.mark.browser

NAME = "syria-2015-public-outline"

PROBE = """<!doctype html><title>probe</title>
<iframe id="page" src="report.html" width="{width}" height="3000"></iframe>
<script>
document.getElementById("page").onload = (event) => {{
  const page = event.target.contentDocument, root = page.documentElement;
  const find = page.querySelector("input");
  const rows = () => [...page.querySelectorAll("tbody tr")].filter((row) => row.offsetParent !== null).length;
  const before = rows();
  if (find) {{ find.value = "no such aircraft"; find.dispatchEvent(new Event("input", {{bubbles: true}})); }}
  document.title = JSON.stringify({{
    overflow: root.scrollWidth - root.clientWidth, svgs: page.querySelectorAll("svg").length, before, after: rows(),
    small: [...page.querySelectorAll("p, td, th, li, text")].filter(
      (e) => e.textContent.trim() && parseFloat(getComputedStyle(e).fontSize) < 9).length,
  }});
}};
</script>"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    question = Question(("scenario:crossing-breach",), preset(NAME))
    write_report(report_content(review(question), NAME), folder / "report.html")
    return folder / "report.html"


def browse(chromium: str, page: Path, width: int) -> tuple[dict[str, int], str]:
    probe = page.with_name(f"probe{width}.html")
    probe.write_text(PROBE.format(width=width))
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
        "--disable-sync "
        "--no-first-run --allow-file-access-from-files --enable-logging=stderr --virtual-time-budget=5000 --dump-dom"
    )
    profile = f"--user-data-dir={page.parent / 'profile'}"
    done = subprocess.run(
        [chromium, *flags.split(), profile, probe.as_uri()], capture_output=True, text=True, timeout=120, check=True
    )
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    assert title is not None, done.stdout[:500]
    return json.loads(title[1]), done.stderr


@pytest.mark.parametrize("width", [390, 1400])
def test_page_opens_without_errors_and_fits_its_width(chromium: str, page: Path, width: int) -> None:
    seen, log = browse(chromium, page, width)
    assert seen["overflow"] <= 0, "something runs off the side"
    assert seen["svgs"] >= 4
    assert seen["small"] == 0, "text below 9 px"
    assert "CONSOLE" not in log, log


def test_table_is_filtered_as_one_types(chromium: str, page: Path) -> None:
    seen, _ = browse(chromium, page, 1400)
    assert seen["after"] < seen["before"]
