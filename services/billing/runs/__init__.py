"""Billing runs: all contracts of a period billed at once."""
