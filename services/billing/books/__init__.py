"""The books as a whole: chains walked, balances, and periods that are closed."""
