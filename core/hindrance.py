"""The way in which a process says that it cannot go on, to a person."""


class Hindrance(Exception):
    """Something outside the code is wrong; the message is one line that says what, and what to do about it."""
