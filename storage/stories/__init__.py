"""Stories: which text is a copy of which, and what the copies of one text come to."""
