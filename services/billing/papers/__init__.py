"""Papers: an invoice as PDF with its e-invoice, and exports."""
