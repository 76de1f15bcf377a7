"""Payments: what the association pays, what comes back, and what the vendor is paid out of it."""
