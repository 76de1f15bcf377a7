"""Taxes by rule and certificate, and rates of exchange; each is frozen when an invoice is issued."""
