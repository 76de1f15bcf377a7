"""The association's roster as it should be: who belongs to a site and which courses they take part in."""
