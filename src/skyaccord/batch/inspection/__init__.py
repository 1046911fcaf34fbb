"""What a recording is, and what is wrong with it: facts, findings in words, and a page of pictures."""
