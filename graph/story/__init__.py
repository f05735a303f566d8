"""The story of a thing, decision by decision: who put money in, who was paid, what was changed."""
