"""The cockpit card of a memorandum: one page in English and Russian, as a PDF."""
