"""What becomes of an envelope that arrives or leaves: judged by one's own log, then appended or refused."""
