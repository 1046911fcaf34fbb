"""Recorded tracks: formats in, one table inside, arrays for the searches."""
