"""The book: what was said folded to what is open, late, answered; a value of the entries, whatever their order."""
