"""The nouns: frozen types and table schemas. Nothing here reads, writes or asks the time."""
