"""Speaking to an LMS, and the only place that does: one port, and a folder for each system behind it."""
