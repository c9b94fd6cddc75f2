"""Pages that survive only as text."""
