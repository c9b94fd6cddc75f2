"""A page as lines of text, and how they lie."""
