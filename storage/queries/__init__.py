"""The read side: questions in, frozen rows out. Full-text search and stories have rooms of their own."""
