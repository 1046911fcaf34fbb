"""Guidance for one's own aircraft: directions, speeds, climbs and altitudes that lead into a conflict, and ways out."""
