"""What one transaction writes: pages, articles, revisions, walks, runs; and what a crawl asks before."""
