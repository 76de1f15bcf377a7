"""What is owed: invoices, the journal, and every line's cost, margin and price."""
