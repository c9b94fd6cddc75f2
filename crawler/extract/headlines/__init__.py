"""Headlines, and what stands beside them."""
