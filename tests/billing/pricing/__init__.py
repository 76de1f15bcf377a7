"""Pricing arrangements: golden vectors that were worked by hand, and what holds for every input."""
