"""Files that travel inside the package: presets, scenarios, talks and map data."""
