"""The ground line as people use it: said with a duty's key, folded into the book, told up the ladder."""
