"""Background work: what follows an event, and what is looked for from time to time."""
