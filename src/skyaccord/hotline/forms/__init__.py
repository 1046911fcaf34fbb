"""The forms that a value of a message may have: read strictly, written in one way."""
