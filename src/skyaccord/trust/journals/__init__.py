"""Where a log is kept: what every store promises, a SQLite file, a folder of files."""
