"""The data that are measured on, built by set-based SQL and, where there are few rows, by the services themselves."""
