"""Pricing arrangements as pure functions: what is owed for what was done, under each kind of agreement."""
