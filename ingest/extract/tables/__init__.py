"""Tables to drafts of funding flows."""
