"""Kolibri, by its own REST API: a facility is a site, a class a course, a membership of one an enrolment."""
