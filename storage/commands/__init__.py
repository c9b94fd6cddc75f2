"""The commands of `hotnews` that ask an archive or look after it, and how they look on a terminal."""
