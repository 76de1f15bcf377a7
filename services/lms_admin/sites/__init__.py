"""Connections to an association's LMS: credentials, health, maintenance, and who may do what there."""
