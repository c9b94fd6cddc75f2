"""The two engines: how they are spoken to, what their errors mean, and where they differ."""
