"""Records of what was said by radio and on the ground line: files in, questions answered."""
