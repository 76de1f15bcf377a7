"""Moodle, 4.1 and later, by its REST web services: a token, and a report that a site saves for us."""
