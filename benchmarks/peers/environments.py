"""Environments of peers, one each, so that their needs never meet ours. Usage: environments.py PEER."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2] / ".peers"
PACKAGES = {
    "bluesky": ["bluesky-simulator==1.1.1"],
    "pymerkle": ["pymerkle==7.0.0"],
    "traffic": ["traffic==2.13", "pandas<3"],
}


def python_of(peer: str) -> Path | None:
    """Return the Python of a peer's environment, made at first use; ``None`` where it cannot be installed."""
    folder = ROOT / peer
    python = folder / "bin" / "python"
    ready = folder / ".ready"
    if not ready.exists():
        venv.create(folder, with_pip=True)
        install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *PACKAGES[peer]]
        done = subprocess.run(install, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(f"{peer} cannot be installed: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
            return None
        ready.touch()
    return python


def main() -> int:
    """Make the environment of the peer that is named, and print its Python."""
    python = python_of(sys.argv[1])
    print(python or "")
    return 0 if python else 1


if __name__ == "__main__":
    raise SystemExit(main())
