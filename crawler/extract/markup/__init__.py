"""What a page is made of: its bytes as text, its tree, and what is asked of both."""
