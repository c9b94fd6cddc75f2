"""Remember and answer: the archive, its write side and its read side."""
