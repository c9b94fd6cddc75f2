"""The account of a run: what it listed and measured, what is unlike the runs before, and the verdict."""
