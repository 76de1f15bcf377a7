"""The evidence: one chain of acts for each contract, what it meters, and the trace from learner to invoice."""
