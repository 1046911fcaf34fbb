"""Signed messages: their form, how they are sealed and opened, and what becomes of those that arrive."""
