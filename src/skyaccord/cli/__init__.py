"""The command line: arguments, wiring, words for people; here alone the environment and the real clock are read."""
