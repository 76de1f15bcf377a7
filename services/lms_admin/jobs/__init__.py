"""Doing what a plan says, in chunks that survive a crash, with what became of every row."""
