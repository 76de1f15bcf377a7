"""Where the LMS differs from the roster: read on demand and on a schedule, each finding kept until it is resolved."""
