"""What the business does: no GraphQL, no HTTP, no clock, no commit."""
