"""What is done: work records, evidence, submissions, reviews."""
