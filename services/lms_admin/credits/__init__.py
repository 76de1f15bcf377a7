"""Continuing education: approved activities, a ledger of credits, certificates and their verification."""
