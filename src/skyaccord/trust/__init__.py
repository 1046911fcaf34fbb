"""Keys, envelopes, the log that neither side can rewrite, and what a stranger checks it with."""
