"""What one transaction writes: pages, listings, articles, revisions, walks and runs."""
