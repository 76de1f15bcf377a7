"""Content packages: what they hold, whether they are fit to be published, and publishing them."""
