"""Runs of white space as single spaces; most text has no others, which is seen in a third of the time."""


def single_spaced(text: str) -> str:
    """Return *text* with each run of white space as one space, and none at its ends."""
    if text.isprintable() and "  " not in text:  # of all white space only the space is printable
        return text.strip(" ")
    return " ".join(text.split())
