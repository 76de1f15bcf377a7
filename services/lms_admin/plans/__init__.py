"""What is to be done, row by row, before it is done: preview, approval, and undoing as a plan of its own."""
