"""How fast reads are beside what people use: `make bench`, or `python -m bench --help`."""
