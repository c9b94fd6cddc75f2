"""Dates in every form in which sites write them."""
