"""Evidence as it is stored: WARC records, and the responses in them as they were received."""
