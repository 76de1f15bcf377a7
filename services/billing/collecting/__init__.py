"""Collecting: what is overdue, how it is dunned, and what stands open between two parties on a day."""
