"""Provisions over encounters, to verdicts."""
