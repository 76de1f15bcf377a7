"""One file a version, named for what it brings."""
