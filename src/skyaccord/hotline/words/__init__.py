"""Messages in words, in English and in Russian, from one walk through their layout."""
