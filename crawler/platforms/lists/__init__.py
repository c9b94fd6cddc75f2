"""List pages of any family: which links are entries, their titles and dates, and the pages after them."""
