"""skyaccord keeps aircraft of parties apart who share a sky but no chain of command."""

__version__ = "0.1.0"
