"""Administering an association's LMS: scoped, previewed, executed safely, proven, billed."""
