"""Search in the passages of all decisions, by meaning and by words."""
