"""What is known of each peer: its line, its clock, its log; and what the officer is told of it."""
