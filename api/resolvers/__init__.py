"""Queries hand back a SELECT, mutations call one service function; files are named like those of the schema."""
