"""The static checks: what is wrong with a package, found without a database, a network, or a file written."""
