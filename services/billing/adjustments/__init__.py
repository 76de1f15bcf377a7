"""Adjustments of what was issued: credit notes, debit notes, corrected invoices, disputes."""
