"""Drafts to flows: the same money once, parts and wholes told apart."""
