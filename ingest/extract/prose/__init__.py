"""Sentences and lists to drafts of funding flows."""
