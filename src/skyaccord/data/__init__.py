"""Files that travel inside the package: presets, scenarios and map data."""
