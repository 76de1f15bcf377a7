"""Reconciliation: what was contracted, accepted, billed, paid and banked is matched; what does not fit is told."""
