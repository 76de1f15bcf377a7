"""Completions as the LMS reports them, and what they say about how well people learn."""
