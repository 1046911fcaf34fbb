"""The report of a review as one HTML file: what happened, how sure that is, and what cannot be said."""

from skyaccord.batch.report.document import render_report, write_report

__all__ = ["render_report", "write_report"]
