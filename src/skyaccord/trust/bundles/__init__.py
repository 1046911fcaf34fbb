"""What a party shows of its log to a stranger, in one file."""
