"""A strict, stateful double of Moodle 4.5's REST web services, spoken to over HTTP.

Built from `recordings.json`, 27 requests and answers of a running Moodle 4.5.6, each of which a test replays; what no
recording shows was read in Moodle's source. It keeps Moodle's habits, the awkward ones above all: errors come with HTTP
200, creating is all or nothing without saying why, PHP drops what is beyond `max_input_vars` without a word, enrolling
again resets dates, deleted people still answer, dates come as English text.

Stricter than Moodle: what stands in the URL is not looked at, so that a token in a URL opens nothing.

What it does not do: no pages for people, no log-in, no plugins, no cohorts, groups or files, no grades beyond those of
SCORM activities; roles are the five of a fresh Moodle, assigned in courses and on the site; of a capability it knows
only whether a token has it everywhere; content comes to a course by duplicating one that has it. Nothing is stored.

A control door (`doors.py`) seeds people and orders faults. It is bound to a path that whoever starts the double
chooses, and not at all otherwise.
"""
