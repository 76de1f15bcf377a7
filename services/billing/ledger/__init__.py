"""The journal: who owes whom, entry by entry, and what no entry may be."""
