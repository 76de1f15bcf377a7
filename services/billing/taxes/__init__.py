"""Taxes by configured rule, exemptions, and rates of exchange."""
