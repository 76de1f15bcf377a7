"""What is agreed: proposals, revisions, signatures, grants, obligations."""
