"""Invoices: what can be billed, is claimed, issued and voided."""
