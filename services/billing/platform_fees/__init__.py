"""The operator's own invoices to vendors, for its platform fee."""
