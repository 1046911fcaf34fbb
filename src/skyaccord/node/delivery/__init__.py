"""The calling side of the line: what is in the log and not acknowledged is delivered, in order, until it is."""
