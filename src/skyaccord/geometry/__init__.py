"""Pure geometry: the earth's surface, local frames, relative motion. No I/O, no aircraft, no rules."""
