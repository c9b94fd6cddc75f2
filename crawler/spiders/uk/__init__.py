"""Sites of the United Kingdom."""
