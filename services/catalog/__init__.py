"""What vendors offer: drafts, frozen versions, rate cards, and the public listing."""
