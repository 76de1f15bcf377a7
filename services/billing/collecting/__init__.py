"""Collecting: what is overdue, dunning, statements and ageing."""
