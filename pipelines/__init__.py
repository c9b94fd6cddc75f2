"""Make articles comparable: normalise, fingerprint, hand over to the archive."""
