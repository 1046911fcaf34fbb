"""A journal in a folder of files that only grow: no database, readable with any tool that reads bytes."""
