"""Sites of the United States."""
