"""The database's history; every version is safe to run while the code before it serves."""
