"""Pages that show no article, and what they are instead."""
