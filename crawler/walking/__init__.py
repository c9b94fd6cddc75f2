"""Walking the list pages of a section: which one comes next, and where the list is at its end."""
