"""Whole data sets: from files to verdicts, tables and a report."""
