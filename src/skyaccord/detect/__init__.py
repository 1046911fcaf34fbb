"""Who will come too close, and who did: the two searches and what each find is worth."""
