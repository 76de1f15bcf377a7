"""Honest doubles of outside systems, spoken to over HTTP; each says what it does not do."""
