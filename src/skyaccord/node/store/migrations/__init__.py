"""The tables of a store, as numbered files of SQL. A file that has been released is never changed; one is added.

Statements are paragraphs: an empty line ends one. ``{bytes}``, ``{integer}``, ``{number}`` and ``{strict}`` are the
words of `Dialect`. A paragraph whose first line is ``-- sqlite`` or ``-- postgresql`` is for that database alone.
"""
