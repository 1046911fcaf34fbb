"""Drafts put against recorded traffic: what each would have meant, and for whom two of them differ."""
