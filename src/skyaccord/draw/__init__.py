"""Arrays to SVG and HTML: charts, maps and a page that needs nothing from elsewhere. Knows no encounters, no rules."""
