"""Search across decisions, by meaning and by words."""
