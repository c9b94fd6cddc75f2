"""Search: what is asked for, in which words it is found, and the hits."""
