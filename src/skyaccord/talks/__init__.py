"""How a memorandum comes about: positions, round by round; what is open, what has converged, what a number means."""
