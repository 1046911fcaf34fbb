"""Tracks written in the formats that other programs read, one a file. Each file says what its altitudes are."""
