"""Who a node speaks for: the party's keys, how it introduces itself to others, and what both sign until talks exist."""
