"""Generated traffic: flights from a description, flown on the ellipsoid."""
