"""Which lines of a page are the article, and what is taken off them."""
