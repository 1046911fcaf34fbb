"""A page in Chromium: opened in a frame of a probe whose script says what it sees."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run --allow-file-access-from-files --enable-logging=stderr --virtual-time-budget=5000 --dump-dom"
)


def browse(chromium: str, page: Path, probe: str, width: int) -> tuple[dict[str, int], str]:
    """Return what a probe wrote into its title as JSON, and the browser's log.

    ``probe`` is HTML with ``{page}`` and ``{width}`` to be filled in.
    """
    path = page.with_name(f"probe{width}.html")
    path.write_text(probe.format(page=page.name, width=width))
    profile = f"--user-data-dir={page.parent / 'profile'}"
    done = subprocess.run(
        [chromium, *FLAGS.split(), profile, path.as_uri()], capture_output=True, text=True, timeout=120, check=True
    )
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    assert title is not None, done.stdout[:500]
    return json.loads(title[1]), done.stderr
