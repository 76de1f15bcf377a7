"""Who there is: organizations, members and their roles, subjects, invitations, API keys, tokens."""
