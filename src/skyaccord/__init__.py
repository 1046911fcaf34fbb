"""skyaccord keeps aircraft of parties apart who share a sky but no chain of command.

For dataframes: `at_instants`, `alert_levels`, `conflicts`, `guidance` and `robustness` (docs/python.md). Importing
skyaccord loads nothing else; they are loaded when first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skyaccord.frames.alert_levels import alert_levels
    from skyaccord.frames.at_instants import at_instants
    from skyaccord.frames.conflicts import conflicts
    from skyaccord.frames.guidance import guidance
    from skyaccord.frames.robustness import robustness

__version__ = "0.1.0"

__all__ = ["__version__", "alert_levels", "at_instants", "conflicts", "guidance", "robustness"]

_ROOM = "skyaccord.frames"
_FUNCTIONS = frozenset(__all__) - {"__version__"}


def __getattr__(name: str) -> Any:
    """Return a function of `skyaccord.frames`, each in a module of its name."""
    if name not in _FUNCTIONS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{_ROOM}.{name}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
