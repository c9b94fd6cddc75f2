"""What an answer means: an article or not, a part of one, the way to another page, a text in place of all."""
