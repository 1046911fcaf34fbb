"""Dataframes in, dataframes out: what a researcher calls as ``skyaccord.alert_levels`` and ``skyaccord.conflicts``."""
