"""Examples below a command's help."""

from __future__ import annotations


def examples_text(*lines: str) -> str:
    """Return lines that stand below a command's help as they are; the mark keeps them from being filled."""
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))
